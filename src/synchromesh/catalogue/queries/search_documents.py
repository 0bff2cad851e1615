"""Courses as the search sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import last_day_to_join, upcoming_runs
from synchromesh.catalogue.queries.course_filter import day_number
from synchromesh.catalogue.queries.links import has_broken_link
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.framework.models import Requirement, VersionStatus
from synchromesh.search.contract import Document

UNKNOWN = "unknown"
_AT_ONCE = 2000
"""Courses read at a time; each such block takes one query for itself and one for each thing that belongs to it."""
_TITLE_RANKS = {letter: place for place, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyz", start=1)}
_TITLE_BASE, _TITLE_PLACES = len(_TITLE_RANKS) + 2, 10


def list_course_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Published courses, all or those with `uids`, by slug. Only confirmed links say what a course teaches."""
    confirmed = CourseSkill.objects.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    runs = Run.objects.select_related("country", "region").order_by("starts_on", "pk")
    found = (
        Course.objects.exclude(published_at=None)
        .select_related("provider", "link_check")
        .prefetch_related("topics", Prefetch("skill_links", queryset=confirmed), Prefetch("runs", queryset=runs))
        .order_by("slug")
    )
    if uids is not None:
        found = found.filter(uid__in=uids)
    roles, today = _roles_by_skill(uids), timezone.localdate()
    for course in found.iterator(chunk_size=_AT_ONCE):
        yield _document(course, roles, today)


def _roles_by_skill(uids: Collection[str] | None) -> Mapping[int, set[str]]:
    """Slugs of the roles in force that require a skill, by the row of the skill; one query."""
    required = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, role__retired_at=None)
    if uids is not None:
        required = required.filter(skill__course_links__course__uid__in=uids)
    roles: defaultdict[int, set[str]] = defaultdict(set)
    for skill, role in _pairs(required):
        roles[skill].add(role)
    return roles


def _pairs(required: QuerySet[Requirement]) -> Iterable[tuple[int, str]]:
    return required.order_by().values_list("skill_id", "role__slug").distinct()


def _document(course: Course, roles: Mapping[int, set[str]], today: date) -> Document:
    return Document(
        kind="course",
        uid=str(course.uid),
        slug=course.slug,
        titles=course.titles,
        labels=_labels(course),
        texts={language: "\n".join(texts) for language, texts in _texts(course).items()},
        languages=tuple(course.languages),
        filters=_filters(course, roles),
        numbers={name: number for name, number in _numbers(course, today).items() if number is not None},
    )


def _labels(course: Course) -> dict[str, tuple[str, ...]]:
    """Its provider, and the skills that it teaches in every language they have a name in."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    if course.provider:
        labels[""].append(course.provider.name)
    for link in course.skill_links.all():
        for language, title in sorted(link.skill.titles.items()):
            labels[language].append(title)
    return {language: tuple(found) for language, found in sorted(labels.items())}


def _texts(course: Course) -> dict[str, list[str]]:
    """Everything else that is searched, by language; keywords come without one."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for language, summary in course.summaries.items():
        texts[language].append(summary)
    for language, outcomes in course.outcomes.items():
        texts[language].extend(outcomes)
    for language, description in course.descriptions.items():
        texts[language].append(description)
    for topic in course.topics.all():
        for language, title in topic.titles.items():
            texts[language].append(title)
    if course.keywords:
        texts[""].extend(course.keywords)
    return dict(sorted(texts.items()))


def _filters(course: Course, roles: Mapping[int, set[str]]) -> dict[str, tuple[str, ...]]:
    """The values of every group of `course_filter` that is no range of a number."""
    links, runs = list(course.skill_links.all()), list(course.runs.all())
    return {
        "field": tuple(topic.slug for topic in course.topics.all()),
        "skill": tuple(link.skill.slug for link in links),
        "level": tuple(sorted({str(link.level) for link in links})),
        "role": tuple(sorted({role for link in links for role in roles.get(link.skill_id, ())})),
        "language": () if course.languages else (UNKNOWN,),
        "country": tuple(sorted({run.country.code for run in runs if run.country})),
        "region": tuple(sorted({run.region.code for run in runs if run.region})),
        "mode": (course.mode or UNKNOWN,),
        "price": (_price_class(course),),
        "certificate": (course.certificate or UNKNOWN,),
        "provider": (course.provider.slug,) if course.provider else (),
        "record": (course.record_type,) if course.record_type else (),
        "accessibility": tuple(sorted(set(course.accessibility))),
        "link": (_link_class(course),),
        "origin": (course.origin,),
    }


def _price_class(course: Course) -> str:
    if course.price_cents is None:
        return UNKNOWN
    return "free" if course.price_cents == 0 else "paid"


def _link_class(course: Course) -> str:
    """A link that fails just now counts as fine: most of them come back."""
    if not course.url:
        return "none"
    return "broken" if has_broken_link(course) else "fine"


def _numbers(course: Course, today: date) -> dict[str, int | None]:
    """The numbers to order and to choose by; see `course_filter`. `start` and `deadline` are those of the next run."""
    coming = upcoming_runs(course.runs.all(), today=today)
    following = coming[0] if coming else None
    published = timezone.localdate(course.published_at) if course.published_at else None
    return {
        "start": _day(following.starts_on) if following else None,
        "deadline": _day(following.deadline_on) if following else None,
        "until": day_number(last_day_to_join(course)),
        "price": course.price_cents if course.currency == "EUR" or course.price_cents == 0 else None,
        "minutes": course.minutes,
        "confirmed": _day(course.last_confirmed_on),
        "added": _day(published),
        "title": title_number(str(course)),
    }


def _day(day: date | None) -> int | None:
    return None if day is None else day_number(day)


def title_number(title: str) -> int:
    """A number that orders titles as their first ten letters and digits do; below 2 to the power of 53.

    Other letters than Latin ones come last, after "z". Titles that begin alike have the same number.
    """
    number = 0
    letters = [letter for letter in fold(title) if letter.isalnum()][:_TITLE_PLACES]
    for letter in letters:
        number = number * _TITLE_BASE + _TITLE_RANKS.get(letter, _TITLE_BASE - 1)
    return int(number * _TITLE_BASE ** (_TITLE_PLACES - len(letters)))

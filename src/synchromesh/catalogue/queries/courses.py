"""Read courses for people: lists with filters and honest counts, one course, similar ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import can_be_taken, upcoming_runs
from synchromesh.catalogue.queries.freshness import freshness_of
from synchromesh.catalogue.queries.links import has_broken_link
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Skill
from synchromesh.plumbing.sources import Origin

GROUPS = (
    "field", "skill", "level", "language", "mode", "country", "price", "certificate", "provider", "kind", "freshness",
    "link",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFilter:
    """What a reader asked for. Values inside a group are alternatives, groups add up.

    `over` shows also what cannot be taken any more: it is over, closed, or no longer named by its source.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    slugs: tuple[str, ...] | None = None
    over: bool = False
    order: str = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage:
    """The matching courses, and what each group would give with its own choice left out.

    `counts` has the number of courses for each value of a group, `without` the number of courses in all.
    """

    courses: list[Course]
    total: int
    examples: int
    over: int
    counts: dict[str, list[tuple[str, int]]]
    without: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """The values of one course in every filter group."""

    course: Course
    values: dict[str, frozenset[str]]
    open: bool


def search_courses(wanted: CourseFilter, *, today: date) -> CoursePage:
    """Courses that match, with counts. One query for courses and one each for links, runs and fields."""
    facts = [_facts(course, today=today) for course in _published(wanted.slugs)]
    if wanted.slugs is not None:
        place_of = {slug: place for place, slug in enumerate(wanted.slugs)}
        facts.sort(key=lambda fact: place_of[fact.course.slug])
    matching = [fact for fact in facts if _matches(fact, wanted.chosen)]
    shown = [fact for fact in matching if fact.open or wanted.over]
    left = {
        group: [fact for fact in facts if (fact.open or wanted.over) and _matches(fact, wanted.chosen, but=group)]
        for group in GROUPS
    }
    courses = [fact.course for fact in shown]
    if wanted.order in ORDERS or wanted.slugs is None:
        rank = ORDERS.get(wanted.order, _title_rank)
        courses.sort(key=lambda course: rank(course, today))
    over = sum(1 for fact in matching if not fact.open)
    return CoursePage(
        courses=courses,
        total=len(courses),
        examples=sum(course.origin == Origin.EXAMPLE for course in courses),
        over=over,
        counts={group: _count(rows, group) for group, rows in left.items()},
        without={group: len(rows) for group, rows in left.items()},
    )


def _price_rank(course: Course, today: date) -> tuple[bool, int, str]:
    del today
    return (course.price_cents is None, course.price_cents or 0, course.slug)


def _length_rank(course: Course, today: date) -> tuple[bool, int, str]:
    del today
    return (course.minutes is None, course.minutes or 0, course.slug)


def _title_rank(course: Course, today: date) -> tuple[str, str]:
    del today
    return (str(course).casefold(), course.slug)


def _soonest_rank(course: Course, today: date) -> tuple[bool, date, str]:
    """By the next dated run; a run that has started is over and brings no course to the top."""
    starts = [run.starts_on for run in upcoming_runs(course.runs.all(), today=today) if run.starts_on]
    return (not starts, starts[0] if starts else date.max, course.slug)


ORDERS: dict[str, Callable[[Course, date], Any]] = {
    "title": _title_rank,
    "price": _price_rank,
    "length": _length_rank,
    "soonest": _soonest_rank,
}


def _published(slugs: tuple[str, ...] | None) -> Iterable[Course]:
    found = Course.objects.exclude(published_at=None)
    if slugs is not None:
        found = found.filter(slug__in=slugs)
    links = CourseSkill.objects.exclude(confirmed_at=None).select_related("skill")
    return (
        found.defer("descriptions", "outcomes")
        .select_related("provider", "link_check")
        .prefetch_related("topics", Prefetch("skill_links", queryset=links), Prefetch("runs", _runs()))
        .order_by("slug")
    )


def _facts(course: Course, *, today: date) -> _Facts:
    links = list(course.skill_links.all())
    countries = {run.country.code for run in course.runs.all() if run.country}
    return _Facts(
        course=course,
        open=can_be_taken(course, today=today),
        values={
            "field": frozenset(topic.slug for topic in course.topics.all()),
            "skill": frozenset(link.skill.slug for link in links),
            "level": frozenset(str(link.level) for link in links),
            "language": frozenset(course.languages) or frozenset({"unknown"}),
            "mode": frozenset({course.mode or "unknown"}),
            "country": frozenset(countries),
            "price": frozenset({_price_class(course)}),
            "certificate": frozenset({course.certificate or "unknown"}),
            "provider": frozenset({course.provider.slug} if course.provider else set()),
            "kind": frozenset({course.record_type}),
            "freshness": frozenset({str(freshness_of(course.last_confirmed_on, today=today))}),
            "link": frozenset({_link_class(course)}),
        },
    )


def _price_class(course: Course) -> str:
    if course.price_cents is None:
        return "unknown"
    return "free" if course.price_cents == 0 else "paid"


def _link_class(course: Course) -> str:
    """A link that fails just now counts as fine: most of them come back."""
    if not course.url:
        return "none"
    return "broken" if has_broken_link(course) else "fine"


def _matches(fact: _Facts, chosen: dict[str, tuple[str, ...]], *, but: str = "") -> bool:
    return all(fact.values[group] & set(values) for group, values in chosen.items() if values and group != but)


def _count(facts: Iterable[_Facts], group: str) -> list[tuple[str, int]]:
    counter = Counter(value for fact in facts for value in fact.values[group])
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def get_course(slug: str) -> Course:
    """One published course with everything its page shows. Raises NotFound."""
    links = CourseSkill.objects.select_related("skill").order_by("-confirmed_at", "-level", "skill__slug")
    found = (
        Course.objects.exclude(published_at=None)
        .filter(slug=slug)
        .select_related("provider__country", "link_check")
        .prefetch_related("topics", Prefetch("skill_links", queryset=links), Prefetch("runs", _runs()))
        .first()
    )
    if found is None:
        raise NotFound(
            f"There is no course '{slug}'. It may have been withdrawn; search for its title.", field="course"
        )
    return found


def get_course_or_winner(slug: str) -> Course:
    """The course of that slug, or the one that it was found to be the same as. Raises NotFound."""
    try:
        return get_course(slug)
    except NotFound:
        winner = find_winner(slug=slug)
        if winner is None:
            raise
        return get_course(winner.slug)


def find_winner(**lookup: Any) -> Course | None:
    """The published course that a merged one leads to, however many merges later; None where there is none."""
    course = Course.objects.filter(**lookup).exclude(merged_into=None).select_related("merged_into").first()
    seen = set[int]()
    while course is not None and course.merged_into is not None and course.pk not in seen:
        seen.add(course.pk)
        course = course.merged_into
    return course if course is not None and course.published_at is not None else None


def _runs() -> QuerySet[Run]:
    return Run.objects.select_related("country", "region").order_by("starts_on", "pk")


def list_courses_for_skill(skill: Skill, *, today: date) -> list[Course]:
    """Courses with a confirmed link to the skill that can still be taken, lowest level first."""
    return list_courses_for_skills([skill], today=today)


def list_courses_for_skills(skills: Sequence[Skill], *, today: date) -> list[Course]:
    """Courses with a confirmed link to one of the skills that can still be taken, lowest level first."""
    links = CourseSkill.objects.exclude(confirmed_at=None).filter(skill__in=skills)
    found = (
        Course.objects.exclude(published_at=None)
        .filter(pk__in=links.values("course"))
        .select_related("provider")
        .prefetch_related(Prefetch("skill_links", queryset=links, to_attr="links_to_skill"), "runs")
        .defer("descriptions", "outcomes")
    )
    still = [course for course in found if can_be_taken(course, today=today)]
    return sorted(still, key=lambda course: (course.links_to_skill[0].level, course.slug))  # type: ignore[attr-defined]


def list_courses_of_provider(provider_id: int, *, today: date) -> list[Course]:
    """A provider's published courses, those that can be taken first."""
    found = (
        Course.objects.exclude(published_at=None)
        .filter(provider=provider_id)
        .select_related("provider")
        .prefetch_related("runs", "topics")
        .defer("descriptions", "outcomes")
    )
    return sorted(found, key=lambda course: (not can_be_taken(course, today=today), *_title_rank(course, today)))


def list_similar_courses(course: Course, *, today: date, limit: int = 4) -> list[tuple[Course, list[dict[str, str]]]]:
    """Other courses that teach the same skills, most shared first, each with the titles of those skills by language."""
    own = {link.skill_id: link.skill.titles for link in course.skill_links.all() if link.confirmed_at}
    links = CourseSkill.objects.exclude(confirmed_at=None).filter(skill__in=own)
    found = (
        Course.objects.exclude(published_at=None)
        .exclude(pk=course.pk)
        .filter(pk__in=links.values("course"))
        .select_related("provider")
        .prefetch_related(Prefetch("skill_links", queryset=links), "runs")
        .defer("descriptions", "outcomes")
    )
    rows = [(other, [own[link.skill_id] for link in other.skill_links.all()]) for other in found]
    rows = [row for row in rows if can_be_taken(row[0], today=today)]
    return sorted(rows, key=lambda row: (-len(row[1]), row[0].slug))[:limit]

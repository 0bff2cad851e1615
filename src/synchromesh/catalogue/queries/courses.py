"""Read courses for people: lists with filters and honest counts, one course, similar ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Prefetch, QuerySet

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import can_be_taken
from synchromesh.catalogue.queries.course_filter import (
    AVAILABILITY,
    GROUPS,
    INDEX_NAMES,
    ORDERS,
    OVER,
    PRICE_MOST,
    CourseFilter,
    chosen_in_index,
    filter_query,
    index_bands,
)
from synchromesh.catalogue.queries.course_lines import CourseLine, list_course_lines
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Skill
from synchromesh.plumbing.sources import Origin
from synchromesh.search.contract import Answer, FoundBy, Hit
from synchromesh.search.kept_answers import kept_answer
from synchromesh.search.meaning import meanings_of
from synchromesh.search.mending import ask_to_look_again
from synchromesh.search.queries import browse, search

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage(Generic[Shown]):
    """One page of the matching courses, how many there are in all, and what each group would give.

    `counts` has the number of courses for each value of a group with the group's own choice left out, most frequent
    first; `without` the number of courses in all if the choice of a group, or `price_most`, were taken away. `over` is
    how many match and cannot be taken any more, shown or not; `examples` how many of `total` are examples. `exact` is
    False where only similar words were found. `by_words` of `total` have the words; the others, after them, were found
    by meaning. `hits` says for each course on the page, by its uid, how it was found.
    """

    courses: list[Shown]
    total: int
    exact: bool
    by_words: int
    examples: int
    over: int
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    hits: Mapping[str, Hit]


def search_courses(
    wanted: CourseFilter, *, today: date, language: str = "en", limit: int = 20, offset: int = 0
) -> CoursePage[Course]:
    """A page of the courses that match, as they are offered on the day `today`, with counts.

    The index chooses, counts and orders; the database is asked for the courses of the page alone, with one query each
    for them, runs, and what they teach. A course that the index still has and that is gone is left out, and the index
    is told. Raises ExternalFailure when the index cannot be used or rebuilt.
    """
    answer = _ask_index(wanted, today=today, language=language, limit=limit, offset=offset)
    found = {str(course.uid): course for course in _published([hit.uid for hit in answer.hits])}
    return _page(answer, wanted, found)


def search_course_lines(
    wanted: CourseFilter, *, today: date, language: str = "en", limit: int = 20, offset: int = 0
) -> CoursePage[CourseLine]:
    """The same with no more of a course than a list shows: two questions at the most, none while nothing changes."""
    answer = _ask_index(wanted, today=today, language=language, limit=limit, offset=offset)
    return _page(answer, wanted, list_course_lines([hit.uid for hit in answer.hits], today=today))


def _page(answer: Answer, wanted: CourseFilter, found: Mapping[str, Shown]) -> CoursePage[Shown]:
    """The answer of the index with what there is of the courses, by uid."""
    gone = [hit for hit in answer.hits if hit.uid not in found]
    ask_to_look_again("course", [hit.uid for hit in gone])
    return CoursePage(
        courses=[found[hit.uid] for hit in answer.hits if hit.uid in found],
        total=answer.total - len(gone),
        exact=answer.exact,
        by_words=answer.by_words - sum(hit.found_by is not FoundBy.MEANING for hit in gone),
        examples=answer.filters.get("origin", {}).get(Origin.EXAMPLE, 0),
        over=answer.filters.get(AVAILABILITY, {}).get(OVER, 0),
        counts={group: answer.filters.get(INDEX_NAMES.get(group, group), {}) for group in GROUPS},
        without={
            group: answer.without[INDEX_NAMES.get(group, group)]
            for group in (*wanted.chosen, PRICE_MOST)
            if INDEX_NAMES.get(group, group) in answer.without
        },
        hits={hit.uid: hit for hit in answer.hits if hit.uid in found},
    )


def _ask_index(wanted: CourseFilter, *, today: date, language: str, limit: int, offset: int) -> Answer:
    asked: dict[str, Any] = {"language": language, "kinds": ("course",), "limit": limit, "offset": offset}
    meant = meanings_of(wanted.words, language=language) if wanted.words else {}
    key = (filter_query(wanted), today, *asked.values(), *meant.items())
    return kept_answer(key, lambda: _ask_anew(wanted, today, meant, asked))


def _ask_anew(
    wanted: CourseFilter, today: date, meant: Mapping[tuple[str, str], float], asked: Mapping[str, Any]
) -> Answer:
    narrowed: dict[str, Any] = {
        **asked,
        "chosen": chosen_in_index(wanted),
        "bands": index_bands(wanted, today=today),
        "counted": (*(INDEX_NAMES.get(group, group) for group in GROUPS), AVAILABILITY, "origin"),
    }
    if wanted.words:
        return search(wanted.words, meant=meant, order=ORDERS.get(wanted.order), **narrowed)
    return browse(order=ORDERS.get(wanted.order, ORDERS["title"]), **narrowed)


def _published(uids: Collection[str]) -> QuerySet[Course]:
    """What a row of a list shows."""
    links = CourseSkill.objects.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    return (
        Course.objects.exclude(published_at=None)
        .filter(uid__in=uids)
        .defer("descriptions", "outcomes")
        .select_related("provider", "link_check")
        .prefetch_related(Prefetch("skill_links", queryset=links), Prefetch("runs", _runs()))
    )


def _title_rank(course: Course) -> tuple[str, str]:
    return (str(course).casefold(), course.slug)


def get_course(slug: str) -> Course:
    """One published course with everything its page shows. Raises NotFound."""
    links = CourseSkill.objects.select_related("skill").order_by("-confirmed_at", "-level", "skill__slug")
    found = (
        Course.objects.exclude(published_at=None)
        .filter(slug=slug)
        .select_related("provider__country", "link_check")
        .prefetch_related(Prefetch("skill_links", queryset=links), Prefetch("runs", _runs()))
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
    return sorted(found, key=lambda course: (not can_be_taken(course, today=today), *_title_rank(course)))


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

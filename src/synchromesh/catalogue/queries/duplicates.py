"""Courses that may be one: what waits for a decision, and one pair side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course, DuplicatePair, PairState, Run
from synchromesh.catalogue.queries.exports import course_record
from synchromesh.catalogue.queries.field_locks import BELONGING, as_json, belonging
from synchromesh.engine.deduplication.courses import CourseProfile
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

PAGE_SIZE = 25
CHOSEN_BY_FIELD = (
    "titles", "provider", "summaries", "descriptions", "outcomes", "languages", "subtitles", "mode", "minutes",
    "workload_text", "price_cents", "currency", "price_text", "certificate", "eqf_min", "eqf_max", "eqf_text", "ects",
    "url", "keywords", "licence", "accessibility", "topics", "runs",
)  # fmt: skip
"""What a merge takes from the one or the other course; what they teach is always joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """One page of pairs, and how many there are in each state."""

    page: Page[Any]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedField:
    """A field of two courses, as JSON values."""

    name: str
    first: Any
    second: Any

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.first != self.second)


def list_duplicate_pairs(*, visible_to: Actor, state: str = PairState.OPEN, page: int | str | None = 1) -> Pairs:
    """Pairs in a state, the likeliest first. Raises NotAllowed for all but alliance staff."""
    _require_staff(visible_to)
    found = DuplicatePair.objects.select_related("first__provider", "second__provider").order_by("-score", "pk")
    counted = Counter(DuplicatePair.objects.order_by().values_list("state", flat=True))
    wanted = state if state in PairState.values else PairState.OPEN
    return Pairs(
        page=Paginator(found.filter(state=wanted), PAGE_SIZE).get_page(page),
        counts={name: counted[name] for name in PairState.values},
    )


def get_duplicate_pair(uid: UUID, *, visible_to: Actor) -> DuplicatePair:
    """One pair with both courses. Raises NotAllowed for all but alliance staff, and NotFound."""
    _require_staff(visible_to)
    found = DuplicatePair.objects.select_related("first__provider", "second__provider").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such pair of courses. It may have been looked at anew.")
    return found


def count_open_pairs() -> int:
    """How many pairs wait for a decision."""
    return DuplicatePair.objects.filter(state=PairState.OPEN).count()


def compare_courses(pair: DuplicatePair) -> list[ComparedField]:
    """Every field that a merge takes from one of the two, in the order in which a person reads them."""
    belonging_rows = ("topics", "skill_links__skill", "runs__country", "runs__region", "provider__country")
    prefetch_related_objects([pair.first, pair.second], *belonging_rows)
    first, second = _values(pair.first), _values(pair.second)
    return [ComparedField(name=name, first=first[name], second=second[name]) for name in CHOSEN_BY_FIELD]


def _values(course: Course) -> dict[str, Any]:
    record = course_record(course)
    return {
        name: as_json(belonging(record, name) if name in BELONGING else getattr(course, name))
        for name in CHOSEN_BY_FIELD
    }


def is_nothing(value: Any) -> bool:
    """Whether a value says nothing, so that the other course's value is the better choice."""
    return value in (None, "", [], {})


def list_course_profiles() -> list[CourseProfile]:
    """Published courses as the search for near duplicates compares them; the key is the row's number as text."""
    return [_profile(course) for course in _published().iterator(chunk_size=2000)]


def list_taught_skills(courses: Iterable[Course]) -> dict[int, list[str]]:
    """The names of the skills that each course teaches by a confirmed link, by course."""
    return {
        course.pk: [str(link.skill) for link in course.skill_links.all() if link.confirmed_at is not None]
        for course in courses
    }


def _published() -> QuerySet[Course]:
    runs = Run.objects.order_by("starts_on", "pk").only("course", "starts_on", "place")
    found = Course.objects.exclude(published_at=None).select_related("provider").order_by("pk")
    return found.prefetch_related(Prefetch("runs", queryset=runs))


def _profile(course: Course) -> CourseProfile:
    language = "en" if "en" in course.titles else next(iter(course.titles), "")
    runs = list(course.runs.all())
    texts = (course.summaries.get(language, ""), course.descriptions.get(language, ""))
    return CourseProfile(
        key=str(course.pk),
        title=course.titles.get(language, ""),
        language=language,
        provider=course.provider.name if course.provider else "",
        address=course.url,
        text="\n".join([*filter(None, texts), *course.outcomes.get(language, ())]),
        minutes=course.minutes,
        starts_on=tuple(run.starts_on for run in runs if run.starts_on),
        places=tuple(run.place for run in runs if run.place),
    )


def _require_staff(by: Actor) -> None:
    require(is_alliance_staff(by), "Only alliance staff can say whether two courses are one.")

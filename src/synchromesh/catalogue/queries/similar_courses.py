"""Courses that teach what another one teaches, and what would speak for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Case, F, Max, Prefetch, QuerySet, Sum, Value, When
from django.db.models.functions import Abs, Least

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import can_be_taken, upcoming_runs
from synchromesh.framework.models import Requirement, VersionStatus

LOOKED_AT = 40
"""How many of the likest courses are read in full: some of them cannot be taken any more."""
_REMEMBERED_SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSkill:
    """A skill that both courses teach, and to which level each of them leads: `level` is the other course's."""

    link: CourseSkill
    own_level: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRole:
    """A job role to link to."""

    slug: str
    titles: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCourse:
    """A course that teaches skills of another one, and what it has over it; None or empty where it has nothing.

    `saves_cents` (in the currency of both) and `saves_minutes` are how much cheaper and shorter it is, where both say
    so. `starts_on` is its next date where that comes before the other's, or where the other has none. `languages` are
    those in which only this one is taught. `roles` need a skill that both teach.
    """

    course: Course
    shared: tuple[SharedSkill, ...]
    roles: tuple[NamedRole, ...]
    saves_cents: int | None
    saves_minutes: int | None
    starts_on: date | None
    languages: tuple[str, ...]


def find_similar_courses(course: Course, *, today: date, limit: int = 4) -> list[SimilarCourse]:
    """Courses that can be taken and teach a skill of this one, those first that have most levels in common with it.

    Ties: the smaller distance between the levels of common skills, then the slug. Needs the course's `skill_links` with
    their skills, and its runs. Only confirmed links count. At most three questions to the database, two where
    the roles of its skills are remembered, none for a course without skills.
    """
    own = {link.skill_id: link for link in course.skill_links.all() if link.confirmed_at is not None}
    if not own:
        return []
    found = [other for other in _likest(course, own) if can_be_taken(other, today=today)][:limit]
    roles = _roles(own) if found else {}
    return [_compare(course, other, own, roles, today=today) for other in found]


def _likest(course: Course, own: dict[int, CourseSkill]) -> QuerySet[Course]:
    """The likest published courses; each has the level to which it teaches a skill of `own` as `taught_<number>`."""
    level = F("skill_links__level")
    cases = [(skill, Value(link.level)) for skill, link in own.items()]
    common = Case(*(When(skill_links__skill=skill, then=Least(level, own_level)) for skill, own_level in cases))
    apart = Case(*(When(skill_links__skill=skill, then=Abs(level - own_level)) for skill, own_level in cases))
    taught = {_column(skill): Max(Case(When(skill_links__skill=skill, then=level))) for skill in own}
    return (
        Course.objects.exclude(published_at=None)
        .exclude(pk=course.pk)
        .filter(skill_links__skill__in=own, skill_links__confirmed_at__isnull=False)  # one join for all that follows
        .defer("descriptions", "outcomes")
        .annotate(common=Sum(common), apart=Sum(apart), **taught)
        .select_related("provider")
        .prefetch_related(Prefetch("runs", Run.objects.order_by("starts_on", "pk")))
        .order_by("-common", "apart", "slug")[:LOOKED_AT]
    )


def _column(skill: int) -> str:
    return f"taught_{skill}"


def _roles(skills: Iterable[int]) -> dict[int, tuple[NamedRole, ...]]:
    """The job roles that need each skill, those for which it counts most first; remembered for some minutes."""
    keys = {f"roles-that-need-skill-{skill}": skill for skill in skills}
    known: dict[str, tuple[NamedRole, ...]] = cache.get_many(keys)
    asked = {key: skill for key, skill in keys.items() if key not in known}
    if asked:
        read = _read_roles(asked.values())
        new = {key: tuple(read[skill]) for key, skill in asked.items()}
        cache.set_many(new, _REMEMBERED_SECONDS)
        known |= new
    return {skill: known[key] for key, skill in keys.items()}


def _read_roles(skills: Iterable[int]) -> dict[int, list[NamedRole]]:
    needs = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, skill__in=list(skills))
    found: dict[int, list[NamedRole]] = defaultdict(list)
    for need in needs.select_related("role").order_by("-essential", "-weight", "role__slug"):
        found[need.skill_id].append(NamedRole(slug=need.role.slug, titles=need.role.titles))
    return found


def _compare(
    course: Course,
    other: Course,
    own: dict[int, CourseSkill],
    roles: dict[int, tuple[NamedRole, ...]],
    *,
    today: date,
) -> SimilarCourse:
    levels = {skill: level for skill in own if (level := getattr(other, _column(skill))) is not None}
    shared = [SharedSkill(link=own[skill], own_level=own[skill].level, level=level) for skill, level in levels.items()]
    shared.sort(key=lambda one: (-min(one.level, one.own_level), one.link.skill.slug))
    wanted = {role.slug: role for one in shared for role in roles[one.link.skill_id]}
    return SimilarCourse(
        course=other,
        shared=tuple(shared),
        roles=tuple(wanted.values()),
        saves_cents=_less(course.price_cents, other.price_cents) if _same_currency(course, other) else None,
        saves_minutes=_less(course.minutes, other.minutes),
        starts_on=_sooner(course, other, today=today),
        languages=tuple(code for code in other.languages if code not in course.languages) if course.languages else (),
    )


def _same_currency(course: Course, other: Course) -> bool:
    return course.currency == other.currency or 0 in (course.price_cents, other.price_cents)


def _less(own: int | None, other: int | None) -> int | None:
    return own - other if own is not None and other is not None and other < own else None


def _sooner(course: Course, other: Course, *, today: date) -> date | None:
    own_start, start = _next_start(course, today=today), _next_start(other, today=today)
    if start is None or not course.runs.all():  # a course without dates can be begun at any time
        return None
    return start if own_start is None or start < own_start else None


def _next_start(course: Course, *, today: date) -> date | None:
    starts = (run.starts_on for run in upcoming_runs(course.runs.all(), today=today))
    return next((day for day in starts if day is not None), None)

"""Up to four courses side by side: what each of them states, which skills they share, and which stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from synchromesh.catalogue.models import Course, CourseSkill, Run
from synchromesh.catalogue.queries.availability import closed_runs, upcoming_runs
from synchromesh.catalogue.queries.offers import price_in_euro_cents
from synchromesh.framework.models import Skill

MOST = 4
_MOST_ASKED = 20  # an address may name the same course again, or courses that are merged by now


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedCourse:
    """One course of a comparison. `best` names what only this one is: "cheapest", "shortest", "soonest"."""

    course: Course
    coming: tuple[Run, ...]
    closed: tuple[Run, ...]
    best: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedSkill:
    """A skill with the link of each course to it, in the order of the courses; None where a course does not teach it.

    `only` is the one course that teaches it, None where several do.
    """

    skill: Skill
    links: tuple[CourseSkill | None, ...]
    only: Course | None

    @property
    def shared(self) -> bool:
        """Whether all of them teach it."""
        return None not in self.links


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseComparison:
    """The courses in the order asked for, and their skills: shared by all first, then by title.

    `missing` counts courses that are not there, `left_out` those beyond the fourth.
    """

    columns: tuple[ComparedCourse, ...]
    skills: tuple[ComparedSkill, ...]
    missing: int
    left_out: int

    @property
    def full(self) -> bool:
        """Whether no other course can be added."""
        return len(self.columns) >= MOST


def find_comparison(slugs: Sequence[str], *, today: date) -> CourseComparison:
    """Compare the published courses of these slugs; of a merged course the one that stays, each of them once.

    At most four questions to the database, none without a slug.
    """
    asked = list(dict.fromkeys(slug for slug in slugs if slug))[:_MOST_ASKED]
    stays = _stays(asked) if asked else {}
    numbers = list(dict.fromkeys(stays[slug] for slug in asked if slug in stays))
    courses = _read(numbers[:MOST]) if numbers else []
    return CourseComparison(
        columns=_columns(courses, today=today),
        skills=_skills(courses),
        missing=len(asked) - len(stays),
        left_out=max(0, len(numbers) - MOST),
    )


def _stays(slugs: list[str]) -> dict[str, int]:
    """The published course behind each slug; slugs without one are left out."""
    found = Course.objects.filter(slug__in=slugs).exclude(published_at=None, merged_into__published_at=None)
    return {slug: merged or pk for slug, pk, merged in found.values_list("slug", "pk", "merged_into")}


def _read(numbers: list[int]) -> list[Course]:
    links = CourseSkill.objects.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    runs = Run.objects.select_related("country", "region").order_by("starts_on", "pk")
    found = (
        Course.objects.filter(pk__in=numbers)
        .select_related("provider__country", "link_check")
        .prefetch_related(Prefetch("skill_links", queryset=links), Prefetch("runs", queryset=runs))
        .defer("descriptions", "outcomes")
    )
    return sorted(found, key=lambda course: numbers.index(course.pk))


def _columns(courses: list[Course], *, today: date) -> tuple[ComparedCourse, ...]:
    coming = [upcoming_runs(course.runs.all(), today=today) for course in courses]
    starts = [next((run.starts_on for run in runs if run.starts_on), None) for runs in coming]
    least = {
        "cheapest": _only_least([price_in_euro_cents(course) for course in courses]),
        "shortest": _only_least([course.minutes for course in courses]),
        "soonest": _only_least([start.toordinal() if start else None for start in starts]),
    }
    return tuple(
        ComparedCourse(
            course=course,
            coming=tuple(coming[place]),
            closed=tuple(closed_runs(course.runs.all(), today=today)),
            best=frozenset(name for name, where in least.items() if where == place),
        )
        for place, course in enumerate(courses)
    )


def _only_least(values: list[int | None]) -> int | None:
    """Where the one smallest of at least two known values is; None where nothing stands out."""
    known = sorted((value, place) for place, value in enumerate(values) if value is not None)
    if len(known) < 2 or known[0][0] == known[1][0]:
        return None
    return known[0][1]


def _skills(courses: list[Course]) -> tuple[ComparedSkill, ...]:
    links = [{link.skill_id: link for link in course.skill_links.all()} for course in courses]
    skills = {link.skill_id: link.skill for of_course in links for link in of_course.values()}
    rows = []
    for number, skill in skills.items():
        found = tuple(of_course.get(number) for of_course in links)
        teaching = [course for course, link in zip(courses, found, strict=True) if link is not None]
        only = teaching[0] if len(teaching) == 1 and len(courses) > 1 else None
        rows.append(ComparedSkill(skill=skill, links=found, only=only))
    return tuple(sorted(rows, key=lambda row: (row.links.count(None), row.skill.slug)))

"""The best training path for a gap: the exact plan of the engine over the courses of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from synchromesh.catalogue.models import Course, Run
from synchromesh.catalogue.queries.availability import upcoming_runs
from synchromesh.catalogue.queries.offers import list_planning_courses, offer_of
from synchromesh.engine.planning.checking import alternatives
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import DEFAULT_HOUR_VALUE_CENTS, Close, Path, PathRequest
from synchromesh.framework.models import Skill
from synchromesh.pathways.queries.gaps import Gap, GapRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the person wants of the path; every wish is in the address, so that a path can be shared and printed.

    `hour_value_cents` is what an hour of their time is worth; `languages` and `modes` are alternatives, empty for any;
    `use` are courses to take, `without` courses to leave out (by slug).
    """

    hour_value_cents: int = DEFAULT_HOUR_VALUE_CENTS
    languages: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedSkill:
    """One skill that a step raises."""

    skill: Skill
    from_level: int
    to_level: int
    assumed_entry: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One course of the path, in order, with the next run and the courses that could stand in its place."""

    number: int
    course: Course
    closes: tuple[ClosedSkill, ...]
    next_run: Run | None
    chosen_by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPath:
    """A gap, the plan that closes it, and what no course closes."""

    gap: Gap
    wishes: Wishes
    plan: Path
    request: PathRequest
    steps: tuple[PathStep, ...]
    unreachable: tuple[tuple[Skill, int], ...]
    courses: dict[str, Course]

    def closing_steps(self, row: GapRow) -> list[PathStep]:
        """The steps that raise this skill."""
        return [step for step in self.steps if any(closed.skill.pk == row.skill.pk for closed in step.closes)]

    def is_unreachable(self, row: GapRow) -> bool:
        """Whether some level of this skill is crossed by no course."""
        return any(skill.pk == row.skill.pk for skill, _ in self.unreachable)

    def alternatives_to(self, step: PathStep) -> list[Course]:
        """Courses that could replace this step in place, best first."""
        # A course that the person put in may be swapped again, also for one they left out before.
        slug = step.course.slug
        request = replace(self.request, required=self.request.required - {slug}, excluded=frozenset())
        found = alternatives(request, self.plan, slug)
        return [self.courses[slug] for slug in found]


def find_training_path(gap: Gap, *, wishes: Wishes, today: date) -> TrainingPath:
    """Plan the path for a gap. Courses over, unpublished or linked only by suggestion never count."""
    skills = {row.skill.slug: row.skill for row in gap.open_rows}
    courses = {
        course.slug: course
        for course in list_planning_courses(skill_ids=[skill.pk for skill in skills.values()], today=today)
        if _wanted(course, wishes)
    }
    request = PathRequest(
        needs=gap.needs(),
        offers=tuple(offer_of(course) for course in courses.values()),
        hour_value_cents=wishes.hour_value_cents,
        required=frozenset(wishes.use) & frozenset(courses),
        excluded=frozenset(wishes.without),
    )
    plan = find_path(request)
    return TrainingPath(
        gap=gap,
        wishes=wishes,
        plan=plan,
        request=request,
        steps=_steps(plan, courses=courses, skills=skills, wishes=wishes, today=today),
        unreachable=tuple((skills[missing.skill], missing.level) for missing in plan.unreachable),
        courses=courses,
    )


def _wanted(course: Course, wishes: Wishes) -> bool:
    """Keep a course unless it is known not to fit: a language or mode that nobody states is not ruled out."""
    language_fits = not wishes.languages or not course.languages or bool(set(course.languages) & set(wishes.languages))
    mode_fits = not wishes.modes or not course.mode or course.mode in wishes.modes
    return course.slug in wishes.use or (language_fits and mode_fits)


def _steps(
    plan: Path, *, courses: dict[str, Course], skills: dict[str, Skill], wishes: Wishes, today: date
) -> tuple[PathStep, ...]:
    steps = []
    for number, step in enumerate(plan.steps, start=1):
        course = courses[step.slug]
        runs = upcoming_runs(course.runs.all(), today=today)
        steps.append(
            PathStep(
                number=number,
                course=course,
                closes=tuple(_closed(close, course, skills) for close in step.closes),
                next_run=runs[0] if runs else None,
                chosen_by_person=course.slug in wishes.use,
            )
        )
    return tuple(steps)


def _closed(close: Close, course: Course, skills: dict[str, Skill]) -> ClosedSkill:
    link = next(link for link in course.skill_links.all() if link.skill.slug == close.skill)
    return ClosedSkill(
        skill=skills[close.skill],
        from_level=close.from_level,
        to_level=close.to_level,
        assumed_entry=link.entry_level is None,
    )

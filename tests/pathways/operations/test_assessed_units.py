"""A finished passport exercise rates its learner: once, with source and date, and no higher than can be said."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from tests.learning.records import a_course_with_content, a_learner, an_enrolment
from tests.records import TODAY, a_course, a_skill_in_force

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.models import CourseSkill
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.exercises import exercise_kinds
from synchromesh.learning.models import Enrolment, Unit, UnitProgress
from synchromesh.learning.unit_kinds import personal_kind, seed_of
from synchromesh.pathways.models import Rating
from synchromesh.pathways.operations.assessed_units import report_unit_with_ratings
from synchromesh.pathways.queries.levels import HeldLevel, list_held_levels, list_proofs
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
SKILL = "isolate-hv"


def enrolled(*, level: int = 2, taught: int = 3, confirmed: bool = True, name: str = "ann") -> Enrolment:
    """A learner in a course with one passport exercise of this difficulty, which names the skill."""
    skill = a_skill_in_force(SKILL, titles={"en": "Isolate high voltage"})
    course = a_course(f"hv-{name}", {SKILL: (0, taught)}, confirmed=confirmed, languages=["en", "de"])
    version = a_course_with_content(course=course, kinds=("passport-exercise", "text"))
    unit = Unit.objects.get(version=version, kind="passport-exercise")
    unit.content = {**unit.content, "level": level, "skills": [skill.slug]}
    unit.save()
    return an_enrolment(version, a_learner(name))


def exercise_of(enrolment: Enrolment) -> tuple[Unit, Any, int]:
    """The unit, its present exercise, and the number of its last save."""
    unit = Unit.objects.get(version=enrolment.version, kind="passport-exercise")
    progress = UnitProgress.objects.filter(enrolment=enrolment, unit=unit).first()
    kind = personal_kind("passport-exercise")
    assert kind is not None
    state = progress.state if progress else {}
    own = kind.show_own(unit.content, state, seed=seed_of(enrolment.uid, unit.uid))
    return unit, own, progress.save_number if progress else 0


def report(enrolment: Enrolment, *, by: User | None = None, right: bool = True, again: bool = False) -> None:
    """Answer the present exercise rightly or not, or take another one."""
    unit, own, number = exercise_of(enrolment)
    exercise = own["exercise"]
    key = exercise_kinds()[exercise.kind].answer_key(exercise.seed, exercise.options)
    chosen = list(key["wrong"]) if right else ["manufacturer_country"]
    said = {"again": True} if again else {"answers": {"wrong": {"chosen": chosen}}}
    report_unit_with_ratings(
        by=by or enrolment.person,
        enrolment_uid=enrolment.uid,
        unit=unit,
        report={"number": own["number"], **said},
        save_number=number + 1,
    )


def held_by(person: User) -> list[tuple[int, str]]:
    """What counts in a gap."""
    return [(one.level, one.kind) for one in list_held_levels(person, visible_to=person, today=TODAY).values()]


def test_a_finished_exercise_is_assessed_evidence_with_its_unit_and_day() -> None:
    enrolment = enrolled()
    report(enrolment)
    assert held_by(enrolment.person) == [(2, "assessed")]
    [proof] = list_proofs(enrolment.person, visible_to=enrolment.person)
    progress = UnitProgress.objects.get(enrolment=enrolment, unit__kind="passport-exercise")
    assert progress.done_at is not None
    assert (proof.skill.slug, proof.level, proof.kind) == (SKILL, 2, "assessed")
    assert (proof.course, proof.unit, proof.on) == (
        enrolment.course,
        progress.unit,
        timezone.localdate(progress.done_at),
    )
    assert proof.words == "passport-exercise hv-ann/passport-exercise"
    assert AuditEvent.objects.get(action="report_unit_with_ratings").details["ratings"] == 1


def test_a_try_that_is_not_enough_rates_nobody() -> None:
    enrolment = enrolled()
    report(enrolment, right=False)
    assert held_by(enrolment.person) == []
    assert list_proofs(enrolment.person, visible_to=enrolment.person) == []


def test_more_tries_at_a_finished_exercise_rate_once() -> None:
    enrolment = enrolled()
    report(enrolment)
    report(enrolment, again=True)
    report(enrolment, right=False)
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(("level", "taught", "shown"), [(1, 3, 1), (3, 1, 1), (3, 3, 3)])
def test_an_exercise_shows_no_more_than_it_is_hard_and_than_its_course_teaches(
    level: int, taught: int, shown: int
) -> None:
    enrolment = enrolled(level=level, taught=taught)
    report(enrolment)
    assert held_by(enrolment.person) == [(shown, "assessed")]


def test_a_link_that_nobody_confirmed_gives_no_level() -> None:
    enrolment = enrolled(confirmed=False)
    report(enrolment)
    assert held_by(enrolment.person) == []


def test_a_skill_that_the_course_does_not_teach_gets_no_level() -> None:
    enrolment = enrolled()
    CourseSkill.objects.all().delete()
    report(enrolment)
    assert held_by(enrolment.person) == []


def test_an_easier_exercise_takes_nothing_back_and_a_harder_one_adds() -> None:
    hard = enrolled(level=2)
    report(hard)
    person = hard.person
    for level, expected in ((1, 2), (3, 3)):
        course = a_course(f"more-{level}", {SKILL: (0, 3)}, languages=["en", "de"])
        version = a_course_with_content(course=course, kinds=("passport-exercise",))
        Unit.objects.filter(version=version).update(
            content={**Unit.objects.get(version=version).content, "level": level, "skills": [SKILL]}
        )
        report(an_enrolment(version, person))
        assert held_by(person) == [(expected, "assessed")]


def test_evidence_counts_over_an_own_answer() -> None:
    enrolment = enrolled(level=2)
    skill = CourseSkill.objects.get().skill
    Rating.objects.create(person=enrolment.person, skill=skill, kind="self", level=1, rater=enrolment.person.public_id)
    report(enrolment)
    assert list_held_levels(enrolment.person, visible_to=enrolment.person, today=TODAY) == {
        skill.pk: HeldLevel(level=2, kind="assessed")
    }


def test_a_refused_report_leaves_nothing_and_nobody_reports_for_another() -> None:
    enrolment = enrolled()
    other = a_learner("other")
    with pytest.raises(NotFound):
        report(enrolment, by=other)
    unit, own, _ = exercise_of(enrolment)
    with pytest.raises(InvalidInput):
        report_unit_with_ratings(
            by=enrolment.person,
            enrolment_uid=enrolment.uid,
            unit=unit,
            report={"number": own["number"], "answers": {}},
            save_number=1,
        )
    assert not Rating.objects.exists()


def test_a_unit_of_another_kind_rates_nobody() -> None:
    skill = a_skill_in_force(SKILL)
    course = a_course("hv", {SKILL: (0, 3)}, languages=["en", "de"])
    version = a_course_with_content(course=course, kinds=("exercise",))
    unit = Unit.objects.get(version=version)
    unit.content = {**unit.content, "skills": [skill.slug]}
    unit.save()
    enrolment = an_enrolment(version, a_learner())
    for number, one in enumerate(unit.content["questions"], start=1):
        report_unit_with_ratings(
            by=enrolment.person,
            enrolment_uid=enrolment.uid,
            unit=unit,
            report={"question": one["key"], "show": True},
            save_number=number,
        )
    assert UnitProgress.objects.get(enrolment=enrolment, unit=unit).done_at is not None
    assert not Rating.objects.exists()


def test_nobody_else_sees_what_shows_a_level(staff: User) -> None:
    enrolment = enrolled()
    report(enrolment)
    for other in (staff, VISITOR):
        with pytest.raises(NotAllowed):
            list_proofs(enrolment.person, visible_to=other)  # type: ignore[arg-type]

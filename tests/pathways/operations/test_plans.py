"""Saving answers and plans; nobody touches somebody else's."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import TODAY, a_course, a_gap, a_role, a_run, stored

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Brief
from synchromesh.engine.errors import Conflict, NotAllowed, NotFound
from synchromesh.framework.models import FrameworkVersion, JobRole, Skill, VersionStatus
from synchromesh.pathways.models import Plan, PlanStep, Rating
from synchromesh.pathways.operations.examples import remove_example_steps
from synchromesh.pathways.operations.plans import delete_plan, finish_step, save_plan, save_self_ratings
from synchromesh.pathways.queries.paths import TrainingPath, Wishes, find_training_path
from synchromesh.pathways.queries.plans import get_plan, list_plans
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> JobRole:
    """Needs two skills, of which courses close the first."""
    a_run(a_course("weld-1", {"weld": (0, 1)}), date(2027, 5, 1))
    a_course("weld-2", {"weld": (1, 2)}, origin="example")
    return a_role("technician", {"weld": 2, "drive": 1})


@pytest.fixture
def path(role: JobRole) -> TrainingPath:
    """The path for somebody who can do nothing yet."""
    return find_training_path(a_gap(role), wishes=Wishes(hour_value_cents=1500), today=TODAY)


def _answers(**levels: int) -> dict[str, int]:
    return {str(Skill.objects.get(slug=slug).uid): level for slug, level in levels.items()}


def test_answers_become_own_ratings_and_an_unchanged_one_is_not_repeated(person: User, role: JobRole) -> None:
    gap = a_gap(role)
    assert save_self_ratings(by=person, gap=gap, answers=_answers(weld=1, drive=0)) == 2
    assert save_self_ratings(by=person, gap=gap, answers=_answers(weld=1, drive=0)) == 0
    assert save_self_ratings(by=person, gap=gap, answers=_answers(weld=2)) == 1
    ratings = Rating.objects.order_by("rated_at", "pk").values_list("skill__slug", "level", "kind", "rater")
    assert list(ratings.filter(skill__slug="weld")) == [
        ("weld", 1, "self", person.public_id),
        ("weld", 2, "self", person.public_id),
    ]
    assert AuditEvent.objects.filter(action="save_self_ratings").count() == 2


def test_answers_to_skills_that_the_role_does_not_need_are_not_kept(person: User, role: JobRole) -> None:
    a_role("other", {"lift": 1})
    assert save_self_ratings(by=person, gap=a_gap(role), answers=_answers(lift=3)) == 0


def test_a_plan_keeps_courses_in_order_what_they_close_and_the_wishes(person: User, path: TrainingPath) -> None:
    plan = save_plan(by=person, path=path)
    assert (plan.role.slug, plan.version.number, plan.hour_value_cents, plan.proved) == ("technician", 1, 1500, True)
    steps = list(plan.steps.order_by("position"))
    assert [(step.position, step.course.slug, step.status) for step in steps] == [
        (1, "weld-1", "planned"),
        (2, "weld-2", "planned"),
    ]
    uid = str(Skill.objects.get(slug="weld").uid)
    assert steps[1].closes == [{"skill": uid, "from": 1, "to": 2}]
    assert AuditEvent.objects.get(action="save_plan").actor == person.public_id


def test_what_no_course_closes_is_counted_as_wanted_without_the_person(person: User, path: TrainingPath) -> None:
    save_plan(by=person, path=path)
    brief = Brief.objects.select_related("skill").get()
    assert brief.skill is not None
    assert (brief.origin, brief.skill.slug, brief.level) == ("plan", "drive", 1)
    assert person.public_id not in str(Brief.objects.values())


def test_without_a_published_framework_there_is_nothing_to_plan_for(person: User, path: TrainingPath) -> None:
    FrameworkVersion.objects.update(status=VersionStatus.RETIRED)
    with pytest.raises(Conflict):
        save_plan(by=person, path=path)
    assert not Plan.objects.exists()


def test_only_an_active_person_saves(person: User, path: TrainingPath) -> None:
    person.is_active = False
    before = stored()
    for by in (person, OPERATOR, VISITOR):
        with pytest.raises(NotAllowed):
            save_plan(by=by, path=path)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            save_self_ratings(by=by, gap=path.gap, answers=_answers(weld=1))  # type: ignore[arg-type]
    assert stored() == before


def test_a_finished_course_keeps_its_first_day_and_raises_no_level(person: User, path: TrainingPath) -> None:
    plan = save_plan(by=person, path=path)
    for day in (date(2027, 3, 2), date(2027, 3, 9)):
        finish_step(by=person, plan_uid=str(plan.uid), position=1, on=day)
    step = plan.steps.get(position=1)
    assert (step.status, step.finished_on) == ("finished", date(2027, 3, 2))
    assert not Rating.objects.exists()
    assert AuditEvent.objects.filter(action="finish_step").count() == 1


def test_a_step_that_is_not_there_cannot_be_finished(person: User, path: TrainingPath) -> None:
    plan = save_plan(by=person, path=path)
    for position in (0, 3, 10**30):
        with pytest.raises(NotFound):
            finish_step(by=person, plan_uid=str(plan.uid), position=position, on=TODAY)


def test_nobody_sees_finishes_or_deletes_somebody_elses_plan(
    person: User, staff: User, manager: User, path: TrainingPath
) -> None:
    plan = save_plan(by=person, path=path)
    before = stored()
    for other in (staff, manager):
        assert list_plans(other) == []
        with pytest.raises(NotFound):
            get_plan(other, str(plan.uid))
        with pytest.raises(NotFound):
            finish_step(by=other, plan_uid=str(plan.uid), position=1, on=TODAY)
        with pytest.raises(NotFound):
            delete_plan(by=other, plan_uid=str(plan.uid))
    assert stored() == before


def test_a_person_deletes_a_plan_and_keeps_the_others(person: User, path: TrainingPath) -> None:
    first, second = save_plan(by=person, path=path), save_plan(by=person, path=path)
    assert list_plans(person) == [second, first]
    delete_plan(by=person, plan_uid=str(first.uid))
    assert list_plans(person) == [second]
    assert get_plan(person, str(second.uid)) == second
    assert PlanStep.objects.count() == 2
    with pytest.raises(NotFound):
        delete_plan(by=person, plan_uid=str(first.uid))


def test_plans_take_few_queries_however_many(
    person: User, path: TrainingPath, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        save_plan(by=person, path=path)
    with django_assert_max_num_queries(6):
        for plan in list_plans(person):
            assert [str(step.course.provider) for step in plan.steps.all()] == ["None", "None"]
            assert [list(step.course.runs.all()) for step in plan.steps.all()]


def test_example_courses_can_be_taken_out_of_all_plans(person: User, staff: User, path: TrainingPath) -> None:
    save_plan(by=person, path=path)
    with pytest.raises(NotAllowed):
        remove_example_steps(by=person)
    assert remove_example_steps(by=staff) == 1
    assert [step.course.slug for step in PlanStep.objects.all()] == ["weld-1"]
    assert remove_example_steps(by=OPERATOR) == 0

"""Example courses go in one command; others stay."""

from __future__ import annotations

import pytest
from tests.records import a_course, a_role, the_version

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.removal import remove_example_courses
from synchromesh.engine.errors import Conflict, NotAllowed
from synchromesh.pathways.models import Plan, PlanStep

pytestmark = pytest.mark.django_db


def test_only_example_courses_are_removed() -> None:
    a_course("invented", {"weld": (None, 1)}, origin="example")
    a_course("real")
    a_course("draft", origin="starter")
    assert remove_example_courses(by=OPERATOR) == 1
    assert set(Course.objects.values_list("slug", flat=True)) == {"real", "draft"}


def test_only_alliance_staff_remove_examples(manager: User, staff: User) -> None:
    a_course("invented", origin="example")
    with pytest.raises(NotAllowed):
        remove_example_courses(by=manager)
    assert remove_example_courses(by=staff) == 1


def test_examples_in_a_plan_are_not_torn_out_of_it(person: User) -> None:
    course = a_course("invented", origin="example")
    plan = Plan.objects.create(person=person, role=a_role("technician", {}), version=the_version())
    PlanStep.objects.create(plan=plan, course=course, position=1)
    with pytest.raises(Conflict, match="in use"):
        remove_example_courses(by=OPERATOR)
    assert Course.objects.count() == 1

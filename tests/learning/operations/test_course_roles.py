"""Who says who authors, tutors and reviews a course."""

from __future__ import annotations

import pytest
from tests.learning.records import a_learner, give_part
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import CourseRole
from synchromesh.engine.errors import InvalidInput, NotAllowed, NotFound
from synchromesh.learning.operations.course_roles import assign_course_part, remove_course_part
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.course_people import list_course_people
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def _address(person: User) -> str:
    assert person.email
    return person.email


def test_an_editor_of_the_provider_makes_an_author(editor: User, organisation: Organisation, person: User) -> None:
    course = a_course("hv", provider=organisation)
    role = assign_course_part(by=editor, course=course, email=" PERSON@example.org ", part="author")
    assert assign_course_part(by=editor, course=course, email=_address(person), part="author") == role
    assert AuditEvent.objects.filter(action="assign_course_part").count() == 1
    assert may_edit_content(person, course)
    assert [found.person for found in list_course_people(course, visible_to=person)] == [person]


def test_an_author_names_tutors_and_reviewers_and_no_author(organisation: Organisation, person: User) -> None:
    course, helper = a_course("hv", provider=organisation), a_learner()
    give_part(person, course, "author")
    for part in ("tutor", "reviewer"):
        assign_course_part(by=person, course=course, email=_address(helper), part=part)
    with pytest.raises(NotAllowed):
        assign_course_part(by=person, course=course, email=_address(helper), part="author")
    remove_course_part(by=person, course=course, person=helper, part="tutor")
    assert CourseRole.objects.get(person=helper).part == "reviewer"


def test_somebody_may_lay_down_their_own_part(organisation: Organisation, person: User) -> None:
    course = a_course("hv", provider=organisation)
    give_part(person, course, "tutor")
    assert list_course_people(course, visible_to=person) == []
    remove_course_part(by=person, course=course, person=person, part="tutor")
    assert not CourseRole.objects.exists()
    with pytest.raises(NotFound):
        remove_course_part(by=person, course=course, person=person, part="tutor")


def test_what_cannot_be_is_refused(editor: User, organisation: Organisation, person: User) -> None:
    course = a_course("hv", provider=organisation)
    with pytest.raises(NotFound):
        assign_course_part(by=editor, course=course, email="nobody@example.org", part="tutor")
    with pytest.raises(NotFound):
        assign_course_part(by=editor, course=course, email=" ", part="tutor")
    with pytest.raises(InvalidInput):
        assign_course_part(by=editor, course=course, email=_address(person), part="owner")
    with pytest.raises(NotAllowed):
        assign_course_part(by=person, course=course, email=_address(person), part="tutor")

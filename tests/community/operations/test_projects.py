"""Projects and their parts: who changes them, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Project
from synchromesh.community.operations.projects import (
    DeliverableDetails,
    ProjectDetails,
    add_deliverable,
    add_project_partner,
    add_work_package,
    change_project,
    complete_deliverable,
    create_project,
    link_result,
    remove_project_partner,
    unlink_result,
)
from synchromesh.community.queries.stored_files import file_path, read_file
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.framework.models import JobRole

pytestmark = pytest.mark.django_db


def _details(**changes: Any) -> ProjectDetails:
    said: dict[str, Any] = {"language": "en", "name": "AMBER", "begins": "2024-01", "ends": "2026", "subject": "Seats"}
    return ProjectDetails(**said | changes)


@pytest.fixture
def project(organisation: Organisation) -> Project:
    """A project that the organisation of `editor` and `manager` coordinates."""
    return Project.objects.create(slug="amber", name="AMBER", coordinator=organisation)


def test_staff_enter_projects_and_editors_of_the_coordinator_keep_them(
    staff: User, editor: User, person: User, organisation: Organisation
) -> None:
    made = create_project(by=staff, details=_details(), coordinator=organisation)
    changed = change_project(
        by=editor, project=made, details=_details(language="de", subject="Sitze"), coordinator=None
    )
    assert changed.subjects == {"de": "Sitze", "en": "Seats"}
    assert changed.coordinator == organisation
    without = change_project(by=staff, project=made, details=_details(), coordinator=None)
    assert without.coordinator is None
    for other in (editor, person):
        with pytest.raises(NotAllowed):
            create_project(by=other, details=_details())
        with pytest.raises(NotAllowed):
            change_project(by=other, project=without, details=_details(), coordinator=organisation)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"begins": "January 2024"}, "begins"),
        ({"begins": "2024-13"}, "begins"),
        ({"ends": "2024-02-30"}, "ends"),
        ({"begins": "2024-06", "ends": "2023"}, "ends"),
        ({"url": "example.org"}, "url"),
    ],
)
def test_what_is_wrong_is_named(staff: User, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_project(by=staff, details=_details(**changes))
    assert refused.value.field == field


def test_a_project_may_end_in_the_year_in_which_it_begins(staff: User) -> None:
    assert create_project(by=staff, details=_details(begins="2024-06", ends="2024")).ends == "2024"


def test_an_organisation_takes_part_once(project: Project, editor: User, organisation: Organisation) -> None:
    other = Organisation.objects.create(slug="other", name="Other")
    made = add_project_partner(by=editor, project=project, organisation=other, task="Seats")
    assert made.task == "Seats"
    for again in (other, organisation):
        with pytest.raises(Conflict):
            add_project_partner(by=editor, project=project, organisation=again)
    remove_project_partner(by=editor, project=project, organisation=other)
    assert not project.partners.exists()


def test_a_work_package_has_a_number_of_its_own(project: Project, editor: User) -> None:
    add_work_package(by=editor, project=project, number=1, title="Management")
    with pytest.raises(Conflict):
        add_work_package(by=editor, project=project, number=1, title="More")
    with pytest.raises(InvalidInput):
        add_work_package(by=editor, project=project, number=2, title=" ")


def test_a_deliverable_keeps_its_file_and_one_of_a_taken_code_leaves_none(project: Project, editor: User) -> None:
    details = DeliverableDetails(title="Report", code="D1", file_name="Report.txt", content=b"Found.")
    made = add_deliverable(by=editor, project=project, details=details)
    assert (made.name, read_file(made.uid)) == ("report.txt", b"Found.")
    folder = file_path(made.uid).parent
    before = set(folder.iterdir())
    with pytest.raises(Conflict):
        add_deliverable(by=editor, project=project, details=details)
    assert set(folder.iterdir()) == before
    with pytest.raises(InvalidInput):
        add_deliverable(by=editor, project=project, details=DeliverableDetails(title="Report", url="javascript:x"))


def test_a_deliverable_is_not_handed_over_tomorrow(project: Project, editor: User) -> None:
    made = add_deliverable(by=editor, project=project, details=DeliverableDetails(title="Report"))
    with pytest.raises(InvalidInput):
        complete_deliverable(by=editor, deliverable=made, done_on=timezone.localdate() + timedelta(days=1))
    assert complete_deliverable(by=editor, deliverable=made, done_on=date(2025, 1, 1)).done_on == date(2025, 1, 1)


def test_a_result_is_linked_once_and_taken_out_without_harm(project: Project, editor: User) -> None:
    course = Course.objects.create(slug="course", titles={"en": "Course"})
    role = JobRole.objects.create(slug="role", titles={"en": "Role"})
    made = link_result(by=editor, project=project, record=course)
    assert link_result(by=editor, project=project, record=role).role == role
    with pytest.raises(Conflict):
        link_result(by=editor, project=project, record=course)
    unlink_result(by=editor, result=made)
    assert Course.objects.filter(pk=course.pk).exists()
    assert project.results.count() == 1


def test_nobody_else_touches_the_parts(project: Project, person: User, organisation: Organisation) -> None:
    made = add_deliverable(by=_staff(), project=project, details=DeliverableDetails(title="Report"))
    for refused in (
        lambda: add_project_partner(by=person, project=project, organisation=organisation),
        lambda: remove_project_partner(by=person, project=project, organisation=organisation),
        lambda: add_work_package(by=person, project=project, number=1, title="x"),
        lambda: add_deliverable(by=person, project=project, details=DeliverableDetails(title="x")),
        lambda: complete_deliverable(by=person, deliverable=made, done_on=date(2025, 1, 1)),
        lambda: link_result(by=person, project=project, record=JobRole.objects.create(slug="r")),
    ):
        with pytest.raises(NotAllowed):
            refused()


def _staff() -> User:
    return User.objects.create_user(email="second-staff@example.org", is_alliance_staff=True)

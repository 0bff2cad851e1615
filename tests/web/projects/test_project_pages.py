"""Pages of projects: the list, one project, and changing it and its parts."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Deliverable, Project, ProjectPartner, ProjectResult, StatedValue
from synchromesh.framework.models import JobRole

pytestmark = pytest.mark.django_db


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def project(organisation: Organisation) -> Project:
    """A project that the organisation of `editor` coordinates."""
    return Project.objects.create(
        slug="amber", name="AMBER", begins="2024-01", ends="2026", coordinator=organisation, subjects={"en": "Seats"}
    )


def test_numbers_that_sources_state_stand_beside_each_other_with_their_sources(
    client: Client, project: Project
) -> None:
    for value in ("31", "32"):
        StatedValue.objects.create(
            project=project, fact="partners", value=value, source=f"Source {value}", source_url="https://example.org"
        )
    StatedValue.objects.create(project=project, fact="budget", value="3900000", source_url="https://example.org")
    page = client.get("/en/projects/amber/").content.decode()
    assert "<strong>3,900,000</strong>" in page
    assert page.index("<strong>31</strong>") < page.index("<strong>32</strong>")
    assert "Source 31" in page
    assert "Source 32" in page
    assert "January 2024 to 2026" in page


def test_the_list_is_narrowed_paged_and_saved(client: Client, project: Project) -> None:
    Project.objects.bulk_create(
        Project(slug=f"p-{number}", name=f"Project {number:02}", coordinator=project.coordinator)
        for number in range(60)
    )
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/projects/?q=project")
    assert len(asked) <= 6
    assert page.content.decode().count('<li class="row">') == 48
    assert "AMBER" not in page.content.decode()
    table = client.get("/en/projects/projects.csv?q=amber").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("id,name,full_name,programme,begins,ends,subject_en,subject_de,coordinator,partners")
    assert [line.split(",")[:2] for line in table[1:]] == [["amber", "AMBER"]]


def test_staff_enter_a_project_and_say_who_coordinates_it(staff: User, organisation: Organisation) -> None:
    desk = signed_in(staff)
    wrong = desk.post("/en/projects/new/", {"name": "BASALT", "begins": "spring"})
    assert wrong.status_code == 422
    assert "2018-01-15" in wrong.content.decode()
    desk.post("/en/projects/new/", {"name": "BASALT", "coordinator": "north works"})
    assert Project.objects.get().coordinator == organisation


def test_an_editor_of_the_coordinator_changes_everything_but_who_coordinates(editor: User, project: Project) -> None:
    client = signed_in(editor)
    form = {"name": "AMBER", "subject": "Better seats", "coordinator": "somebody else"}
    assert 'name="coordinator"' not in client.get("/en/projects/amber/edit/").content.decode()
    client.post("/en/projects/amber/edit/", form)
    project.refresh_from_db()
    assert (project.subjects, project.coordinator is not None) == ({"en": "Better seats"}, True)


def test_the_parts_of_a_project_are_added_and_taken_out(editor: User, project: Project, client: Client) -> None:
    Organisation.objects.create(slug="south", name="South Works")
    role = JobRole.objects.create(slug="welder", titles={"en": "Welder"})
    Course.objects.create(slug="draft", titles={"en": "Draft"})
    mine, address = signed_in(editor), "/en/projects/amber/parts/"
    unknown = mine.post(address, {"do": "partner", "partner-organisation": "Nobody"})
    assert unknown.status_code == 422
    assert "Nobody" in unknown.content.decode()
    mine.post(address, {"do": "partner", "partner-organisation": "South Works", "partner-task": "Seats"})
    mine.post(address, {"do": "package", "package-number": "1", "package-title": "Management"})
    package = project.work_packages.get()
    file = SimpleUploadedFile("Report.txt", b"Found.")
    mine.post(
        address,
        {
            "do": "deliverable",
            "deliverable-title": "Report",
            "deliverable-code": "D1",
            "deliverable-work_package": str(package.uid),
            "deliverable-file": file,
        },
    )
    for wrong in ("/en/fields/", "https://example.org/x/", "/en/courses/draft/x/"):
        assert mine.post(address, {"do": "result", "result-address": wrong}).status_code == 422
    mine.post(address, {"do": "result", "result-address": "https://testserver/en/roles/welder/"})
    deliverable = Deliverable.objects.get()
    mine.post(address, {"do": "done", "deliverable": str(deliverable.uid)})
    page = client.get("/en/projects/amber/").content.decode()
    assert all(words in page for words in ("South Works", "1 Management", "D1 Report", "Welder"))
    assert client.get(f"/en/projects/amber/files/{deliverable.uid}/").content == b"Found."
    assert ProjectResult.objects.get().role == role
    mine.post(address, {"do": "unlink", "result": str(ProjectResult.objects.get().uid)})
    mine.post(address, {"do": "remove-partner", "organisation": "south"})
    assert not ProjectPartner.objects.exists()
    assert not ProjectResult.objects.exists()
    assert mine.post(address, {"do": "dance"}).status_code == 422


def test_a_deliverable_without_a_file_has_none_to_save(client: Client, project: Project) -> None:
    made = Deliverable.objects.create(project=project, title="Page", url="https://example.org")
    assert client.get(f"/en/projects/amber/files/{made.uid}/").status_code == 404

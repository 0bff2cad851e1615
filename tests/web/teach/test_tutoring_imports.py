"""Enrolling people into a cohort from a table: preview, commit, undo."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import a_cohort, a_course_with_content, a_learner, give_part

from synchromesh.accounts.models import User
from synchromesh.learning.models import Cohort, CohortInvitation, ContentVersion, Enrolment
from synchromesh.plumbing.models import ImportBatch

pytestmark = pytest.mark.django_db
LIST = (
    "email,name,language\nknown@example.org,Karl Known,en\nnew@example.org,Nina New,\nnonsense,,\nx@example.org,,xx\n"
)


@pytest.fixture
def cohort() -> Cohort:
    """An open cohort of a published course."""
    version: ContentVersion = a_course_with_content(kinds=("text",))
    return a_cohort(version.course)


@pytest.fixture
def author(client: Client, cohort: Cohort) -> User:
    """The author of the course, signed in."""
    person = give_part(a_learner("Anna Author"), cohort.run.course, "author")
    client.force_login(person)
    return person


def _address(cohort: Cohort) -> str:
    return f"/en/teach/courses/hv-safety/cohorts/{cohort.run.uid}/import/"


def _send(client: Client, cohort: Cohort, content: str = LIST, name: str = "people.csv") -> str:
    file = SimpleUploadedFile(name, content.encode())
    answer = client.post(_address(cohort), {"do": "preview", "file": file})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_list_is_previewed_by_row_and_column_committed_and_taken_back(
    client: Client, author: User, cohort: Cohort
) -> None:
    known = User.objects.create_user(email="known@example.org", password="a long enough pass phrase", name="Karl Known")
    shown = _send(client, cohort)
    page = client.get(shown).content.decode()
    assert "2 rows to mend" in page
    assert "row 4" in page
    assert "A language is a code of two letters" in page
    assert "gets a place, and a mail that says so" in page
    assert "gets an invitation by mail" in page
    assert not Enrolment.objects.exists()
    batch = ImportBatch.objects.get()
    answer = client.post(_address(cohort), {"do": "commit", "list": str(batch.uid)}, follow=True)
    assert "You can take it back here." in answer.content.decode()
    assert Enrolment.objects.get().person == known
    assert CohortInvitation.objects.get().email == "new@example.org"
    assert "new@example.org" not in client.get(shown).content.decode()
    client.post(_address(cohort), {"do": "undo", "list": str(batch.uid)})
    assert not Enrolment.objects.exists()
    assert not CohortInvitation.objects.exists()
    again = client.post(_address(cohort), {"do": "undo", "list": str(batch.uid)})
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("content", "says"), [("name\nNina\n", "has no column"), ("", "people.csv"), (None, "Choose a file first.")]
)
def test_a_file_that_cannot_be_read_says_how_to_mend_it(
    content: str | None, says: str, client: Client, author: User, cohort: Cohort
) -> None:
    given: dict[str, object] = {"do": "preview"}
    if content is not None:
        given["file"] = SimpleUploadedFile("people.csv", content.encode())
    answer = client.post(_address(cohort), given)
    assert answer.status_code == 422
    assert 'href="#file"' in answer.content.decode()
    if content:
        assert says in answer.content.decode()


def test_the_empty_file_has_the_columns(client: Client, author: User, cohort: Cohort) -> None:
    plain = client.get(f"{_address(cohort)}?template=csv")
    assert plain.content.decode("utf-8-sig").strip() == "email,name,language"
    workbook = client.get(f"{_address(cohort)}?template=xlsx")
    assert workbook.content.startswith(b"PK")
    assert "people.xlsx" in workbook["Content-Disposition"]


def test_a_tutor_sees_and_sends_no_list(client: Client, cohort: Cohort) -> None:
    client.force_login(give_part(a_learner("Tara Tutor"), cohort.run.course, "tutor"))
    assert client.get(_address(cohort)).status_code == 404
    assert client.post(_address(cohort), {"do": "commit", "list": str(cohort.run.uid)}).status_code == 404


def test_a_list_of_another_cohort_is_not_found(
    client: Client, author: User, cohort: Cohort, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shown = _send(client, cohort)
    other = a_cohort(cohort.run.course)
    assert client.get(f"{_address(other)}?{shown.partition('?')[2]}").status_code == 404
    with django_assert_max_num_queries(12):
        client.get(shown)

"""The page of a pilot: opening it, its report, the decision."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.learning.pilot_records import (
    a_participant,
    a_pilot,
    a_result,
    a_version_to_try,
    an_answer,
    the_instrument,
)
from tests.learning.records import a_course_with_content, a_done_unit, a_learner, an_enrolment, give_part

from synchromesh.accounts.models import User
from synchromesh.learning.models import ContentVersion, Pilot

pytestmark = pytest.mark.django_db
ADDRESS = "/en/teach/courses/hv-safety/pilot/"


@pytest.fixture
def version() -> ContentVersion:
    """A published version with tests and a questionnaire."""
    return a_version_to_try()


@pytest.fixture
def author(client: Client, version: ContentVersion) -> User:
    """The author of the course, signed in."""
    person = give_part(a_learner("Anna Author"), version.course, "author")
    client.force_login(person)
    return person


def _measured(version: ContentVersion, people: int) -> None:
    """Learners who gained between 40 and 50 points each."""
    for number in range(people):
        one = a_participant(version, **({"state": "completed"} if number % 3 else {}))
        a_done_unit(one, "text")
        a_result(one, "before", 20 + number % 2 * 10)
        a_result(one, "after", 70 + number % 3 * 10)
        an_answer(one, "4" if number % 2 else "5", f"words {number}")


def test_an_author_opens_a_pilot_with_its_tests_and_changes_the_plan(
    client: Client, author: User, version: ContentVersion
) -> None:
    page = client.get(ADDRESS).content.decode()
    assert "Open a pilot for version 1" in page
    plan = {
        "do": "open",
        "target_group": "Apprentices of one plant",
        "least_learners": "6",
        "least_gain": "15",
        "before_test": str(the_instrument(version, "before").uid),
        "after_test": "",
        "questionnaire": str(the_instrument(version, "asks").uid),
    }
    refused = client.post(ADDRESS, plan)
    assert refused.status_code == 422
    assert 'href="#open-after_test"' in refused.content.decode()
    plan["after_test"] = str(the_instrument(version, "after").uid)
    assert client.post(ADDRESS, plan).status_code == 302
    pilot = Pilot.objects.get()
    assert (pilot.least_learners, pilot.least_gain) == (6, 15)
    assert "0 of 6 learners measured" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, plan | {"do": "change", "least_gain": "20"})
    pilot.refresh_from_db()
    assert pilot.least_gain == 20
    assert client.post(ADDRESS, plan).status_code == 404  # this version has one now


def test_the_report_says_its_numbers_with_intervals_in_words(
    client: Client, author: User, version: ContentVersion
) -> None:
    a_pilot(version)
    _measured(version, 9)
    page = client.get(ADDRESS).content.decode()
    assert "They learned as much as the plan asks for" in page
    assert "6 of 9 completed the course." in page
    assert "Of 100 such learners, between 35 and 88 would, with 95 % confidence." in page
    assert "Where people got stuck" in page
    assert "words 3" in page
    table = client.get(f"{ADDRESS}?format=csv").content.decode("utf-8-sig")
    assert "pilot,,completed,9,66.7,35.4,87.9,percent" in table
    assert "pilot,,gain,9," in table


def test_fewer_than_five_who_share_are_told_in_no_number(client: Client, author: User, version: ContentVersion) -> None:
    a_pilot(version)
    _measured(version, 4)
    page = client.get(ADDRESS).content.decode()
    assert "Numbers are told as soon as 5 people share their answers" in page
    assert "words 3" not in page
    assert "words 3" not in client.get(f"{ADDRESS}?format=csv").content.decode()


def test_a_pilot_is_decided_once_and_not_with_too_few(client: Client, author: User, version: ContentVersion) -> None:
    pilot = a_pilot(version)
    go = {"do": "decide", "decision": "go", "note": "They learned a lot."}
    too_few = client.post(ADDRESS, go)
    assert too_few.status_code == 422
    assert "The plan asks for 5 learners" in too_few.content.decode()
    _measured(version, 6)
    assert client.post(ADDRESS, go | {"note": ""}).status_code == 422
    assert client.post(ADDRESS, go).status_code == 302
    pilot.refresh_from_db()
    assert pilot.decision == "go"
    page = client.get(ADDRESS).content.decode()
    assert "Decided: everybody can take this version" in page
    assert "They learned a lot." in page
    assert 'value="decide"' not in page
    assert client.post(ADDRESS, go | {"decision": "revise"}).status_code == 422


def test_a_tutor_reads_the_report_and_changes_nothing(client: Client, version: ContentVersion) -> None:
    pilot = a_pilot(version)
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    page = client.get(ADDRESS).content.decode()
    assert 'value="decide"' not in page
    assert client.post(ADDRESS, {"do": "close"}).status_code == 403
    assert client.post(ADDRESS, {"do": "decide", "decision": "revise", "note": "x"}).status_code == 403
    pilot.refresh_from_db()
    assert pilot.closed_at is None


def test_learners_reviewers_and_other_courses_see_no_pilot(client: Client, version: ContentVersion) -> None:
    pilot = a_pilot(version)
    reviewer = give_part(a_learner("Rita Reviewer"), version.course, "reviewer")
    for person in (an_enrolment(version).person, reviewer):
        client.force_login(person)
        assert client.get(ADDRESS).status_code in {403, 404}
    other = a_course_with_content("other", kinds=("text",))
    client.force_login(give_part(a_learner("Olaf Other"), other.course, "author"))
    assert client.get(f"{ADDRESS.replace('hv-safety', 'other')}?pilot={pilot.uid}").status_code == 404


def test_thirty_learners_take_as_many_queries_as_five(
    client: Client, author: User, version: ContentVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_pilot(version)
    _measured(version, 30)
    with django_assert_max_num_queries(22):
        client.get(ADDRESS)

"""What the first page of a course has for groups and pilots: messages, codes, another round, consent."""

from __future__ import annotations

import html5lib
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import NOW, a_cohort, a_course_with_content, a_done_unit, a_learner, an_enrolment
from tests.web.courses.learning.learning_site import HOME, LEARN, SLUG, Learning, learning, text_of

from synchromesh.learning.models import Cohort, CohortMessage, EarnedAchievement, Enrolment, Pilot

pytestmark = pytest.mark.django_db
CODE = "7K2M-9QXR"


def _completed(client: Client) -> Learning:
    """Somebody who has completed the course in a cohort."""
    found = learning(client, kinds=("text",))
    a_done_unit(found.enrolment, "text")
    EarnedAchievement.objects.create(enrolment=found.enrolment, earned_at=NOW, result={}, to_be_issued=True)
    cohort = a_cohort(found.version.course)
    Enrolment.objects.update(state="completed", completed_at=NOW, run=cohort.run)
    found.enrolment.refresh_from_db()
    return found


def _write(cohort: Cohort, *subjects: str) -> None:
    for subject in subjects:
        CohortMessage.objects.create(cohort=cohort, subject=subject, text="Bring <b>gloves</b>.", sent_by="tom")


def test_a_pilot_asks_for_consent_which_can_be_taken_back(client: Client) -> None:
    found = learning(client, kinds=("text",))
    Pilot.objects.create(version=found.version, target_group="Cleaners", opened_at=NOW)
    assert "Yes, count mine too" in text_of(client.get(LEARN))
    client.post(LEARN, {"do": "pilot", "shares": "yes"})
    assert "You said yes." in text_of(client.get(LEARN))
    client.post(LEARN, {"do": "pilot", "shares": "no"})
    found.enrolment.refresh_from_db()
    assert not found.enrolment.shares_pilot_answers


@pytest.mark.parametrize("state", ["active", "completed", "left"])
def test_consent_is_taken_back_after_the_pilot_was_decided(state: str, client: Client) -> None:
    found = _completed(client)
    Enrolment.objects.update(state=state, shares_pilot_answers=True)
    Pilot.objects.create(
        version=found.version, target_group="Cleaners", opened_at=NOW, closed_at=NOW, decision="go", decided_at=NOW
    )
    text = text_of(client.get(LEARN))
    assert "You said yes." in text
    assert "Yes, count mine too" not in text
    page = text_of(client.post(LEARN, {"do": "pilot", "shares": "no"}, follow=True))
    assert "without your name" not in page
    assert not Enrolment.objects.filter(shares_pilot_answers=True).exists()


def test_consent_of_an_earlier_round_is_taken_back_in_a_later_one(client: Client) -> None:
    found = _completed(client)
    Enrolment.objects.update(shares_pilot_answers=True)
    Pilot.objects.create(version=found.version, target_group="Cleaners", opened_at=NOW)
    an_enrolment(found.version, found.person, round=2)
    text = text_of(client.get(LEARN))
    assert "You said yes when you took the course before." in text
    assert "Yes, count mine too" in text
    client.post(LEARN, {"do": "pilot", "shares": "no"})
    assert not Enrolment.objects.filter(shares_pilot_answers=True).exists()


def test_who_is_in_a_cohort_reads_what_was_written_to_it_and_nobody_else(client: Client) -> None:
    found = learning(client, kinds=("text",))
    cohort = a_cohort(found.version.course)
    _write(cohort, "First", *(f"Then {number}" for number in range(5)))
    _write(a_cohort(found.version.course), "To others")
    assert "Then 0" not in text_of(client.get(LEARN))
    Enrolment.objects.update(run=cohort.run)
    answer = client.get(LEARN)
    text = text_of(answer)
    shown, hidden = text.split("1 earlier message", 1)
    assert shown.index("Then 4") < shown.index("Then 0")
    assert "First" in hidden
    assert "First" not in shown
    assert "To others" not in text
    assert b"&lt;b&gt;gloves" in answer.content
    client.force_login(a_learner("stranger"))
    assert "Then 4" not in text_of(client.get(LEARN))


def test_a_code_is_typed_on_the_first_page_with_or_without_an_account(client: Client) -> None:
    version = a_course_with_content(SLUG)
    assert "I have a code" not in text_of(client.get(LEARN))
    a_cohort(version.course, joining="code", code=CODE)
    text = text_of(client.get(LEARN))
    assert "I have a code" in text
    assert CODE not in text
    assert client.post(LEARN, {"do": "code", "code": " 7k2m9qxr "}).headers["Location"] == f"{HOME}/join/{CODE}/"
    client.force_login(a_learner())
    page = client.post(LEARN, {"do": "code", "code": CODE}, follow=True)
    assert "Join this group" in text_of(page)


def test_a_version_that_is_tried_is_reached_with_the_code_of_its_group(client: Client) -> None:
    version = a_course_with_content(SLUG)
    Pilot.objects.create(version=version, target_group="Cleaners", opened_at=NOW)
    assert client.get(LEARN).status_code == 302
    a_cohort(version.course, joining="code", code=CODE)
    text = text_of(client.get(LEARN))
    assert "You can start this course with a group." in text
    assert "I have a code" in text


def test_who_learns_alone_moves_into_a_group_with_its_code(client: Client) -> None:
    found = learning(client, kinds=("text",))
    cohort = a_cohort(found.version.course, joining="code", code=CODE)
    assert "I have a code" in text_of(client.get(LEARN))
    client.post(f"{HOME}/join/{CODE}/")
    found.enrolment.refresh_from_db()
    assert found.enrolment.run == cohort.run
    assert "I have a code" not in text_of(client.get(LEARN))


def test_a_wrong_code_is_said_at_its_field_and_counted_with_those_in_addresses(client: Client) -> None:
    version = a_course_with_content(SLUG)
    a_cohort(version.course, joining="code", code=CODE)
    answer = client.post(LEARN, {"do": "code", "code": "AAAA-AAAA"})
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())  # type: ignore[no-untyped-call]
    text = text_of(answer, 422)
    assert 'value="AAAA-AAAA"' in text
    assert "<title>Error:" in text
    assert 'aria-invalid="true"' in text
    for _ in range(9):
        assert client.get(f"{HOME}/join/AAAA-AAAA/").status_code == 404
    answer = client.post(LEARN, {"do": "code", "code": CODE})
    assert "Too many attempts." in text_of(answer, 422)


def test_who_completed_the_course_takes_it_again_with_another_group(client: Client) -> None:
    found = _completed(client)
    cohort = a_cohort(found.version.course)
    own = found.enrolment.run
    assert own is not None
    text = text_of(client.get(LEARN))
    assert "Take it again with this group" in text
    assert str(own.uid) not in text
    assert client.post(LEARN, {"do": "again", "run": own.uid}).status_code == 409
    answer = client.post(LEARN, {"do": "again", "run": cohort.run.uid})
    assert answer.headers["Location"] == f"{LEARN}text/"
    again = Enrolment.objects.get(round=2)
    assert (again.run, again.state) == (cohort.run, "active")


def test_a_code_takes_whoever_completed_the_course_through_it_again_if_they_say_so(client: Client) -> None:
    found = _completed(client)
    a_cohort(found.version.course, joining="code", code=CODE)
    address = f"{HOME}/join/{CODE}/"
    assert "With this group you begin it again" in text_of(client.get(address))
    assert client.post(address).status_code == 409
    assert client.post(address, {"again": "yes"}).headers["Location"] == LEARN
    assert Enrolment.objects.get(round=2).joined_by == "code"


def test_the_fullest_first_page_asks_ten_questions_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = _completed(client)
    assert found.enrolment.run is not None
    _write(found.enrolment.run.cohort, *map(str, range(8)))
    Pilot.objects.create(version=found.version, target_group="Cleaners", opened_at=NOW)
    a_cohort(found.version.course, seats=3)
    a_cohort(found.version.course, joining="code", code=CODE)
    client.get(LEARN)  # the first reader of a version asks for its units as well
    with django_assert_max_num_queries(10):
        answer = client.get(LEARN)
    text = text_of(answer)
    html5lib.HTMLParser(strict=True).parse(answer.content.decode())  # type: ignore[no-untyped-call]
    for said in ("3 earlier messages", "Take it again with this group", "I have a code", "Yes, count mine too"):
        assert said in text

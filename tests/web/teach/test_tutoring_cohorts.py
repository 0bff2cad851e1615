"""Pages of cohorts: opening one, its dates, invitations and messages, and who may do it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from tests.learning.records import a_cohort, a_course_with_content, a_learner, an_enrolment, give_part

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.learning.models import Cohort, CohortDate, CohortInvitation, CohortMessage, ContentVersion
from synchromesh.learning.operations.cohort_invitations import send_invitations

pytestmark = pytest.mark.django_db
START = "/en/teach/courses/hv-safety/cohorts/"


@pytest.fixture
def version() -> ContentVersion:
    """A published course with a live session."""
    return a_course_with_content(kinds=("text", "quiz", "live-session"))


@pytest.fixture
def author(client: Client, version: ContentVersion) -> User:
    """The author of the course, signed in."""
    person = give_part(a_learner("Anna Author"), version.course, "author")
    client.force_login(person)
    return person


def _address(cohort: Cohort) -> str:
    return f"{START}{cohort.run.uid}/"


def test_an_author_opens_a_cohort_with_a_code_and_sees_the_address_to_pass_on(client: Client, author: User) -> None:
    assert "No cohort yet" in client.get(START).content.decode()
    answer = client.post(START, {"joining": "code", "starts_on": "2027-05-03", "seats": "12", "place": "Aachen"})
    cohort = Cohort.objects.select_related("run").get()
    assert answer["Location"] == _address(cohort)
    assert (cohort.joining, cohort.run.seats) == ("code", 12)
    page = client.get(_address(cohort)).content.decode()
    assert "0 of 12 places taken" in page
    assert f"/en/courses/hv-safety/join/{cohort.code}/" in page
    assert "From 3 May 2027, Aachen" in client.get(START).content.decode()


def test_wrong_dates_are_refused_beside_their_field_and_nothing_is_lost(client: Client, author: User) -> None:
    dates = {"joining": "open", "starts_on": "2027-05-03", "ends_on": "2027-05-01", "place": "Room 4"}
    answer = client.post(START, dates)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The last day is before the first." in page
    assert 'value="Room 4"' in page
    assert not Cohort.objects.exists()


def test_more_places_let_the_waiting_list_in_and_fewer_than_taken_are_refused(
    client: Client, author: User, version: ContentVersion
) -> None:
    cohort = a_cohort(version.course, seats=1)
    an_enrolment(version, a_learner("Ina In"), run=cohort.run)
    waits = an_enrolment(version, a_learner("Willi Waits"), run=cohort.run, state="waiting")
    assert "Willi Waits" in client.get(_address(cohort)).content.decode()
    page = client.post(_address(cohort), {"do": "plan", "joining": "open", "seats": "2"}, follow=True)
    assert "1 learner of the waiting list has a place now" in page.content.decode()
    waits.refresh_from_db()
    assert waits.state == "active"
    refused = client.post(_address(cohort), {"do": "plan", "joining": "open", "seats": "1"})
    assert refused.status_code == 422
    assert "2 places are taken" in refused.content.decode()


def test_dates_of_units_are_set_changed_and_taken_away(client: Client, author: User, version: ContentVersion) -> None:
    cohort = a_cohort(version.course)
    given = {"do": "dates", "at-quiz": "2027-05-10T18:00", "at-live-session": "2027-05-12T09:30"}
    given |= {"place-live-session": "Room 4", "url-live-session": "https://meet.example.org/hv"}
    assert client.post(_address(cohort), given).status_code == 302
    held = CohortDate.objects.get(unit_key="live-session")
    assert (held.place, timezone.localtime(held.at).strftime("%H:%M")) == ("Room 4", "09:30")
    assert "Who was there" in client.get(_address(cohort)).content.decode()
    assert client.post(_address(cohort), given | {"at-quiz": ""}).status_code == 302
    assert list(CohortDate.objects.values_list("unit_key", flat=True)) == ["live-session"]
    wrong = client.post(_address(cohort), given | {"url-live-session": "ftp://example.org"})
    assert wrong.status_code == 422
    assert 'href="#id_url-live-session"' in wrong.content.decode()


def test_good_addresses_are_invited_and_the_wrong_ones_stay_in_the_form(
    client: Client,
    author: User,
    version: ContentVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    cohort = a_cohort(version.course, joining="invitation")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            _address(cohort), {"do": "invite", "addresses": "new@example.org\nnonsense", "valid_days": "30"}
        )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 invitation is sent." in page
    assert re.search(r"<textarea[^>]*>\s*nonsense\s*</textarea>", page)
    invitation = CohortInvitation.objects.get()
    assert client.post(_address(cohort), {"do": "withdraw", "invitation": str(invitation.uid)}).status_code == 302
    assert not CohortInvitation.objects.exists()


def test_a_tutor_writes_to_a_cohort_and_cannot_change_it(
    client: Client,
    version: ContentVersion,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    cohort = a_cohort(version.course)
    an_enrolment(version, run=cohort.run)
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    page = client.get(_address(cohort)).content.decode()
    assert "Set the dates" not in page
    assert 'value="close"' not in page
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(_address(cohort), {"do": "message", "subject": "Tomorrow", "text": "Bring gloves."})
    assert sent.status_code == 302
    assert CohortMessage.objects.get().subject == "Tomorrow"
    assert len(mail.outbox) == 1
    assert client.post(_address(cohort), {"do": "close"}).status_code == 403
    assert client.post(START, {"joining": "open"}).status_code == 403
    assert client.post(_address(cohort), {"do": "anything"}).status_code == 404


def test_a_closed_cohort_is_opened_again(client: Client, author: User, version: ContentVersion) -> None:
    cohort = a_cohort(version.course)
    client.post(_address(cohort), {"do": "close"})
    assert "Nobody can join any more" in client.get(_address(cohort)).content.decode()
    client.post(_address(cohort), {"do": "resume"})
    cohort.refresh_from_db()
    assert cohort.closed_at is None


def test_nobody_but_tutors_and_authors_sees_cohorts(client: Client, version: ContentVersion) -> None:
    cohort = a_cohort(version.course)
    learner = an_enrolment(version, run=cohort.run).person
    reviewer = give_part(a_learner("Rita Reviewer"), version.course, "reviewer")
    other = give_part(a_learner("Olaf Other"), a_course_with_content("other", kinds=("text",)).course, "author")
    ways = (START, _address(cohort), f"{_address(cohort)}import/", f"{_address(cohort)}attendance/live-session/")
    for person in (learner, reviewer, other):
        client.force_login(person)
        assert {client.get(way).status_code for way in ways} <= {403, 404}
    client.force_login(other)
    assert client.get(_address(cohort).replace("hv-safety", "other")).status_code == 404


def test_the_pages_take_as_many_queries_for_many_as_for_one(
    client: Client, author: User, version: ContentVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    soon = timezone.localdate() + timedelta(days=5)
    cohorts = [a_cohort(version.course, starts_on=soon) for _ in range(8)]
    for _ in range(12):
        an_enrolment(version, run=cohorts[0].run)
    for unit in version.units.all():
        CohortDate.objects.create(cohort=cohorts[0], unit_key=unit.key, at=timezone.now())
    client.get(START)
    with django_assert_max_num_queries(12):
        client.get(START)
    with django_assert_max_num_queries(18):
        client.get(_address(cohorts[0]))
    with django_assert_max_num_queries(12):
        client.get(f"{_address(cohorts[0])}attendance/live-session/")


def test_attendance_is_written_down_and_changed(client: Client, version: ContentVersion) -> None:
    cohort = a_cohort(version.course)
    came, missed, open_one = (an_enrolment(version, run=cohort.run) for _ in range(3))
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    address = f"{_address(cohort)}attendance/live-session/"
    given = {f"there-{came.uid}": "yes", f"there-{missed.uid}": "no", f"there-{open_one.uid}": "perhaps"}
    page = client.post(address, given, follow=True).content.decode()
    assert "Saved for 2 learners." in page
    assert "1 of 3 were there" in page
    assert "1 not written down" in page
    assert came.progress.get(unit__key="live-session").done_at is not None
    assert "Nothing has changed." in client.post(address, given, follow=True).content.decode()
    page = client.post(address, {f"there-{missed.uid}": "no", "rest": "yes"}, follow=True).content.decode()
    assert "Saved for 1 learner." in page
    assert open_one.progress.get(unit__key="live-session").done_at is not None
    assert client.get(f"{_address(cohort)}attendance/quiz/").status_code == 404


def test_a_tutor_does_not_see_the_addresses_of_who_was_invited(client: Client, version: ContentVersion) -> None:
    cohort = a_cohort(version.course)
    send_invitations(by=OPERATOR, cohort=cohort, addresses=["new@example.org"])
    for part, is_shown in (("tutor", False), ("author", True)):
        client.force_login(give_part(a_learner(part), version.course, part))
        assert ("new@example.org" in client.get(_address(cohort)).content.decode()) is is_shown

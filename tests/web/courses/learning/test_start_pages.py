"""The first page of a course: everything is said beforehand, and one button tells the truth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import NOW, a_cohort, a_course_with_content, a_done_unit, a_learner, an_enrolment
from tests.records import a_course
from tests.web.courses.learning.learning_site import HOME, LEARN, SLUG, a_test_unit, learning, text_of

from synchromesh.learning.models import EarnedAchievement, Enrolment

pytestmark = pytest.mark.django_db


def test_everything_is_said_before_somebody_starts_and_without_an_account(client: Client) -> None:
    version = a_course_with_content(SLUG, kinds=("text",), issues_credential=True)
    version.course.outcomes = {"en": ["Names the dangers"]}
    version.course.save()
    a_test_unit(version, "single", pass_percent=70, minutes=20, attempts_allowed=2)
    text = text_of(client.get(LEARN))
    assert "Names the dangers" in text
    assert "Unit text" in text
    assert "Pass “Unit test” with 70 % or more." in text
    assert "20 minutes" in text
    assert "2 times" in text
    assert "once that is possible on this platform" in text
    assert f'href="{LEARN}text/"' not in text


def test_starting_asks_for_an_account_and_leads_back(client: Client) -> None:
    a_course_with_content(SLUG)
    assert "You need an account for it" in text_of(client.get(LEARN))
    answer = client.post(LEARN, {"do": "enrol"})
    assert answer.headers["Location"] == f"/en/account/login/?next={LEARN}"
    assert not Enrolment.objects.exists()


def test_starting_leads_straight_into_the_first_unit_and_twice_is_once(client: Client) -> None:
    a_course_with_content(SLUG)
    client.force_login(a_learner())
    for _ in range(2):
        answer = client.post(LEARN, {"do": "enrol", "language": "de"})
        assert answer.headers["Location"] == f"{LEARN}text/"
    assert Enrolment.objects.get().language == "de"


def test_the_button_says_what_it_costs(client: Client) -> None:
    course = a_course_with_content(SLUG).course
    assert "Start now (EUR 20)" in text_of(client.get(LEARN))
    course.price_cents = 0
    course.save()
    assert "Start now, free" in text_of(client.get(LEARN))


def test_the_button_leads_a_learner_to_where_they_were(client: Client) -> None:
    learning(client, kinds=("text", "file"))
    client.get(f"{LEARN}file/")
    text = text_of(client.get(LEARN))
    assert "Continue with: Unit file" in text
    assert "Start now" not in text


def test_who_completed_the_course_may_take_it_again(client: Client) -> None:
    found = learning(client, kinds=("text",))
    a_done_unit(found.enrolment, "text")
    Enrolment.objects.update(state="completed", completed_at=NOW)
    EarnedAchievement.objects.create(enrolment=found.enrolment, earned_at=NOW, result={}, to_be_issued=True)
    text = text_of(client.get(LEARN))
    assert "You completed this course on" in text
    assert "Take it again" in text
    assert client.post(LEARN, {"do": "again"}).headers["Location"] == f"{LEARN}text/"
    assert Enrolment.objects.count() == 2
    assert Enrolment.objects.filter(round=2, state="active").exists()


def test_a_course_without_content_has_no_such_page(client: Client) -> None:
    a_course(SLUG)
    assert client.get(LEARN).headers["Location"] == f"{HOME}/"
    assert client.get("/en/courses/no-such-course/learn/").status_code == 404


def test_the_course_page_has_the_way_in_only_where_there_is_something_to_learn(client: Client) -> None:
    a_course("outside")
    a_course_with_content("draft-only", published=False)
    version = a_course_with_content(SLUG)
    assert "/learn/" not in text_of(client.get("/en/courses/outside/"))
    assert "/learn/" not in text_of(client.get("/en/courses/draft-only/"))
    assert "Start here (EUR 20)" in text_of(client.get(f"{HOME}/"))
    person = a_learner()
    an_enrolment(version, person)
    client.force_login(person)
    assert "Continue this course" in text_of(client.get(f"{HOME}/"))


def test_leaving_and_coming_back_keeps_what_was_done(client: Client) -> None:
    found = learning(client, kinds=("text", "file"))
    a_done_unit(found.enrolment, "text")
    text = text_of(client.post(LEARN, {"do": "leave"}, follow=True))
    assert "You have left the course." in text
    assert "Come back and go on" in text
    assert client.get(f"{LEARN}text/").status_code == 404
    assert client.post(LEARN, {"do": "enrol"}).headers["Location"] == f"{LEARN}file/"


def test_the_language_of_the_course_is_changed_without_leaving_the_page(client: Client) -> None:
    found = learning(client, kinds=("text",))
    answer = client.post(LEARN, {"do": "language", "language": "de", "next": f"{LEARN}text/"})
    assert answer.headers["Location"] == f"{LEARN}text/"
    found.enrolment.refresh_from_db()
    assert found.enrolment.language == "de"
    outside = client.post(LEARN, {"do": "language", "language": "en", "next": "https://example.org/"})
    assert outside.headers["Location"] == LEARN


def test_a_form_without_a_known_button_is_refused(client: Client) -> None:
    learning(client, kinds=("text",))
    assert client.post(LEARN, {"do": "rubbish"}).status_code == 422


def test_a_cohort_can_be_joined_and_a_full_one_has_a_waiting_list(client: Client) -> None:
    version = a_course_with_content(SLUG)
    cohort = a_cohort(version.course, seats=1, starts_on=timezone.localdate() + timedelta(days=9))
    an_enrolment(version, run=cohort.run)
    client.force_login(a_learner("lea"))
    text = text_of(client.get(LEARN))
    assert "Join the waiting list" in text
    page = client.post(LEARN, {"do": "enrol", "run": cohort.run.uid}, follow=True)
    assert "You are number 1 on the waiting list." in text_of(page)
    assert client.get(f"{LEARN}text/").status_code == 404


def test_an_unknown_cohort_cannot_be_joined(client: Client) -> None:
    a_course_with_content(SLUG)
    client.force_login(a_learner())
    assert client.post(LEARN, {"do": "enrol", "run": "no-such-run"}).status_code == 404


def test_a_code_lets_somebody_into_a_cohort(client: Client) -> None:
    version = a_course_with_content(SLUG)
    a_cohort(version.course, joining="code", code="7K2M-9QXR")
    address = f"{HOME}/join/7k2m9qxr/"
    assert "Sign in and join" in text_of(client.get(address))
    assert client.post(address).headers["Location"].startswith("/en/account/login/")
    client.force_login(a_learner())
    assert client.post(address).headers["Location"] == LEARN
    assert Enrolment.objects.get().joined_by == "code"


def test_codes_cannot_be_tried_by_the_thousand(client: Client) -> None:
    a_course_with_content(SLUG)
    statuses = [client.get(f"{HOME}/join/AAAA-AA{number:02}/").status_code for number in range(11)]
    assert statuses == [404] * 10 + [422]


def test_the_first_page_asks_ten_questions_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = a_course_with_content(SLUG, kinds=("text", "quiz", "live-session"))
    for _ in range(3):
        a_cohort(version.course, seats=5)
    with django_assert_max_num_queries(10):
        client.get(LEARN)
    person = a_learner()
    client.force_login(person)
    with django_assert_max_num_queries(10):
        client.get(LEARN)
    an_enrolment(version, person)
    with django_assert_max_num_queries(10):
        client.get(LEARN)
    with django_assert_max_num_queries(10):
        client.get(f"{HOME}/result/")


def test_whoever_is_in_a_course_that_is_taken_back_or_merged_goes_on_and_may_leave(client: Client) -> None:
    found = learning(client, kinds=("text",))
    course, stays = found.version.course, a_course("stays")
    course.published_at, course.merged_into = None, stays
    course.save()
    assert f'href="{LEARN}text/"' in text_of(client.get(LEARN))
    client.post(LEARN, {"do": "language", "language": "de"})
    client.post(LEARN, {"do": "leave"})
    found.enrolment.refresh_from_db()
    assert (found.enrolment.language, found.enrolment.state) == ("de", "left")
    assert client.get(LEARN).headers["Location"] == "/en/courses/stays/learn/"

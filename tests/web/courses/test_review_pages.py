"""Reviews on pages: what visitors, authors and the provider see, in whatever language it was written."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from tests.pathways.review_records import a_review, finish
from tests.records import a_course

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.pathways.models import Review

pytestmark = pytest.mark.django_db
PAGE = "/en/courses/welding/"
MINE = f"{PAGE}reviews/mine/"


@pytest.fixture
def course(organisation: Organisation) -> Course:
    """A course of `organisation`."""
    return a_course("welding", provider=organisation)


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_reviews_are_shown_without_names_and_with_their_language(client: Client, course: Course) -> None:
    a_review(course, "anna", words="Sehr gut.\n<b>Ja</b>", language="de", answer="Danke", answer_language="de",
             answered_at="2027-03-02T10:00Z")  # fmt: skip
    page = client.get(f"{PAGE}reviews/").content.decode()
    assert '<p lang="de">Sehr gut.<br>&lt;b&gt;Ja&lt;/b&gt;</p>' in page
    assert '<p lang="de">Danke</p>' in page
    assert "in German" in page
    assert "Anna" not in page
    assert "Sehr gut." in _text(client, PAGE)


def test_numbers_are_told_from_three_reviews_on(client: Client, course: Course) -> None:
    assert "Nobody who finished this course has said it yet." in _text(client, PAGE)
    for name in "ab":
        a_review(course, name)
    assert "Too few have answered yet to count them." in _text(client, PAGE)
    for name in "cd":
        a_review(course, name, helped=2)
    text = _text(client, PAGE)
    assert "2 of 4 say it helped." in text
    assert "It helped 2 partly." in text
    assert f'href="{PAGE}reviews/"' in text
    assert "Words of a." not in text  # three on the page of the course, all of them behind the link
    assert "Words of a." in _text(client, f"{PAGE}reviews/")


def test_a_visitor_reads_what_is_needed_to_write(client: Client, course: Course) -> None:
    text = _text(client, MINE)
    assert f"/en/account/login/?next={MINE}" in text
    assert "Did it help you at work?" in text
    assert "<textarea" not in text
    assert client.post(MINE, {"helped": 3}).headers["Location"].startswith("/en/account/login/")


def test_from_the_plan_to_the_shown_review(client: Client, course: Course, person: User, staff: User) -> None:
    step = finish(person, course)
    client.force_login(person)
    assert f'href="{MINE}"' in _text(client, f"/en/me/plan/{step.plan.uid}/")
    sent = {"helped": "3", "words": "Good.", "language": "en"}
    assert "Somebody reads it before" in client.post(MINE, sent, follow=True).content.decode()
    assert "Good." not in _text(client, PAGE)
    review = Review.objects.get()
    Review.objects.update(state="refused", reason="It names a trainer.")
    assert "It names a trainer." in _text(client, MINE)
    client.post(MINE, sent | {"words": "Good trainer."})
    assert "waits until somebody has read it" in _text(client, MINE)
    client.post(f"{MINE}delete/")
    assert not Review.objects.filter(pk=review.pk).exists()


def test_a_wrong_form_comes_back_with_what_was_entered(client: Client, course: Course, person: User) -> None:
    finish(person, course)
    client.force_login(person)
    page = client.post(MINE, {"words": "Half a thought", "language": "en"})
    assert page.status_code == 422
    assert "Half a thought" in page.content.decode()


def test_who_has_not_finished_the_course_or_belongs_to_the_provider_reads_why(
    client: Client, course: Course, person: User, member: User
) -> None:
    for reader, why in ((person, "once you have marked this course as finished"), (member, "belong to the provider")):
        client.force_login(reader)
        assert why in _text(client, MINE)
        assert client.post(MINE, {"helped": "3", "words": "", "language": "en"}).status_code == 403


def test_the_providers_editor_answers_from_the_list_of_reviews(client: Client, course: Course, editor: User) -> None:
    review = a_review(course)
    answer = f"{PAGE}reviews/{review.uid}/answer/"
    assert answer not in _text(client, f"{PAGE}reviews/")
    client.force_login(editor)
    assert answer in _text(client, f"{PAGE}reviews/")
    assert answer in _text(client, "/en/desk/organisations/north-works/")
    assert client.post(answer, {"words": "", "language": "en"}).status_code == 422
    client.post(answer, {"words": "Thank you", "language": "en"})
    assert "Thank you" in _text(client, PAGE)
    assert "Thank you" in _text(client, answer)
    client.post(answer, {"do": "delete"})
    assert "Thank you" not in _text(client, PAGE)


def test_the_address_of_a_merged_course_leads_to_the_reviews_of_the_one_that_stays(
    client: Client, course: Course
) -> None:
    a_course("old-welding", published_at=None, merged_into=course)
    for end in ("reviews/", "reviews/mine/"):
        assert client.get(f"/en/courses/old-welding/{end}").headers["Location"] == PAGE + end

"""Moderating what is said beside units."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.learning.records import a_course_with_content, a_learner, an_enrolment, give_part

from synchromesh.learning.models import ContentVersion, Post, PostReport

pytestmark = pytest.mark.django_db
ADDRESS = "/en/teach/courses/hv-safety/discussions/"


@pytest.fixture
def version() -> ContentVersion:
    """A published course."""
    return a_course_with_content(kinds=("text", "quiz"))


def _post(version: ContentVersion, text: str) -> Post:
    author = an_enrolment(version).person
    return Post.objects.create(course=version.course, unit_key="text", author=author, text=text, language="en")


def _reported(version: ContentVersion, text: str = "Buy gloves from me") -> Post:
    post = _post(version, text)
    PostReport.objects.create(post=post, person=an_enrolment(version).person, reason="An advert")
    return post


def test_a_reported_post_is_hidden_with_a_reason_and_shown_again(client: Client, version: ContentVersion) -> None:
    post = _reported(version)
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    page = client.get(ADDRESS).content.decode()
    assert "1 post was reported" in page
    assert "An advert" in page
    assert "Unit text" in page
    refused = client.post(ADDRESS, {"do": "hide", "post": str(post.uid), "reason": " "})
    assert refused.status_code == 422
    assert f'href="#reason-{post.uid}"' in refused.content.decode()
    assert client.post(ADDRESS, {"do": "hide", "post": str(post.uid), "reason": "No adverts here"}).status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "No post was reported" in page
    assert "Hidden: No adverts here" in page
    client.post(ADDRESS, {"do": "show", "post": str(post.uid)})
    post.refresh_from_db()
    assert post.hidden_at is None


def test_a_post_that_is_fine_stays_and_its_report_is_settled(client: Client, version: ContentVersion) -> None:
    post = _reported(version)
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    assert client.post(ADDRESS, {"do": "leave", "post": str(post.uid)}).status_code == 302
    assert PostReport.objects.get().settled_at is not None
    assert "Buy gloves from me" in client.get(ADDRESS).content.decode()
    for wrong in ({"do": "burn", "post": str(post.uid)}, {"do": "hide", "post": "x"}, {"do": "leave"}):
        assert client.post(ADDRESS, wrong).status_code == 404
    assert client.post(ADDRESS, {"do": "hide", "post": str(uuid4()), "reason": "x"}).status_code == 404


def test_nobody_but_tutors_and_authors_moderates(client: Client, version: ContentVersion) -> None:
    post = _reported(version)
    reviewer = give_part(a_learner("Rita Reviewer"), version.course, "reviewer")
    for person in (post.author, reviewer):
        assert person is not None
        client.force_login(person)
        assert client.get(ADDRESS).status_code in {403, 404}
        hiding = client.post(ADDRESS, {"do": "hide", "post": str(post.uid), "reason": "x"})
        assert hiding.status_code in {403, 404}
    post.refresh_from_db()
    assert post.hidden_at is None


def test_a_tutor_of_another_course_hides_nothing_here(client: Client, version: ContentVersion) -> None:
    post = _reported(version)
    other = a_course_with_content("other", kinds=("text",))
    client.force_login(give_part(a_learner("Olaf Other"), other.course, "tutor"))
    hiding = client.post(ADDRESS.replace("hv-safety", "other"), {"do": "hide", "post": str(post.uid), "reason": "x"})
    assert hiding.status_code == 404


def test_many_posts_take_as_many_queries_as_few(
    client: Client, version: ContentVersion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(10):
        _reported(version, f"Post {number}")
        _post(version, f"Fine {number}")
    client.force_login(give_part(a_learner("Tara Tutor"), version.course, "tutor"))
    with django_assert_max_num_queries(15):
        client.get(ADDRESS)

"""What can be earned: the list, and what an achievement says."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.credentials.records import a_content, an_achievement, an_issuer
from tests.records import a_course, a_skill

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.operations.achievements import (
    edit_achievement,
    end_achievement,
    make_achievement,
    publish_achievement,
)
from synchromesh.learning.models import CourseAchievement

pytestmark = pytest.mark.django_db
LIST = "/en/achievements/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "⚠" not in text
    return text


def test_what_is_awarded_now_is_listed_with_its_newest_words(client: Client) -> None:
    issuer = an_issuer()
    achievement = an_achievement(issuer)
    edit_achievement(by=OPERATOR, achievement=achievement, content=a_content(titles={"en": "Isolate any vehicle"}))
    assert "Isolate any vehicle" not in text_of(client, LIST)
    publish_achievement(by=OPERATOR, achievement=achievement)
    assert text_of(client, LIST).count("Isolate any vehicle") == 1
    make_achievement(by=OPERATOR, issuer=issuer, content=a_content(titles={"en": "A draft"}))
    assert "A draft" not in text_of(client, LIST)
    end_achievement(by=OPERATOR, achievement=achievement)
    assert "Nothing is awarded here yet." in text_of(client, LIST)


def test_a_page_says_every_element_of_a_micro_credential(client: Client) -> None:
    skill = a_skill("isolate-hv")
    achievement = an_achievement(
        skills=[(skill, 3)], eqf=4, eqf_source="the training regulation", months_valid=24, minutes=1500
    )
    text = text_of(client, f"{LIST}{achievement.slug}/")
    for words in (
        "Skills Body", "Czechia", "Practitioner", "25 hours", "the training regulation", "24 months",
        "Type of assessment", "Form of participation", "Quality assurance", "Identity check", "What the holder can do",
        "/en/skills/isolate-hv/", "Expert",
    ):  # fmt: skip
        assert words in text, words
    assert f"/id/achievement/{achievement.uid}/badge.svg" in text


def test_a_page_names_parts_wholes_and_courses(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    issuer = an_issuer()
    part = an_achievement(issuer, titles={"en": "First aid"})
    whole = an_achievement(issuer, titles={"en": "Whole technician"}, parts=[part])
    course = a_course("aid-course", titles={"en": "First aid course"}, published_at=timezone.now())
    CourseAchievement.objects.create(course=course, achievement=part, linked_by="operator")
    assert "First aid" in text_of(client, f"{LIST}{whole.slug}/")
    with django_assert_max_num_queries(10):
        text = text_of(client, f"{LIST}{part.slug}/")
    assert "Whole technician" in text
    assert "First aid course" in text


def test_what_is_not_awarded_any_more_says_since_when(client: Client) -> None:
    achievement = an_achievement()
    end_achievement(by=OPERATOR, achievement=achievement)
    assert "Not awarded any more since" in text_of(client, f"{LIST}{achievement.slug}/")


def test_a_draft_is_no_page(client: Client) -> None:
    draft = make_achievement(by=OPERATOR, issuer=an_issuer(), content=a_content())
    assert client.get(f"{LIST}{draft.slug}/").status_code == 404
    assert client.get(f"{LIST}no-such-thing/").status_code == 404

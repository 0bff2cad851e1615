"""The merge desk: what is alike, which value of each field wins, and the way back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, DuplicatePair, PairState

pytestmark = pytest.mark.django_db
LIST = "/en/desk/duplicates/"


@pytest.fixture
def reader(client: Client, staff: User) -> Client:
    """A browser of alliance staff."""
    client.force_login(staff)
    return client


@pytest.fixture
def pair() -> DuplicatePair:
    """Two courses with one title, of which only the second says where it is."""
    first = a_course("cells", titles={"en": "Making cells"}, minutes=60)
    second = a_course("cells-2", titles={"en": "Making cells"}, minutes=90, url="https://example.org/c")
    reasons = [{"field": "title", "likeness": 1.0}, {"field": "text", "likeness": 0.4}]
    return DuplicatePair.objects.create(
        first=first, second=second, score=Decimal("0.97"), reasons=reasons, found_at=timezone.now()
    )


def address(pair: DuplicatePair) -> str:
    return f"{LIST}{pair.uid}/"


def test_the_list_says_why_two_courses_look_alike(reader: Client, pair: DuplicatePair) -> None:
    page = reader.get(LIST).content.decode()
    assert "Making cells" in page
    assert "title 100 %" in page
    assert address(pair) in page


def test_a_field_that_only_one_course_states_is_proposed(reader: Client, pair: DuplicatePair) -> None:
    page = reader.get(address(pair)).content.decode()
    assert '<input type="radio" name="take-url" value="second" checked>' in page
    assert '<input type="radio" name="take-minutes" value="first" checked>' in page
    assert "take-titles" not in page


def test_a_merge_with_the_chosen_fields_and_the_way_back(reader: Client, pair: DuplicatePair) -> None:
    sent = {"do": "merge", "winner": "first", "take-url": "second", "take-minutes": "second"}
    page = reader.post(address(pair), sent, follow=True)
    assert "The two courses are one now" in page.content.decode()
    assert Course.objects.get(slug="cells").minutes == 90
    assert reader.get("/en/courses/cells-2/").headers["Location"] == "/en/courses/cells/"
    page = reader.post(address(pair), {"do": "undo"}, follow=True)
    assert "The merge is undone" in page.content.decode()
    assert Course.objects.get(slug="cells").minutes == 60
    assert reader.get("/en/courses/cells-2/").status_code == 200


def test_courses_told_apart_leave_the_list_and_can_come_back(reader: Client, pair: DuplicatePair) -> None:
    reader.post(address(pair), {"do": "different"})
    assert address(pair) not in reader.get(LIST).content.decode()
    assert address(pair) in reader.get(f"{LIST}?state=different").content.decode()
    reader.post(address(pair), {"do": "reopen"})
    assert DuplicatePair.objects.get().state == PairState.OPEN


@pytest.mark.parametrize("sent", [{"do": "merge"}, {"do": "nothing"}, {"do": "undo"}])
def test_what_cannot_be_done_is_said_and_nothing_happens(
    sent: dict[str, str], reader: Client, pair: DuplicatePair
) -> None:
    page = reader.post(address(pair), sent)
    assert page.status_code == 422
    assert "This was not done." in page.content.decode()
    assert not Course.objects.exclude(merged_into=None).exists()


def test_only_staff_sees_the_desk(client: Client, editor: User, pair: DuplicatePair) -> None:
    client.force_login(editor)
    assert client.get(LIST).status_code == 403
    assert client.get(address(pair)).status_code == 403
    assert client.post(LIST).status_code == 403


def test_the_button_asks_for_a_new_search(reader: Client, asked_jobs: list[str]) -> None:
    reader.post(LIST)
    assert asked_jobs == ["catalogue.tasks.find_duplicates"]


def test_the_pages_ask_few_questions(
    reader: Client, pair: DuplicatePair, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        reader.get(LIST)
    with django_assert_max_num_queries(14):
        reader.get(address(pair))

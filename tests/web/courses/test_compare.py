"""The comparison of courses: the address holds it, and every link adds or removes one."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course, a_role

pytestmark = pytest.mark.django_db
COMPARE = "/en/courses/compare/"


@pytest.fixture(autouse=True)
def _courses() -> None:
    a_role("welder", {"weld": 2})
    a_course("welding", {"weld": (0, 2)}, price_cents=0)
    a_course("gluing", {"weld": (0, 1), "glue": (0, 2)}, languages=[], mode="", minutes=None)
    a_course("driving", {"drive": (None, 1)})


def _text(client: Client, query: str = "") -> str:
    page = client.get(COMPARE + query)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def test_two_courses_stand_in_a_table_in_which_unknown_says_so(client: Client) -> None:
    text = _text(client, "?course=welding&course=gluing")
    assert "2 courses side by side" in text
    assert "lowest price" in text
    assert "time not stated" in text
    assert text.count('data-label="Gluing"') == text.count('data-label="Welding"') > 12
    assert "all of them" in text
    assert "only one of them" in text


def test_links_take_a_course_out_and_put_another_in(client: Client) -> None:
    text = _text(client, "?course=gluing&course=driving")
    assert 'href="?course=driving"' in text
    assert 'href="?course=gluing"' in text
    assert 'href="?course=gluing&course=driving&course=welding"' in text


def test_words_find_courses_to_add_but_not_those_that_are_there(client: Client) -> None:
    text = _text(client, "?course=welding&q=driving")
    assert 'href="?course=welding&course=driving"' in text
    assert "No other course has these words." in _text(client, "?course=driving&q=driving")


@pytest.mark.parametrize(
    "query", ["", "?course=", "?course=%00", "?q=xqz", "?course=no-such&course=welding", "?page=x"]
)
def test_a_comparison_of_less_than_two_says_what_to_do(client: Client, query: str) -> None:
    text = _text(client, query)
    assert "Compare courses" in text
    assert 'name="q"' in text
    assert ("1 course is not in the catalogue any more." in text) == ("no-such" in query)


def test_the_last_course_can_be_taken_out_too(client: Client) -> None:
    found = re.findall(r'class="chip" href="([^"]*)"', _text(client, "?course=welding"))
    assert found == ["?"]


def test_a_comparison_asks_at_most_ten_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    query = "?course=welding&course=gluing&course=driving"
    _text(client, query)
    with django_assert_max_num_queries(10):
        client.get(COMPARE + query)


def test_a_course_page_leads_to_the_comparison_and_says_why_others_are_similar(client: Client) -> None:
    text = unescape(client.get("/en/courses/gluing/").content.decode())
    assert 'href="/en/courses/compare/?course=gluing"' in text
    assert 'href="/en/courses/compare/?course=gluing&course=welding"' in text
    assert "Weld (further: to Practitioner)" in text
    assert "Both lead to:" in text
    assert "free" in text

"""Which addresses are due for a look, and what is known of an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.records import a_course

from synchromesh.catalogue.models import Course, LinkCheck
from synchromesh.catalogue.queries.links import find_link_check, has_broken_link, list_due_links

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def looked_at(slug: str, *, host: str = "example.org", due: datetime | None = NOON, state: str = "good") -> Course:
    course = a_course(slug, url=f"https://{host}/{slug}")
    LinkCheck.objects.create(course=course, url=course.url, state=state, next_check_at=due)
    return course


def test_addresses_never_looked_at_come_first_and_then_those_that_are_longest_due(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    looked_at("due", due=NOON - DAY)
    looked_at("long-due", due=NOON - 3 * DAY)
    looked_at("later", due=NOON + DAY)
    a_course("new", url="https://example.org/new")
    with django_assert_num_queries(1):
        due = list_due_links(now=NOON)
    assert [link.url.rsplit("/", 1)[1] for link in due] == ["new", "long-due", "due"]


def test_of_one_server_only_some_addresses_are_due_at_a_time_and_servers_take_turns() -> None:
    for number in range(4):
        a_course(f"north-{number}", url=f"https://north.example/{number}")
    for number in range(2):
        a_course(f"south-{number}", url=f"https://south.example/{number}")
    due = list_due_links(now=NOON, limit_of_host=3)
    assert [link.host.split(".")[0] for link in due] == ["north", "south", "north", "south", "north"]
    assert len(list_due_links(now=NOON, limit=2)) == 2


def test_what_is_known_of_an_address_holds_for_that_address_alone() -> None:
    course = looked_at("welding", state="broken")
    assert has_broken_link(course)
    course.url = "https://example.org/other"
    assert find_link_check(course) is None
    assert not has_broken_link(course)
    assert find_link_check(a_course("driving", url="https://example.org/d")) is None

"""No public page asks the database more than ten questions, whatever the number of courses."""

from __future__ import annotations

import pytest
from benchmarks.pages.content import move_example_dates
from benchmarks.pages.limits import QUERIES
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.browser.addresses import PUBLIC, State
from tests.browser.site_content import ROLE, public_addresses
from tests.esco_records import an_esco

from synchromesh.framework.queries.concepts import get_role
from synchromesh.pathways.queries.gaps import find_gap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_content")]
UNKNOWN_VARIABLE = "⚠"


@pytest.fixture
def addresses() -> dict[str, str]:
    """Slugs of the shipped content, none of whose courses is over."""
    move_example_dates()
    an_esco()
    return public_addresses()


@pytest.fixture
def reader(client: Client) -> Client:
    """A visitor who has answered a self-check, after the search index was built."""
    client.get("/en/search/?q=battery")
    rows = find_gap(get_role(ROLE), answers={}).rows
    client.post(f"/en/roles/{ROLE}/check/", {f"skill-{row.skill.uid}": place % 3 for place, row in enumerate(rows)})
    return client


@pytest.mark.parametrize("state", [state for state in PUBLIC if state.then is None], ids=lambda state: state.name)
def test_a_public_page_asks_at_most_ten_questions(
    state: State,
    reader: Client,
    addresses: dict[str, str],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    path = state.path.format(**addresses)
    reader.get(path)
    with django_assert_max_num_queries(QUERIES):
        page = reader.get(path)
    assert page.status_code == 200
    assert UNKNOWN_VARIABLE not in page.content.decode()


@pytest.mark.parametrize("path", ["/en/courses/", "/en/courses/?price=free&language=en", "/en/courses/?q=battery"])
def test_the_changing_part_of_the_course_list_asks_no_more(
    path: str, reader: Client, addresses: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(QUERIES):
        part = reader.get(path, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()

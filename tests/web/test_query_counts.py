"""No public page asks the database more than ten questions, whatever the number of courses."""

from __future__ import annotations

import pytest
from benchmarks.pages.content import move_example_dates
from benchmarks.pages.limits import QUERIES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from tests.browser.addresses import PUBLIC
from tests.browser.site_content import ROLE, neglected_course, public_addresses, reviewed_course
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
    return public_addresses() | {"neglected": neglected_course()} | reviewed_course()


@pytest.fixture
def reader(client: Client) -> Client:
    """A visitor with a browser who has answered a self-check, after the search index was built."""
    client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
    client.get("/en/search/?q=battery")
    rows = find_gap(get_role(ROLE), answers={}).rows
    client.post(f"/en/roles/{ROLE}/check/", {f"skill-{row.skill.uid}": place % 3 for place, row in enumerate(rows)})
    return client


def test_no_public_page_asks_more_than_ten_questions(reader: Client, addresses: dict[str, str]) -> None:
    # One test for all pages: putting the shipped content in takes longer than asking for every page.
    for state in (state for state in PUBLIC if state.then is None):
        path = state.path.format(**addresses)
        reader.get(path)
        with CaptureQueriesContext(connection) as asked:
            page = reader.get(path)
        assert page.status_code == 200, state.name
        assert len(asked) <= QUERIES, (state.name, [query["sql"] for query in asked])
        assert UNKNOWN_VARIABLE not in page.content.decode(), state.name


def test_the_changing_part_of_the_course_list_asks_no_more(
    reader: Client, addresses: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reader.get("/en/courses/?q=welding")  # what words mean is prepared once by each process
    for path in ("/en/courses/", "/en/courses/?price=free&language=en", "/en/courses/?q=battery"):
        with django_assert_max_num_queries(QUERIES, info=path):
            part = reader.get(path, headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()

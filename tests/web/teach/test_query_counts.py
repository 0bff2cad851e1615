"""No page of teaching asks the database more than ten questions."""

from __future__ import annotations

import pytest
from benchmarks.pages.limits import QUERIES
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.browser.authoring_addresses import authoring_content, authoring_states
from tests.browser.states import State
from tests.browser.tutoring_addresses import tutoring_content, tutoring_states

from synchromesh.accounts.models import User

pytestmark = pytest.mark.django_db


def _opened(states: tuple[State, ...]) -> list[State]:
    """The states that a page has without anything being sent."""
    return [state for state in states if state.status == 200 and state.person != "newcomer"]


def _asked(client: Client, state: State, content: dict[str, str]) -> list[str]:
    """What a page asks when it is opened a second time, so that what a process prepares once is done."""
    client.force_login(User.objects.get(email=f"{state.person}@example.org"))
    path = state.path.format(**content)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path)
    assert page.status_code == 200, state
    return [query["sql"] for query in asked]


def test_no_page_of_an_author_asks_more_than_ten_questions(client: Client) -> None:
    content = authoring_content()
    for state in _opened(authoring_states()):
        asked = _asked(client, state, content)
        assert len(asked) <= QUERIES, (state, asked)


def test_no_page_of_a_tutor_asks_more_than_ten_questions(client: Client) -> None:
    content = tutoring_content()
    for state in _opened(tutoring_states()):
        asked = _asked(client, state, content)
        assert len(asked) <= QUERIES, (state, asked)

"""Lists in portions."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.api.contract import problem, read
from tests.records import a_course, a_role, a_run, a_skill_in_force

from synchromesh.api.cursors import Window, read_cursor, write_cursor
from synchromesh.engine.errors import InvalidInput

_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


@given(st.lists(_text, min_size=1, max_size=3))
def test_a_cursor_gives_back_what_it_was_made_of(values: list[str]) -> None:
    cursor = write_cursor("roles", *values)
    assert read_cursor(cursor, "roles", [str] * len(values)) == values
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(_text)
def test_any_other_text_is_refused_as_a_cursor(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_cursor(text, "roles", [str, int])


def _made_of(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%",
        _made_of({}),
        _made_of([]),
        _made_of(["skills", "a"]),
        _made_of(["roles"]),
        _made_of(["roles", 1]),
        _made_of(["roles", "a\0"]),
        _made_of(["roles", "a", "b"]),
        base64.urlsafe_b64encode(b"[" * 400).decode(),
    ],
)
def test_a_cursor_that_this_list_did_not_give_is_refused_at_its_place(client: Client, cursor: str) -> None:
    told = problem(client.get("/api/v1/roles", {"cursor": cursor}), 422)
    assert [fault["parameter"] for fault in told["errors"]] == ["cursor"]


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", [["courses", "0", "a"], ["courses", "-1", "a"], ["courses", "9" * 9, "a"]])
def test_a_place_that_no_search_goes_to_is_refused(client: Client, cursor: list[str]) -> None:
    problem(client.get("/api/v1/courses", {"cursor": _made_of(cursor)}), 422)


@pytest.mark.django_db
@pytest.mark.parametrize("position", ["9" * 30, "-1", "x", ""])
def test_a_number_that_no_database_holds_is_refused_in_a_cursor(client: Client, position: str) -> None:
    problem(client.get("/api/v1/fields", {"cursor": _made_of(["fields", position, "battery"])}), 422)


def _portions(client: Client, address: str) -> Iterator[list[dict[str, Any]]]:
    template = address.partition("?")[0]
    following: str | None = address
    while following:
        answer = read(client, following, template)
        yield answer["items"]
        assert answer["next"] != following
        following = answer["next"] and answer["next"].removeprefix(settings.SITE_ADDRESS)


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_portions_together_are_the_whole_list_in_order(client: Client, limit: int) -> None:
    for number in range(7):
        a_role(f"role-{number}", {"weld": 1})
    portions = list(_portions(client, f"/api/v1/roles?limit={limit}"))
    assert [len(portion) for portion in portions[:-1]] == [limit] * (len(portions) - 1)
    assert [row["slug"] for portion in portions for row in portion] == [f"role-{number}" for number in range(7)]


@pytest.mark.django_db
def test_portions_by_two_columns_lose_nothing_where_the_first_is_equal_or_missing(client: Client) -> None:
    course = a_course("weld-it")
    runs = [a_run(course, day) for day in (None, date(2027, 1, 1), date(2026, 1, 1), date(2027, 1, 1), None)]
    found = [row for portion in _portions(client, "/api/v1/runs?limit=2") for row in portion]
    assert [row["starts_on"] for row in found] == ["2026-01-01", "2027-01-01", "2027-01-01", None, None]
    assert {row["uid"] for row in found} == {str(run.uid) for run in runs}


@pytest.mark.django_db
def test_what_comes_and_goes_between_two_portions_neither_doubles_nor_hides_a_row(client: Client) -> None:
    for number in range(6):
        a_skill_in_force(f"skill-{number}")
    portions = _portions(client, "/api/v1/skills?limit=3")
    first = next(portions)
    a_skill_in_force("a-new-one")
    assert [row["slug"] for row in first + next(portions)] == [f"skill-{number}" for number in range(6)]


@pytest.mark.django_db
def test_the_address_of_the_next_portion_keeps_the_filters_and_stands_in_the_head_too(client: Client) -> None:
    for number in range(3):
        a_role(f"role-{number}", {"weld": 1})
    response = client.get("/api/v1/roles?skill=weld&limit=2")
    following = response.json()["next"]
    assert response["Link"] == f'<{following}>; rel="next"'
    assert following.startswith(f"{settings.SITE_ADDRESS}/api/v1/roles?skill=weld&limit=2&cursor=")
    last = client.get(following.removeprefix(settings.SITE_ADDRESS))
    assert last.json()["next"] is None
    assert "Link" not in last.headers


@pytest.mark.django_db
def test_hits_in_portions_are_all_hits_once(client: Client) -> None:
    for number in range(5):
        a_course(f"weld-{number}")
    found = [row["slug"] for portion in _portions(client, "/api/v1/courses?limit=2") for row in portion]
    assert found == [f"weld-{number}" for number in range(5)]
    hits = [row["slug"] for portion in _portions(client, "/api/v1/search?q=weld&limit=2") for row in portion]
    assert sorted(hits) == found


@given(st.integers(1, 30), st.integers(0, 40), st.integers(-8, 8))
def test_a_window_goes_on_behind_the_last_row_that_was_seen(limit: int, place: int, moved: int) -> None:
    """Rows that came (`moved` above 0) or went before the place do not matter, as long as they are few."""
    rows = [f"row-{number}" for number in range(60)]
    last = rows[place - 1] if place else ""
    now = [f"new-{number}" for number in range(moved)] + rows if moved > 0 else rows[min(-moved, max(place - 1, 0)) :]
    window = Window(scope="s", limit=limit, place=place, last=last)
    read_rows = now[window.offset : window.offset + window.size]
    shown, cursor = window.cut(read_rows, str, total=len(now))
    expected = rows if place == 0 and moved <= 0 else now if place == 0 else rows[place:]
    assert shown == expected[:limit]
    assert (cursor is None) == (len(expected) <= limit)

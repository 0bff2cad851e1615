"""Courses, runs, who offers them, and what is wanted: `/api/v1/courses`, `/runs`, `/organisations`, `/wanted`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from tests.api.contract import operation, problem, read
from tests.api.records import a_little_of_everything
from tests.records import a_course, a_run

from synchromesh.api.v1.course_parameters import CourseParameters
from synchromesh.catalogue.models import Brief, Course, CourseSkill, Run
from synchromesh.catalogue.queries.course_filter import GROUPS, ORDERS, PRICE_MOST, index_bands, read_filter
from synchromesh.framework.models import Skill

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def everything(db: None) -> None:
    """One course with all that belongs to it, a free one, and one that is over."""
    a_little_of_everything()
    a_course("free-talk", price_cents=0, languages=[], mode="", minutes=None)
    a_run(a_course("last-year"), timezone.localdate() - timedelta(days=300))


def _slugs(client: Client, query: str = "") -> list[str]:
    return [row["slug"] for row in read(client, f"/api/v1/courses{query}")["items"]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["free-talk", "weld-it"]),
        ("?over=true", ["free-talk", "last-year", "weld-it"]),
        ("?over=false", ["free-talk", "weld-it"]),
        ("?price=free", ["free-talk"]),
        ("?price=free&price=paid", ["free-talk", "weld-it"]),
        ("?price_most=0", ["free-talk"]),
        ("?skill=weld-busbars&level=2", ["weld-it"]),
        ("?role=welder&field=battery&country=DE", ["weld-it"]),
        ("?provider=south-school&start=30-days", ["weld-it"]),
        ("?language=unknown", ["free-talk"]),
        ("?q=weld", ["weld-it"]),
        ("?q=nothing-at-all", []),
        ("?order=price", ["free-talk", "weld-it"]),
    ],
)
def test_courses_are_found_with_the_filters_of_the_pages(client: Client, query: str, slugs: list[str]) -> None:
    assert _slugs(client, query) == slugs


def test_the_parameters_are_those_of_the_list_for_people_and_a_few_more() -> None:
    people = {"q", *GROUPS, PRICE_MOST, "over", "order"}
    assert set(CourseParameters.model_fields) == people | {"limit", "cursor", "q_language", "counts"}


def test_the_values_that_can_be_chosen_are_those_of_the_list_for_people() -> None:
    parameters = {row["name"]: row["schema"] for row in operation("/api/v1/courses", "get")["parameters"]}
    bands = index_bands(read_filter({}), today=timezone.localdate())
    for name in {"freshness", "start", "deadline", "length"}:
        band = bands[name]
        assert set(parameters[name]["items"]["enum"]) == {*band.ranges, *filter(None, [band.unknown])}
    order = next(option for option in parameters["order"]["anyOf"] if "enum" in option)
    assert set(order["enum"]) == set(ORDERS)


def test_a_filter_means_the_same_here_and_in_the_address_of_the_list() -> None:
    asked = {"q": "weld", "price": ["free", "paid"], "price_most": 0, "over": "1", "order": "price", "level": ["2"]}
    address = QueryDict(urlencode(asked, doseq=True))
    parameters = CourseParameters.model_validate(asked)
    assert read_filter(parameters.as_address()) == read_filter(dict(address.lists()))
    assert read_filter(CourseParameters().as_address()) == read_filter({})


def test_counts_come_where_they_are_asked_for(client: Client) -> None:
    assert read(client, "/api/v1/courses")["counts"] is None
    found = read(client, "/api/v1/courses?counts=true&price=free")
    assert (found["total"], found["over"], found["exact"]) == (1, 0, True)
    assert found["counts"]["price"] == {"free": 1, "paid": 1}
    assert read(client, "/api/v1/courses")["over"] == 1


def test_what_is_not_known_is_null(client: Client) -> None:
    talk = read(client, "/api/v1/courses/free-talk", "/api/v1/courses/{id}")
    unknown = ("provider", "mode", "minutes", "certificate", "eqf", "ects", "next_start", "url", "confirmed_on")
    assert [talk[name] for name in unknown] == [None] * len(unknown)
    assert talk["price"] == {"cents": 0, "currency": "EUR"}
    assert talk["languages"] == []
    Course.objects.filter(slug="free-talk").update(price_cents=None, currency="")
    assert read(client, "/api/v1/courses/free-talk", "/api/v1/courses/{id}")["price"] is None


def test_a_course_says_what_it_teaches_and_when(client: Client) -> None:
    course = read(client, "/api/v1/courses/weld-it", "/api/v1/courses/{id}")
    skill = course["skills"][0]
    assert (skill["skill"]["slug"], skill["entry_level"], skill["entry_level_assumed"], skill["level"]) == (
        "weld-busbars",
        1,
        True,
        2,
    )
    assert skill["provenance"]["confirmed_at"]
    assert course["provider"]["name"] == "South School"
    assert course["provenance"]["source"] == "North"
    assert [run["can_be_joined"] for run in course["runs"]] == [False, True, True]
    assert course["next_start"] == (timezone.localdate() + timedelta(days=20)).isoformat()
    row = next(row for row in read(client, "/api/v1/courses")["items"] if row["slug"] == "weld-it")
    assert row == {name: value for name, value in course.items() if name in row}


def test_a_suggestion_is_named_with_the_course_alone_and_never_filtered_by(client: Client) -> None:
    CourseSkill.objects.update(confirmed_at=None)
    assert _slugs(client, "?skill=weld-busbars") == []
    course = read(client, "/api/v1/courses/weld-it", "/api/v1/courses/{id}")
    assert [skill["provenance"]["confirmed_at"] for skill in course["skills"]] == [None]
    row = next(row for row in read(client, "/api/v1/courses")["items"] if row["slug"] == "weld-it")
    assert row["skills"] == []


def test_a_course_that_was_merged_leads_to_the_one_it_is_now(client: Client) -> None:
    winner = Course.objects.get(slug="weld-it")
    loser = a_course("weld-too", published_at=None, merged_into=winner)
    for name in ("weld-too", str(loser.uid)):
        response = client.get(f"/api/v1/courses/{name}")
        assert response.status_code == 308
        assert response["Location"] == f"/api/v1/courses/{winner.uid}"
    assert client.get("/api/v1/courses/weld-too", follow=True).json()["slug"] == "weld-it"


def test_what_is_not_published_is_nowhere(client: Client) -> None:
    hidden = a_course("hidden", published_at=None)
    run = a_run(hidden, timezone.localdate() + timedelta(days=3))
    assert "hidden" not in _slugs(client, "?over=true")
    for address in ("courses/hidden", f"courses/{hidden.uid}", f"runs/{run.uid}"):
        problem(client.get(f"/api/v1/{address}"), 404)
    assert str(run.uid) not in {row["uid"] for row in read(client, "/api/v1/runs")["items"]}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 4),
        ("?course=weld-it", 3),
        ("?provider=south-school&country=DE", 1),
        ("?region=DE1", 1),
        ("?language=de&mode=on-site", 1),
        ("?starts_until=2020-12-31", 1),
        ("?starts_from=2020-01-02&starts_until=2020-12-31", 0),
    ],
)
def test_runs_are_filtered(client: Client, query: str, count: int) -> None:
    assert len(read(client, f"/api/v1/runs{query}")["items"]) == count


@pytest.mark.parametrize("region", ["de1", "DE1%", "Stuttgart"])
def test_a_region_is_named_by_its_code(client: Client, region: str) -> None:
    told = problem(client.get("/api/v1/runs", {"region": region}), 422)
    assert told["errors"][0]["parameter"] == "region"


@pytest.mark.parametrize("day", ["0", "2027", "2027-02-30", "2027-03-01T10:00:00", "tomorrow"])
def test_a_day_is_written_in_one_way(client: Client, day: str) -> None:
    told = problem(client.get("/api/v1/runs", {"starts_from": day}), 422)
    assert told["errors"][0]["parameter"] == "starts_from"


def test_a_run_is_found_with_its_course(client: Client) -> None:
    run = Run.objects.get(place="", country__code="DE")
    found = read(client, f"/api/v1/runs/{run.uid}", "/api/v1/runs/{uid}")
    assert found["course"]["slug"] == "weld-it"
    assert found["region"] == {"code": "DE11", "name": "Stuttgart"}


def test_an_organisation_counts_what_it_has_published(client: Client) -> None:
    organisation = read(client, "/api/v1/organisations/south-school", "/api/v1/organisations/{id}")
    assert (organisation["courses"], organisation["kinds"], organisation["country"]) == (1, ["provider"], "DE")
    same = read(client, f"/api/v1/organisations/{organisation['uid']}", "/api/v1/organisations/{id}")
    assert same == organisation
    assert read(client, "/api/v1/organisations?kind=provider&country=DE")["items"] == [organisation]
    assert read(client, "/api/v1/organisations?kind=school")["items"] == []


def test_what_is_wanted_is_told_without_small_numbers(client: Client) -> None:
    skill = Skill.objects.get(slug="isolate-high-voltage")
    Brief.objects.create(wish="a", origin="gap", skill=skill, level=3, times=9)
    Brief.objects.create(wish="b", origin="search", words="a rare wish", times=1)
    found = read(client, "/api/v1/wanted")
    assert [(row["skill"]["slug"], row["level"], row["times"]) for row in found["items"]] == [
        ("isolate-high-voltage", 3, 9)
    ]
    assert read(client, "/api/v1/wanted?level=1")["items"] == []
    assert read(client, "/api/v1/wanted?skill=isolate-high-voltage&limit=1")["next"] is None


@pytest.mark.parametrize(("query", "most"), [("", 6), ("?q=weld&counts=true", 10), ("?over=true&order=price", 6)])
def test_the_list_takes_few_queries_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any, query: str, most: int
) -> None:
    read(client, f"/api/v1/courses{query}")  # the first search of a test builds the index
    with django_assert_max_num_queries(most):
        assert client.get(f"/api/v1/courses{query}").status_code == 200

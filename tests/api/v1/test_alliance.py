"""What the alliance does in the open, for programs: what is for members, drafts and people are in no answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.api.alliance_records import SECRET, an_alliance
from tests.api.contract import problem, read
from tests.community.event_records import an_event
from tests.community.news_records import an_article

from synchromesh.accounts.models import User
from synchromesh.community.models import Event, Group, Lesson, NewsArticle, Practice

# The subject is synchromesh.api.v1, called through its addresses.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("alliance")]
LISTS = ("groups", "regions", "projects", "practices", "lessons", "events", "news", "organisations")


@pytest.fixture
def alliance(db: None) -> None:
    an_alliance()


def _names(client: Client, query: str) -> list[str]:
    return [row.get("slug") or row["code"] for row in read(client, f"/api/v1/{query}")["items"]]


def _one(client: Client, area: str, name: str) -> dict[str, Any]:
    key = "code" if area == "regions" else "id"
    found: dict[str, Any] = read(client, f"/api/v1/{area}/{name}", f"/api/v1/{area}/{{{key}}}")
    return found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("groups", ["open-circle", "part"]),
        ("groups?kind=forum", ["part"]),
        ("regions", ["DE11", "SE23"]),
        ("regions?country=SE", ["SE23"]),
        ("regions?network=circle", ["DE11"]),
        ("projects", ["amber"]),
        ("projects?state=ended", ["amber"]),
        ("projects?state=running", []),
        ("projects?region=DE", []),
        ("practices", ["night-mentors"]),
        ("practices?theme=funding", []),
        ("practices?region=SE2&theme=teachers", ["night-mentors"]),
        ("practices?field=battery", []),
        ("practices?skill=weld", []),
        ("lessons", ["ohm"]),
        ("lessons?language=en&licence=CC-BY-4.0", ["ohm"]),
        ("lessons?level=0", []),
        ("events", ["open-day-2027"]),
        ("events?since=2027-05-13&country=DE&region=DE1&kind=study-visit", ["open-day-2027"]),
        ("events?until=2027-05-11", []),
        ("news", ["open-news"]),
        ("news?language=de", []),
        ("news?region=DE&organisation=amber-seats", ["open-news"]),
        ("organisations?member=true", ["amber-seats"]),
        ("organisations?member=false", ["former-works"]),
    ],
)
def test_lists_are_filtered_and_hold_only_what_is_public(client: Client, query: str, names: list[str]) -> None:
    assert _names(client, query) == names


def test_what_is_for_members_is_in_no_answer_whoever_is_signed_in(client: Client) -> None:
    staff = User.objects.create_user(email="staff@example.org", password="a b c d", is_alliance_staff=True)
    for reader in (None, staff, User.objects.get(email__startswith=SECRET.lower())):
        caller = Client()
        if reader is not None:
            caller.force_login(reader)
        for area in LISTS:
            rows = read(caller, f"/api/v1/{area}?limit=100")["items"]
            assert rows, area
            for row in rows:
                told = f"{row} {_one(caller, area, row.get('slug') or row['code'])}"
                assert SECRET.casefold() not in told.casefold(), area


def test_what_a_visitor_may_not_know_of_is_not_found_by_slug_or_uid(client: Client) -> None:
    hidden: list[tuple[str, Any]] = [
        ("groups", Group.objects.get(slug="inner-circle")),
        ("practices", Practice.objects.exclude(state="published").get()),
        ("lessons", Lesson.objects.exclude(state="published").get()),
        *(("events", event) for event in Event.objects.filter(visibility="members")),
        *(("news", article) for article in NewsArticle.objects.exclude(slug="open-news")),
    ]
    assert len(hidden) == 7
    for area, record in hidden:
        for name in (record.slug, record.uid):
            assert problem(client.get(f"/api/v1/{area}/{name}"), 404)["code"] == "not_found"
    assert problem(client.get("/api/v1/regions/FR10"), 404)["code"] == "not_found"


@pytest.mark.parametrize("area", [area for area in LISTS if area != "regions"])
def test_a_record_is_found_by_slug_and_uid_and_its_uri_leads_to_its_page(client: Client, area: str) -> None:
    row = read(client, f"/api/v1/{area}")["items"][0]
    record = _one(client, area, row["slug"])
    assert record == _one(client, area, row["uid"])
    page = client.get(record["uri"], follow=True)
    assert page.status_code == 200
    assert row["slug"] in page.redirect_chain[-1][0]


def test_a_region_tells_figures_with_their_sources_and_zero_is_not_unknown(client: Client) -> None:
    region = _one(client, "regions", "de11")
    assert [(one["label"], one["value"], one["year"]) for one in region["figures"]] == [("People", 1200.5, 2024)]
    assert region["evidence"][0]["provenance"]["source"] == "A page"
    assert (region["sites"][0]["employees"], region["sites"][0]["employees_year"]) == (0, None)
    assert region["desk"] is None
    assert client.get(region["uri"], follow=True).redirect_chain[-1][0] == "/en/regions/DE11/"


def test_a_project_tells_who_takes_part_and_only_results_that_are_public(client: Client) -> None:
    project = _one(client, "projects", "amber")
    assert [(one["organisation"]["slug"], one["task"]) for one in project["partners"]] == [("amber-seats", "Seats")]
    assert [(one["code"], one["work_package"]) for one in project["deliverables"]] == [("D1.1", 1)]
    assert [(one["fact"], one["value"]) for one in project["stated"]] == [("partners", "over 20")]
    assert [(one["kind"], one["record"]["slug"]) for one in project["results"]] == [("course", "came-of-it")]
    assert (project["begins"], project["ends"], project["partners_named"]) == ("2018-01", "2020", 1)


def test_a_lesson_is_told_as_its_newest_version_is_and_not_as_somebody_writes_on(client: Client) -> None:
    lesson = _one(client, "lessons", "ohm")
    assert (lesson["titles"], lesson["version"]) == ({"en": "Ohm"}, 1)
    assert lesson["text"].startswith("# Begin")


def test_a_group_does_not_name_one_above_it_that_is_for_members(client: Client) -> None:
    assert _one(client, "groups", "open-circle")["parent"] is None
    assert _one(client, "groups", "part")["parent"]["slug"] == "open-circle"


def test_membership_of_today_is_told_without_the_contact(client: Client) -> None:
    told = _one(client, "organisations", "amber-seats")["membership"]
    assert (told["founder"], told["area"], told["since"]) == (True, "suppliers", None)
    assert set(told) == {"since", "founder", "area", "about", "provenance"}
    assert _one(client, "organisations", "former-works")["membership"] is None


def test_where_one_takes_part_online_is_not_told(client: Client) -> None:
    event = an_event(titles={"en": "Webinar"}, mode="online", online_url="https://meet.example.org/secret-room")
    assert "secret-room" not in str(_one(client, "events", event.slug))


@pytest.mark.parametrize("area", ["news", "events", "practices", "regions"])
def test_portions_of_one_row_give_everything_once_and_in_order(client: Client, area: str) -> None:
    for number in range(3):
        an_article(f"same-moment-{number}")
        an_event(titles={"en": f"Same day {number}"})
    everything = [row["uri"] for row in read(client, f"/api/v1/{area}?limit=100")["items"]]
    found, address = [], f"/api/v1/{area}?limit=1"
    while address:
        answer = read(client, address, f"/api/v1/{area}")
        found += [row["uri"] for row in answer["items"]]
        address = (answer["next"] or "").removeprefix("http://localhost:8000")
    assert found == everything
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "values", ['["news","2026-03-02T09:00:00","x"]', '["news","0001-01-01T00:00:00+23:59","x"]', '["news","soon","x"]']
)
def test_a_cursor_with_an_instant_that_is_none_is_refused(client: Client, values: str) -> None:
    import base64

    uid = "00000000-0000-0000-0000-000000000000"
    cursor = base64.urlsafe_b64encode(values.replace('"x"', f'"{uid}"').encode()).decode().rstrip("=")
    assert problem(client.get(f"/api/v1/news?cursor={cursor}"), 422)["errors"][0]["parameter"] == "cursor"


@pytest.mark.parametrize("area", LISTS)
def test_a_list_asks_as_much_for_many_rows_as_for_few(client: Client, area: str) -> None:
    client.get(f"/api/v1/{area}")
    counts = []
    for numbers in (range(2), range(2, 8)):
        for number in numbers:
            an_article(f"article-{number}")
            an_event(titles={"en": f"Meeting {number}"})
            Group.objects.create(slug=f"group-{number}", kind="forum", names={"en": "G"})
        with CaptureQueriesContext(connection) as asked:
            read(client, f"/api/v1/{area}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("area", LISTS)
def test_answers_say_when_nothing_has_changed(client: Client, area: str) -> None:
    first = client.get(f"/api/v1/{area}")
    again = client.get(f"/api/v1/{area}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304

"""The filters of the course list in words: groups, chips, ways out of an empty result, what was found by meaning."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from tests.records import a_course, a_provider, a_role, a_run, a_topic

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries import courses as course_queries
from synchromesh.places.models import Country, Region
from synchromesh.web.courses import filters

pytestmark = pytest.mark.django_db
LIST = "/en/courses/"
_ROW = re.compile(r'<h3><a href="/en/courses/([-\w]+)/"')


def _text(client: Client, address: str, **headers: str) -> str:
    page = client.get(address, headers=headers)
    assert page.status_code == 200
    return " ".join(unescape(page.content.decode()).split())


def _groups(client: Client, query: str = "") -> dict[str, list[str]]:
    """The labels with their counts by the title of each group."""
    page = BeautifulSoup(client.get(LIST + query).content, "html.parser")
    found: dict[str, list[str]] = {}
    for group in page.select("fieldset.filter-group"):
        rows = [" ".join(label.get_text(" ").split()) for label in group.select("label")]
        found.setdefault(group.legend.get_text(), []).extend(rows)  # type: ignore[union-attr]
    return found


def test_every_kind_of_value_has_a_name_and_a_count(client: Client) -> None:
    today = timezone.localdate()
    austria = Country.objects.create(code="AT", names={"en": "Austria"})
    graz = Region.objects.create(code="AT22", level=2, name="Styria", country=austria)
    role = a_role("welder", {"weld": 1}, a_topic("battery"))
    one = a_course("one", {"weld": (0, 1)}, provider=a_provider(), accessibility=["captions"], minutes=600)
    one.topics.set(role.topics.all())
    a_run(one, today + timedelta(days=9), deadline_on=today + timedelta(days=4), country=austria, region=graz)
    a_course("two", {"glue": (0, 2)}, minutes=None)
    chosen = "&".join([
        "?over=1", "country=AT", "region=AT22", "role=welder", "skill=weld", "field=battery", "provider=south-school",
        "accessibility=captions",
    ])  # fmt: skip
    groups = _groups(client, chosen)
    assert {
        title: rows[0] for title, rows in groups.items() if title in {"Region", "Country", "Skill", "Provider"}
    } == {
        "Region": "Styria 1",
        "Country": "Austria 1",
        "Skill": "Weld 1",
        "Provider": "South School 1",
    }
    assert groups["Job role that needs it"] == ["Welder 1"]
    assert groups["Accessibility"] == ["Captions 1"]
    groups = _groups(client)
    assert groups["Length"] == ["Up to 2 days (16 hours) 1", "Up to a week (40 hours) 1", "Not stated 1"]
    assert groups["Next start"][0] == "Within 30 days 1"
    assert groups["Next start"][-1] == "At any time, or no day stated 1"
    assert groups["Last day to register"] == ["Within 14 days 1", "Within a month 1", "None stated 1"]


def test_a_group_of_very_many_values_shows_the_most_frequent_and_leads_to_the_whole_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "MOST", 8)
    for number in range(10):
        a_course(f"c{number}", {f"skill-{number}": (0, 1), "often": (0, 1)})
    rows = _groups(client, "?skill=skill-9")["Skill"]
    assert rows[:2] == ["Skill 9 1", "Often 10"]
    assert len(rows) == 9
    text = _text(client, f"{LIST}?skill=skill-9")
    assert "2 more do not stand here." in text
    assert 'href="/en/skills/">Look for one in the whole list' in text


def test_a_price_ceiling_is_a_chip_and_can_be_what_is_in_the_way(client: Client) -> None:
    a_course("cheap", price_cents=1000)
    a_course("dear", price_cents=90000, languages=["de"])
    text = _text(client, f"{LIST}?price_most=10")
    assert _ROW.findall(text) == ["cheap"]
    assert "Price up to EUR 10" in text
    assert 'value="10"' in text
    text = _text(client, f"{LIST}?price_most=10&language=de")
    assert "Without “Price up to”: 1 course" in text
    assert 'href="?language=de"' in text


def test_where_everything_is_over_the_way_out_shows_it(client: Client) -> None:
    a_run(a_course("past"), date(2020, 1, 1))
    text = _text(client, f"{LIST}?language=en")
    assert "No course fits all of this." in text
    assert 'href="?language=en&over=1"' in text


def test_words_that_exist_only_without_a_filter_are_not_replaced_by_similar_ones(client: Client) -> None:
    a_course("welding", languages=["de"])
    a_course("wielding", languages=["en"])
    text = _text(client, f"{LIST}?q=welding&language=en")
    assert _ROW.findall(text) == []
    assert "Without “Language”: 1 course" in text


def test_courses_found_by_meaning_stand_in_a_block_of_their_own_and_say_why(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_course("mig-basics", {"weld": (0, 1)}, titles={"en": "MIG basics"})
    a_course("schweisser-kurs", titles={"de": "Schweißer werden"})
    monkeypatch.setattr(course_queries, "meanings_of", lambda words, *, language: {("skill", "weld"): 0.8})
    text = _text(client, f"{LIST}?q=schweißer")
    assert _ROW.findall(text) == ["schweisser-kurs", "mig-basics"]
    assert text.index("schweisser-kurs") < text.index("Found by what the words mean") < text.index("mig-basics")
    assert "Teaches: Weld" in text
    assert "title in German" in text
    Course.objects.filter(slug="schweisser-kurs").update(published_at=None)
    text = _text(client, f"{LIST}?q=lascher")
    assert "No course has these words." in text
    assert "Nothing has exactly these words." not in text


def test_the_script_is_told_the_address_that_a_person_would_write(client: Client) -> None:
    a_course("welding")
    page = client.get(f"{LIST}?q=&price_most=&order=&language=en&rubbish=1", headers={"HX-Request": "true"})
    assert page["HX-Push-Url"] == f"{LIST}?language=en"
    assert client.get(f"{LIST}?q=", headers={"HX-Request": "true"})["HX-Push-Url"] == LIST


def test_nobody_turns_to_a_page_for_which_a_hundred_thousand_courses_are_ordered(client: Client) -> None:
    a_course("welding")
    for page in ("100000", "0", "-1", "99999999999999", "²"):
        assert _ROW.findall(_text(client, f"{LIST}?page={page}")) == ["welding"]

"""Versions of the framework: the list, one version with its differences, the feeds and the files."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_topic, commit_framework, csv_file, zip_file

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.operations.publishing import publish_draft

pytestmark = pytest.mark.django_db


def _tables(level: int, words: str, *, more: bool = False) -> bytes:
    skills = [{"id": "weld", "kind": "skill", "title_en": "Weld parts", "anchor_2_en": words}]
    needs: list[dict[str, Any]] = [
        {"role": "technician", "skill": "weld", "level": level, "need": "essential", "weight": 5}
    ]
    if more:
        skills.append({"id": "drive", "kind": "skill", "title_en": "Drive a crane", "anchor_2_en": "Drives."})
        needs.append({"role": "technician", "skill": "drive", "level": 1, "need": "optional", "weight": 1})
    return zip_file(
        {
            "skills.csv": csv_file(*skills),
            "roles.csv": csv_file({"id": "technician", "title_en": "Technician"}),
            "requirements.csv": csv_file(*needs),
            "units.csv": csv_file({"role": "technician", "code": "U1", "level": "unit", "title_en": words}),
        }
    )


@pytest.fixture
def _two_versions() -> None:
    a_topic("battery")
    commit_framework(_tables(1, "Knows <how>."), name="first.zip")
    commit_framework(_tables(3, "Does it.", more=True), name="second.zip")


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = " ".join(page.content.decode().split())
    assert "⚠" not in text
    return text


@pytest.mark.usefixtures("_two_versions")
def test_the_list_says_state_note_and_counts_in_words(client: Client) -> None:
    text = _text(client, "/en/framework/versions/")
    assert text.index("/en/framework/versions/2/") < text.index("/en/framework/versions/1/")
    for words in ("in force", "no longer in force", "first.zip", "second.zip", "1 job role, 2 skills, 2 requirements"):
        assert words in text


def test_without_a_version_the_list_says_so(client: Client) -> None:
    assert "No version of the framework has been published yet." in _text(client, "/en/framework/versions/")
    assert client.get("/en/framework/versions/1/").status_code == 404


@pytest.mark.usefixtures("_two_versions")
def test_a_version_shows_what_differs_from_the_one_before(client: Client) -> None:
    text = _text(client, "/en/framework/versions/2/")
    assert "What differs from version 1 to version 2" in text
    for sentence in (
        "1 skill added.",
        "1 requirement added.",
        "1 requirement changed.",
        "1 line of skill cards changed.",
    ):
        assert f"<li>{sentence}</li>" in text
    assert "Awareness, essential, weight 5" in text
    assert "Expert, essential, weight 5" in text
    assert "not needed" in text
    assert "Knows &lt;how&gt;." in text
    assert "Drive a crane" in text
    assert "/en/about/data/framework.json?version=2" in text


@pytest.mark.usefixtures("_two_versions")
def test_the_first_version_is_compared_with_nothing_and_another_one_on_demand(client: Client) -> None:
    assert "The first version" in _text(client, "/en/framework/versions/1/")
    back = _text(client, "/en/framework/versions/1/?against=2")
    assert "What differs from version 2 to version 1" in back
    assert "1 skill removed." in back
    assert "Nothing differs." in _text(client, "/en/framework/versions/2/?against=2")


@pytest.mark.usefixtures("_two_versions")
@pytest.mark.parametrize("against", ["3", "one", "-1", "²", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(client: Client, against: str) -> None:
    assert client.get(f"/en/framework/versions/2/?against={against}").status_code == 404
    assert client.get(f"/en/about/data/framework.json?version={against}").status_code == 404
    assert client.get(f"/en/framework/versions/{against}/").status_code == 404


@pytest.mark.usefixtures("_two_versions")
def test_a_draft_is_shown_to_alliance_staff_only(client: Client, staff: User, person: User) -> None:
    commit_framework(_tables(2, "Draws it."), draft=True)
    addresses = (
        "/en/framework/versions/3/",
        "/en/framework/versions/2/?against=3",
        "/en/about/data/framework.json?version=3",
    )
    for reader in (None, person):
        if reader:
            client.force_login(reader)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
        assert "draft" not in _text(client, "/en/framework/versions/").lower()
    client.force_login(staff)
    text = _text(client, "/en/framework/versions/3/")
    assert "This is a draft." in text
    assert "Nobody has asked yet" in text
    assert "draft" in _text(client, "/en/framework/versions/")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


@pytest.mark.usefixtures("_two_versions")
def test_the_rss_feed_has_one_entry_for_each_published_version(client: Client) -> None:
    commit_framework(_tables(2, "Draws it."), draft=True)
    answer = client.get("/en/framework/changes.rss")
    assert answer["Content-Type"].startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.content).find("channel")  # noqa: S314 - our own answer
    assert channel is not None
    items = channel.findall("item")
    assert [item.findtext("title") for item in items] == [
        "Skills framework, version 2",
        "Skills framework, version 1",
    ]
    assert items[0].findtext("link") == "http://testserver/en/framework/versions/2/"
    assert items[0].findtext("guid") == f"urn:uuid:{FrameworkVersion.objects.get(number=2).uid}"
    assert "1 skill added." in str(items[0].findtext("description"))
    assert items[0].findtext("pubDate")
    publish_draft(by=OPERATOR)
    assert client.get("/en/framework/changes.rss").content.count(b"<item>") == 3


@pytest.mark.usefixtures("_two_versions")
def test_the_json_feed_follows_version_1_1_of_the_format(client: Client) -> None:
    answer = client.get("/en/framework/changes.json")
    assert answer["Content-Type"] == "application/feed+json"
    feed = json.loads(answer.content)
    assert (feed["version"], feed["language"]) == ("https://jsonfeed.org/version/1.1", "en")
    assert feed["feed_url"] == "http://testserver/en/framework/changes.json"
    newest, first = feed["items"]
    assert newest["url"] == "http://testserver/en/framework/versions/2/"
    assert {"id", "title", "content_text", "date_published", "summary"} <= set(newest)
    assert (newest["_difference"]["older"], newest["_difference"]["skills_added"]) == (1, 1)
    assert (first["_difference"]["older"], first["_difference"]["skills_added"]) == (None, 1)


def test_feeds_are_there_before_the_first_version(client: Client) -> None:
    assert json.loads(client.get("/en/framework/changes.json").content)["items"] == []
    assert client.get("/en/framework/changes.rss").status_code == 200


@pytest.mark.usefixtures("_two_versions")
def test_an_earlier_version_can_be_taken_away(client: Client) -> None:
    answer = client.get("/en/about/data/framework.json?version=1")
    document = json.loads(answer.content)
    assert document["version"] == 1
    assert [row["level"] for row in document["roles"][0]["requirements"]] == [1]
    assert answer["Content-Disposition"] == 'attachment; filename="framework-1.json"'
    assert client.get("/en/about/data/framework.zip?version=1").status_code == 200


@pytest.mark.usefixtures("_two_versions")
def test_open_data_and_skill_pages_lead_to_the_versions(client: Client) -> None:
    assert "/en/framework/versions/" in _text(client, "/en/about/data/")
    assert "/en/framework/versions/2/" in _text(client, "/en/skills/weld-parts/")


@pytest.mark.usefixtures("_two_versions")
@pytest.mark.parametrize(
    "address", ["versions/", "versions/2/", "versions/2/?against=1", "changes.rss", "changes.json"]
)
def test_a_page_asks_at_most_ten_questions(
    address: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        client.get(f"/en/framework/{address}")

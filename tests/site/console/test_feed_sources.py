"""Sources of courses on the command line, and the command that sends periodic duties."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.catalogue.operations.feed_server import HERE, Provider, a_provider_server
from tests.records import a_provider, course_row, csv_file
from tests.site.console.conftest import Command

from synchromesh.catalogue.models import Course, FeedSource
from synchromesh.plumbing.duties import list_duties

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    settings.FETCH_NETWORKS = list(HERE)
    with a_provider_server() as found:
        yield found


def test_a_source_is_looked_at_added_fetched_and_shown(command: Command, provider: Provider) -> None:
    url = provider.say("/feed.csv", csv_file(course_row("c1"), course_row("c2", minutes="long")))
    look = command("feed", "source", "look", url).answer
    assert (look["format"], look["courses"], look["titles"]) == ("csv_template", 1, ["Course c1"])
    assert look["problems"][0]["field"] == "minutes"
    columns = ("--column", "id=id", "--column", "title=title", "--column", "a=b=")
    words = ("--url", url, "--every-hours", "24", "--commit", *columns)
    added = command("feed", "source", "add", "North Training", *words).answer
    assert (added["key"], added["every_hours"], added["commits_by_itself"]) == ("north-training", 24, True)
    assert added["columns"] == {"id": "id", "title": "title", "a=b": ""}
    fetched = command("feed", "source", "fetch", "north-training").answer
    assert (fetched["outcome"], fetched["courses"]) == ("committed", 2)
    shown = command("feed", "source", "show", added["source"]).answer
    assert [fetch["outcome"] for fetch in shown["fetches"]] == ["committed"]
    assert [source["key"] for source in command("feed", "source", "list").answer["sources"]] == ["north-training"]
    assert command("feed", "source", "remove", "north-training").answer == {"courses_that_stay": 2}
    assert Course.objects.count() == 2


def test_only_what_is_named_changes(command: Command) -> None:
    organisation = a_provider("north")
    command("feed", "source", "add", "North", "--url", "https://example.org/feed", "--every-hours", "6")
    changed = command("feed", "source", "change", "north", "--provider", "north", "--language", "de").answer
    assert (changed["provider"], changed["language"], changed["every_hours"]) == ("north", "de", 6)
    assert FeedSource.objects.get().provider == organisation
    changed = command("feed", "source", "change", "north", "--provider", "", "--every-hours", "0").answer
    assert (changed["provider"], changed["every_hours"], changed["name"]) == (None, None, "North")


def test_a_source_is_paused_resumed_and_settled(command: Command) -> None:
    command("feed", "source", "add", "North", "--url", "https://example.org/feed", "--every-hours", "6")
    assert command("feed", "source", "pause", "north").answer["paused_at"]
    assert command("feed", "source", "resume", "north").answer["paused_at"] is None
    assert command("feed", "source", "settle", "north").refusal["code"] == "conflict"
    FeedSource.objects.update(alarm="The feed holds no course that can be read.")
    assert command("feed", "source", "settle", "north", "--is-right").answer["alarm"] == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nowhere"), "not_found"),
        (("look", "http://10.0.0.1/"), "invalid_input"),
        (("add", "North", "--column", "Titel"), "invalid_input"),
        (("add", "North", "--provider", "nobody"), "not_found"),
        (("add", "North", "--every-hours", "6"), "invalid_input"),
        (("dance",), "invalid_input"),
    ],
)
def test_a_mistake_is_an_answer(words: tuple[str, ...], code: str, command: Command) -> None:
    assert command("feed", "source", *words).refusal["code"] == code


def test_duties_that_are_due_are_sent_once(command: Command) -> None:
    assert command("duties", "--once").answer == {"sent": [duty.task for duty in list_duties()]}
    assert command("duties", "--once").answer == {"sent": []}

"""The kept list of courses: for everybody the same, and never older than what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from tests.records import a_course, a_provider, a_skill_in_force, a_topic

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.framework.models import Skill
from synchromesh.search.backends import memory
from synchromesh.web.courses import list_results

pytestmark = pytest.mark.django_db
LIST = "/en/courses/"


class State:
    """What stands for the stamp of the site."""

    value: int | None = 0
    written = 0


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> Iterator[State]:
    """Nothing changes until the test says so; `written` counts how often a list was written anew."""
    made = State()
    write = list_results._write

    def counting(*given: object) -> list_results.ListResults:
        made.written += 1
        return write(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(list_results, "_write", counting)
    monkeypatch.setattr(list_results._kept, "_read_stamp", lambda: made.value)
    list_results._rendered.clear()
    monkeypatch.setattr(list_results._kept, "_stamp", None)
    yield made
    made.value = None


def _text(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def _titles(text: str) -> list[str]:
    return re.findall(r'courses/[\w-]+/">([^<]+)</a>', text)


def test_somebody_signed_in_sees_what_was_made_for_a_visitor_in_a_frame_of_their_own(state: State, staff: User) -> None:
    a_course("safe-work", titles={"en": "Safe work"})
    visitor, signed_in = Client(), Client()
    signed_in.force_login(staff)
    assert "Sign in" in _text(visitor)
    own = _text(signed_in)
    assert _titles(own) == ["Safe work"]
    assert "My pages" in own
    assert "My pages" not in _text(visitor)
    assert state.written == 1


def test_each_address_and_language_has_its_own_list(state: State) -> None:
    for number in range(25):
        a_course(f"course-{number:02}", titles={"en": f"Title {number:02}", "de": f"Titel {number:02}"})
    client = Client()
    assert _titles(_text(client))[0] == "Title 00"
    assert _titles(_text(client, f"{LIST}?page=2"))[0] == "Title 20"
    assert _titles(_text(client, "/de/courses/"))[0] == "Titel 00"
    assert _titles(_text(client))[0] == "Title 00"
    assert state.written == 3


def test_a_change_of_anything_on_the_list_is_seen_and_of_nothing_else_writes_nothing(state: State) -> None:
    topic = a_topic("battery")
    first, second = a_skill_in_force("weld", topic), a_skill_in_force("test", topic)
    provider = a_provider(name="South School")
    course = a_course(
        "safe-work", {"weld": (None, 1), "test": (None, 1)}, titles={"en": "Safe work"}, provider=provider
    )
    client = Client()
    assert "South School" in _text(client)

    def after(change: object) -> str:
        state.value = (state.value or 0) + 1
        return _text(client)

    assert _titles(after(None)) == ["Safe work"]
    assert state.written == 1
    assert "West School" in after(Organisation.objects.filter(pk=provider.pk).update(name="West School"))
    assert "Weld well" in after(Skill.objects.filter(pk=first.pk).update(titles={"en": "Weld well"}))
    assert "Safer work" in after(Course.objects.filter(pk=course.pk).update(titles={"en": "Safer work"}))
    assert state.written == 4
    assert "Test" in after(Skill.objects.filter(pk=second.pk).update(descriptions={"en": "Said nowhere."}))
    assert state.written == 4
    assert _titles(after(Course.objects.filter(pk=course.pk).update(published_at=None))) == []
    assert state.written == 5


def test_a_change_of_the_index_is_seen(state: State) -> None:
    a_course("one", titles={"en": "One"})
    client = Client()
    assert _titles(_text(client)) == ["One"]
    a_course("two", titles={"en": "Two"})
    memory.forget()
    state.value = 1
    assert _titles(_text(client)) == ["One", "Two"]


def test_a_search_in_vain_is_made_for_each_reader(state: State) -> None:
    a_course("one")
    for _ in range(3):
        assert "Nobody offers this yet" in _text(Client(), f"{LIST}?q=zzzyzx")
    assert state.written == 3

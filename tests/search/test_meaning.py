"""Meanings come from functions that apps name."""

from __future__ import annotations

import pytest
from django.utils.module_loading import import_string

from synchromesh.search import meaning


@pytest.fixture
def _two_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "synchromesh.one": {("skill", "welding"): 0.5, ("skill", "glue"): 0.2},
        "synchromesh.two": {("skill", "welding"): 0.9, ("job", "welder"): 0.7},
    }
    monkeypatch.setattr(meaning, "_sources", [])
    monkeypatch.setattr(meaning, "import_string", lambda name: lambda query, *, language: given[name])
    for name in ("one", "two", "one"):
        meaning.register(name)


@pytest.mark.usefixtures("_two_sources")
def test_the_greatest_weight_of_all_sources_counts_and_stands_first() -> None:
    found = meaning.meanings_of("Schweißer", language="de")
    assert list(found.items()) == [(("skill", "welding"), 0.9), (("job", "welder"), 0.7), (("skill", "glue"), 0.2)]


@pytest.mark.usefixtures("_two_sources")
@pytest.mark.parametrize("query", ["", " ", "?!", "\0"])
def test_a_query_without_a_word_means_nothing(query: str) -> None:
    assert meaning.meanings_of(query, language="en") == {}


@pytest.mark.usefixtures("_two_sources")
def test_the_index_is_given_no_more_than_it_can_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MOST_MEANINGS", 1)
    assert meaning.meanings_of("weld", language="en") == {("skill", "welding"): 0.9}


def test_every_registered_name_resolves() -> None:
    assert meaning._sources
    for name in meaning._sources:
        assert callable(import_string(f"synchromesh.{name}"))

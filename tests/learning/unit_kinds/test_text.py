"""Tests of synchromesh.learning.unit_kinds.text."""

from __future__ import annotations

from typing import Any

import pytest

from synchromesh.learning.unit_kinds import text

LINE: dict[str, Any] = {"key": "asked", "texts": {"en": "I asked."}}
TERM: dict[str, Any] = {"key": "cell", "terms": {"en": "Cell"}, "texts": {"en": "A part."}, "avoid": {"en": ["box"]}}
GOOD: dict[str, Any] = {"kind": "text", "texts": {"en": "A fact [^rule]."}}
SOURCE: dict[str, Any] = {"key": "rule", "title": "A rule", "checked": True}


def _check(*blocks: Any) -> list[tuple[str, str]]:
    found = text.check({"blocks": list(blocks)}, languages=["en"], media=["pack.svg", "talk.mp3"])
    return [(problem.position, problem.field) for problem in found]


def _sources(*entries: Any) -> dict[str, Any]:
    return {"kind": "sources", "entries": list(entries)}


def test_a_footnote_needs_a_source_of_this_unit() -> None:
    assert _check(GOOD) == [("block 1", "texts")]
    assert _check(GOOD, _sources(SOURCE)) == []


@pytest.mark.parametrize(
    ("block", "field"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"kind": "text"}, "texts"),
        ({"kind": "text", "texts": {"en": " "}}, "texts"),
        ({"kind": "text", "texts": {"english": "A"}}, "texts"),
        ({"kind": "text", "texts": {"en": "A" * 40_001}}, "texts"),
        ({"kind": "text", "texts": {"en": "A"}, "text": "B"}, "text"),
        ({"kind": "note", "tone": "loud", "texts": {"en": "A"}}, "tone"),
        ({"kind": "note", "tone": "tip", "texts": {"en": "A"}, "titles": {"de": "B"}}, "titles"),
        ({"kind": "figure", "media": "pack.svg"}, "alternatives"),
        ({"kind": "figure", "media": "talk.mp3", "alternatives": {"en": "A"}}, "media"),
        ({"kind": "figure", "alternatives": {"en": "A"}}, "media"),
        (_sources(), "entries"),
        ({"kind": "glossary", "entries": []}, "entries"),
        ({"kind": "checklist", "texts": {"en": "A"}}, "items"),
        ({"kind": "checklist", "items": [LINE, LINE]}, "items"),
        ({"kind": "checklist", "titles": {"de": "A"}, "items": [LINE]}, "titles"),
    ],
)
def test_what_is_wrong_with_a_block_is_said_at_the_block(block: dict[str, Any], field: str) -> None:
    assert _check({"kind": "text", "texts": {"en": "A"}}, block) == [("block 2", field)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": ""}, "key"),
        ({"title": 7}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "http://["}, "url"),
        ({"checked": "yes"}, "checked"),
    ],
)
def test_what_is_wrong_with_a_source_is_said_at_the_source(change: dict[str, Any], field: str) -> None:
    assert _check(_sources(SOURCE | {"key": "other"}, SOURCE | change)) == [("block 1, source 2", field)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "The cell"}, "key"),
        ({"terms": {}}, "terms"),
        ({"texts": {"de": "Ein Teil."}}, "texts"),
        ({"avoid": ["box"]}, "avoid"),
        ({"avoid": {"en": "box"}}, "avoid"),
        ({"means": "A part"}, "means"),
    ],
)
def test_what_is_wrong_with_a_term_is_said_at_the_term(change: dict[str, Any], field: str) -> None:
    glossary = {"kind": "glossary", "entries": [TERM | {"key": "pack"}, TERM | change]}
    assert _check(glossary) == [("block 1, term 2", field)]
    assert _check({"kind": "glossary", "entries": [TERM]}) == []


def test_a_term_that_stands_twice_in_a_unit_is_a_problem() -> None:
    assert _check(*[{"kind": "glossary", "entries": [TERM]}] * 2) == [("content", "blocks")]


@pytest.mark.parametrize(
    "block",
    [
        {"kind": "glossary", "entries": [TERM | {"texts": {"en": "A part [^law]."}}]},
        {"kind": "checklist", "items": [LINE | {"texts": {"en": "I asked [^law]."}}]},
    ],
)
def test_a_footnote_in_a_row_needs_a_source_too(block: dict[str, Any]) -> None:
    assert _check(block) == [("block 1", "texts")]
    assert _check(block, _sources(SOURCE | {"key": "law"})) == []


def test_terms_stand_in_the_order_of_the_alphabet_of_the_reader() -> None:
    names = [("inverter", "Umrichter"), ("cell", "Zelle"), ("Air", "Öl"), ("case", "Überzug")]
    entries = [TERM | {"key": en.lower(), "terms": {"en": en, "de": de}} for en, de in names]
    for language, wanted in (("en", "Air case cell inverter"), ("de", "Öl Überzug Umrichter Zelle")):
        shown = text.show({"blocks": [{"kind": "glossary", "entries": entries}]}, language=language, links={})
        assert " ".join(entry["term"].text for entry in shown["blocks"][0]["entries"]) == wanted


def test_two_sources_with_one_key_are_a_problem() -> None:
    assert _check(_sources(SOURCE), _sources(SOURCE)) == [("content", "blocks")]


def test_a_unit_without_blocks_has_nothing_to_read() -> None:
    assert _check() == [("content", "blocks")]
    assert _check(*[GOOD] * 201) == [("content", "blocks")]


def test_sources_are_numbered_through_all_blocks_and_lead_to_no_script() -> None:
    blocks = [_sources(SOURCE | {"url": "javascript:alert(1)"}), GOOD, _sources(SOURCE | {"key": "law"})]
    shown = text.show({"blocks": blocks}, language="en", links={})
    assert shown["source_numbers"] == {"rule": 1, "law": 2}
    assert [entry["number"] for block in shown["blocks"] for entry in block.get("entries", ())] == [1, 2]
    assert shown["blocks"][0]["entries"][0]["url"] == ""


def test_each_block_says_in_which_language_it_is() -> None:
    blocks = [{"kind": "text", "texts": {"en": "A", "de": "B"}}, {"kind": "text", "texts": {"en": "C"}}]
    shown = text.show({"blocks": blocks}, language="de", links={})["blocks"]
    assert [(block["text"].text, block["text"].is_fallback) for block in shown] == [("B", False), ("C", True)]

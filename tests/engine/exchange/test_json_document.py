"""Our own JSON: what is wrong is named by line and column or by JSON path, and good entries still load."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.engine.exchange.framework_documents import SMALL, reported

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.frameworks import FrameworkDocument, json_document, read_framework

SKILL: dict[str, Any] = {"id": "s1", "kind": "skill", "titles": {"en": "One"}}
ROLE: dict[str, Any] = {"id": "r1", "titles": {"en": "One"}}
REQUIREMENT: dict[str, Any] = {"role": "r1", "skill": "s1", "level": 1, "need": "essential", "weight": 1}
UNIT: dict[str, Any] = {"role": "r1", "code": "R.U1", "level": "unit", "titles": {"en": "One"}}


def read(**content: Any) -> FrameworkDocument:
    return read_text(json.dumps({"format": "synchromesh-framework", **content}))


def read_text(text: str) -> FrameworkDocument:
    return read_framework({"f.json": text.encode()})


def changed(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**entry, **changes}


@pytest.mark.parametrize(
    ("kind", "entry", "field"),
    [
        ("skills", changed(SKILL, id=3), "id"),
        ("skills", changed(SKILL, titles="One"), "titles"),
        ("skills", changed(SKILL, titles={}), "titles"),
        ("skills", changed(SKILL, titles={"en": 1}), "titles.en"),
        ("skills", changed(SKILL, kind="talent"), "kind"),
        ("skills", changed(SKILL, kind=None), "kind"),
        ("skills", changed(SKILL, slug="Not A Slug"), "slug"),
        ("skills", changed(SKILL, topics="a"), "topics"),
        ("skills", changed(SKILL, topics=["a", 2]), "topics[1]"),
        ("skills", changed(SKILL, anchors={"2": {"en": []}}), "anchors.2.en"),
        ("skills", changed(SKILL, anchors=[]), "anchors"),
        ("skills", changed(SKILL, esco=[{"uri": "http://example.org", "match": "exact"}]), "esco[0].uri"),
        ("skills", changed(SKILL, esco=["x"]), "esco[0]"),
        ("skills", changed(SKILL, descriptions={"en": "half \ud800"}), "descriptions.en"),
        ("skills", changed(SKILL, descriptions={"en": "none \0"}), "descriptions.en"),
        ("skills", changed(SKILL, descriptions={"en": "x" * 50_001}), "descriptions.en"),
        ("skills", changed(SKILL, provenance={"confidence": 1.5}), "provenance.confidence"),
        ("skills", changed(SKILL, provenance={"confidence": True}), "provenance.confidence"),
        ("skills", changed(SKILL, provenance={"source_on": "31.12.2025"}), "provenance.source_on"),
        ("skills", changed(SKILL, provenance={"source_on": "2025-02-30"}), "provenance.source_on"),
        ("skills", changed(SKILL, provenance={"source_url": "example.org"}), "provenance.source_url"),
        ("roles", changed(ROLE, eqf={"min": 5, "max": 4}), "eqf.max"),
        ("roles", changed(ROLE, eqf={"min": 0}), "eqf.min"),
        ("roles", changed(ROLE, tasks={"en": "x"}), "tasks.en"),
        ("roles", changed(ROLE, family="No Slug"), "family"),
        ("requirements", changed(REQUIREMENT, level=0), "level"),
        ("requirements", changed(REQUIREMENT, level="2"), "level"),
        ("requirements", changed(REQUIREMENT, level=True), "level"),
        ("requirements", changed(REQUIREMENT, weight=None), "weight"),
        ("requirements", changed(REQUIREMENT, need="perhaps"), "need"),
        ("requirements", changed(REQUIREMENT, role=""), "role"),
        ("units", changed(UNIT, level="chapter"), "level"),
        ("units", changed(UNIT, code="R. U1"), "code"),
        ("units", changed(UNIT, code="R.U9.E1", level="element"), "code"),
        ("families", {"titles": {"el": "Α"}}, "id"),
    ],
)
def test_a_bad_value_is_named_by_its_path_and_the_next_entry_loads(kind: str, entry: Any, field: str) -> None:
    good = {"skills": SKILL, "roles": ROLE, "requirements": REQUIREMENT, "units": UNIT, "families": ROLE}[kind]
    document = read(**{kind: [entry, changed(good)]})
    assert reported(document) == [(f"f.json $.{kind}[0]", field)]
    assert len(getattr(document, kind)) == 1


def test_a_key_that_nobody_knows_is_reported_and_the_entry_loads() -> None:
    skill = changed(SKILL, colour="red", titles={"en": "One", "english": "x"}, provenance={"by": "me"})
    document = read(skills=[skill], more=1)
    assert reported(document) == [
        ("f.json $", "more"),
        ("f.json $.skills[0]", "colour"),
        ("f.json $.skills[0]", "provenance.by"),
        ("f.json $.skills[0]", "titles.english"),
    ]
    assert len(document.skills) == 1


def test_what_is_no_entry_and_no_list_is_reported() -> None:
    document = read(skills=["x", SKILL], roles={})
    assert reported(document) == [("f.json $.skills[0]", ""), ("f.json $.roles", "")]
    assert len(document.skills) == 1


def test_a_key_that_stands_twice_is_reported() -> None:
    document = read_text('{"format": "synchromesh-framework", "skills": [], "skills": []}')
    assert reported(document) == [("f.json", "skills")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"format": "synchromesh-framework",\n "skills": [ {"id": 3} ,]}', "line 2 column 25"),
        ('{"format": "synchromesh-framework",\n\n "skills": ', "line 3 column 12"),
        ('{"format": "synchromesh-framework", "skills": [NaN]}', "NaN"),
        ('{"format": "synchromesh-framework", "skills": ' + "[" * 100_000, "nested"),
        ('{"format": "synchromesh-framework", "skills": ' + "9" * 10_000 + "}", "digits"),
        ('{"format": "synchromesh-framework", "format_version": 2}', "format_version"),
        ('{"a": {"format": "synchromesh-framework"}}', "format"),
    ],
)
def test_a_file_that_is_no_use_is_refused_with_the_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput, match=place):
        read_text(text)


def test_bytes_that_are_no_text_are_refused_with_the_line() -> None:
    with pytest.raises(InvalidInput, match=r"byte 40 \(line 2\)"):
        read_framework({"f.json": b'{"format": "synchromesh-framework",\n   \xff'})


def test_a_file_over_the_limit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="at most"):
        read_text('{"format": "synchromesh-framework"}' + " " * 21_000_000)
    with pytest.raises(InvalidInput, match="objects and lists"):
        read_text('{"format": "synchromesh-framework", "skills": [' + "{}," * 1_000_001 + "{}]}")


def test_a_second_file_of_the_format_adds_to_the_first_and_others_are_reported() -> None:
    files = json_document.write(SMALL) | {"g.json": json_document.write(SMALL)["framework.json"], "x.txt": b"x"}
    document = json_document.read(files)
    assert len(document.skills) == 2
    assert ("g.json $.skills[0]", "id") in reported(document)
    assert reported(document)[-1] == ("x.txt", "")

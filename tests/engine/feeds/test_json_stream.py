"""JSON of feeds: member by member whatever its size, and nothing in it does harm."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import _json_stream
from synchromesh.engine.feeds.readers._json_head import json_head
from synchromesh.engine.feeds.readers._json_stream import RepeatedKeys, parse_json, stream_members


def members(data: bytes, *lists: str) -> list[tuple[str, object]]:
    return list(stream_members(io.BytesIO(data), lists=lists))


def test_items_of_named_lists_come_one_by_one_and_other_members_whole() -> None:
    data = b'\xef\xbb\xbf {"links": {"next": "x"}, "data": [1, {"a": [2]}, null], "more": [3], "none": []} '
    assert members(data, "data", "none") == [
        ("links", {"next": "x"}), ("data[0]", 1), ("data[1]", {"a": [2]}), ("data[2]", None), ("more", [3]),
        ("none", []),
    ]  # fmt: skip
    assert members(b'[1, "a", []]') == [("[0]", 1), ("[1]", "a"), ("[2]", [])]
    assert members(b"{}") == members(b" [ ] ") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_the_size_of_the_pieces_that_are_read_changes_nothing(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"data": [12345, -2.5, 'äöü€😀 \\ "', True, None, {"x": [[], {}]}, "", 1e20], "n": 1234567}
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    whole = members(data, "data")
    monkeypatch.setattr(_json_stream, "_CHUNK", size)
    assert members(data, "data") == whole
    assert [value for _, value in whole] == [*document["data"], document["n"]]  # type: ignore[misc]


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=3), st.recursive(
    st.none() | st.booleans() | st.integers(-(10**38), 10**38) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=8,
), max_size=4))  # fmt: skip
def test_what_is_streamed_is_what_is_parsed(document: dict[str, Any]) -> None:
    data = json.dumps(document).encode()
    assert dict(members(data)) == document == parse_json(data.decode())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("-1.50", Decimal("-1.50")), ("1e400", Decimal("1e400")), ("1" * 40, int("1" * 40)),
        ('"\\u0041\t"', "A\t"),
    ],
)  # fmt: skip
def test_numbers_are_exact(text: str, value: object) -> None:
    assert members(f'{{"a": {text}}}'.encode()) == [("a", value)]


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "9" * 5_000, "1." + "9" * 5_000, "1e" + "9" * 30])
def test_numbers_that_nobody_can_count_are_no_numbers(text: str) -> None:
    ((_, value),) = members(f'{{"a": {text}}}'.encode())
    assert isinstance(value, Decimal)
    assert not value.is_finite()


def test_keys_that_stand_twice_are_remembered() -> None:
    ((_, value),) = members(b'{"a": {"b": 1, "c": 2, "b": 3}}')
    assert isinstance(value, RepeatedKeys)
    assert (value, value.repeated) == ({"b": 3, "c": 2}, ("b",))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "neither a JSON object nor a JSON list"), (b'"x"', "neither a JSON object nor a JSON list"),
        (b'{"a": 1', "breaks off"), (b'{"data": [{"a": "b', "breaks off"), (b"[1, 2", "breaks off"),
        (b"[1, 2] x", "at character 8"), (b'{"a" 1}', "at character 6"), (b"[1 2]", "at character 4"),
        (b"{1: 2}", "a name in quotation marks"), (b"[tru]", "at character 2"), (b'["\xff"]', "not in UTF-8"),
        (b'{"data": ' + b"[" * 100_000, "nested too deeply"), (b'{"a": [1, 2,]}', "at character"),
    ],
)  # fmt: skip
def test_what_is_no_sound_json_is_refused_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        members(data, "data")


def test_the_place_counts_from_the_start_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json_stream, "_CHUNK", 16)
    with pytest.raises(InvalidInput, match="at character 1,002:"):
        members(b"[" + b"1," * 500 + b"x]")


def test_what_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_json_stream, "_CHUNK", 16)
    monkeypatch.setattr(_json_stream, "_LARGEST_ENTRY", 1_000)
    monkeypatch.setattr(_json_stream, "_MOST_OBJECTS", 10)
    assert len(members(b"[" + b'"abc", ' * 1_000 + b"1]")) == 1_001
    with pytest.raises(InvalidInput, match="An entry of this JSON document"):
        members(b'["' + b"x" * 5_000 + b'"]')
    with pytest.raises(InvalidInput, match="more than 10 objects"):
        parse_json("[[],[],[],[],[],[],[],[],[],[],[]]")
    with pytest.raises(InvalidInput, match="larger than"):
        _json_stream.read_all(io.BytesIO(b"x" * 100), most=99)


def test_the_beginning_of_a_document_tells_its_places_even_if_it_breaks_off() -> None:
    data = b'{"@context": "https:\\/\\/schema.org", "data": [{"type": "Course", "n": 1, "x": {}}, {"type": "Eve'
    found = json_head(io.BytesIO(data))
    assert found[""] == {"{"}
    assert found["@context"] == {"https://schema.org"}
    assert found["data.[].type"] == {"Course"}
    assert (found["data"], found["data.[].n"], found["data.[].x"]) == ({"["}, {""}, {"{"})


@pytest.mark.parametrize("data", [b"", b"x", b"<html>", b"\0\xff", b'"a"'])
def test_the_beginning_of_anything_else_tells_nothing(data: bytes) -> None:
    assert json_head(io.BytesIO(data)) == {}


@pytest.mark.parametrize("data", [b"}{", b"[" * 70_000, b'{"a":' * 20_000, b'["\\ud800", "\\', b'{"' + b"\\" * 65_000])
def test_a_strange_beginning_does_no_harm(data: bytes) -> None:
    assert isinstance(json_head(io.BytesIO(data)), dict)

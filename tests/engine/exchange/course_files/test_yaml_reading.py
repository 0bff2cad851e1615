"""YAML without surprises: what words mean, and what is not read at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from tests.engine.exchange.course_files.course_documents import contents

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.exchange.course_files import _yaml_reading
from synchromesh.engine.exchange.course_files._yaml_reading import MOST_BYTES, content_value, parse_yaml
from synchromesh.engine.exchange.course_files._yaml_writing import tidied, yaml_bytes


def _value(text: str) -> Any:
    return content_value(parse_yaml(text.encode(), name="a.yaml"))


@given(content=contents)
@settings(max_examples=100, deadline=None)
def test_a_content_is_the_same_after_being_written_and_read(content: Any) -> None:
    assert content_value(parse_yaml(yaml_bytes(content), name="a.yaml")) == content
    assert tidied(content) == content


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "Off", "12:30", "2026-03-31", "0x1F", "007", "1_000", "1e5", ".5", "+1"]
)
def test_a_word_that_is_no_json_value_is_a_text(word: str) -> None:
    assert _value(f"a: {word}") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("12", 12), ("-0.5", -0.5), ("'12'", "12"), ("'true'", "true")]
)
def test_json_values_are_values(word: str, value: object) -> None:
    found = _value(f"a: {word}")["a"]
    assert found == value
    assert type(found) is type(value)


def test_a_key_with_nothing_behind_it_is_left_out() -> None:
    assert _value("a:\nb: ~\nc: ''") == {"c": ""}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: &x [1]\nb: *x", "line 1: anchors"),
        ("a: *x", "line 1: aliases"),
        ("a: !!python/object/apply:os.system ['true']", "line 1: tags"),
        ("a: 1\nb: 2\na: 3", "line 3: the key 'a' stands twice"),
        ("a: 1\n---\nb: 2", "line 2: a second document"),
        ("? [a]\n: b", "line 1: a list or object stands where a key"),
        ("a: [1", "no sound YAML"),
        ('a: "\\0"', "cannot be stored"),
        ('a: "\\ud800"', "a.yaml"),
        ("[" * 100, "too deeply"),
    ],
)
def test_what_could_hide_or_explode_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words.replace("[", r"\[")):
        _value(text)


@pytest.mark.parametrize("data", [b"a: \xff", b"a: \x00", b" " * (MOST_BYTES + 1)])
def test_what_is_no_text_or_too_much_of_it_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"a\.yaml"):
        parse_yaml(data, name="a.yaml")


def test_a_file_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_yaml_reading, "_MOST_NODES", 100)
    assert len(_value("[" + "1," * 98 + "]")) == 98
    with pytest.raises(InvalidInput, match="too many values"):
        _value("[" + "1," * 100 + "]")

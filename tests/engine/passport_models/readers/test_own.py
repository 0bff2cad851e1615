"""Our own form as a file, and files that are none."""

from __future__ import annotations

import pytest
from tests.engine.passport_models.passport_samples import used

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.passport import MODEL
from synchromesh.engine.passport_models.readers import LARGEST_FILE, parse_file, read_passport
from synchromesh.engine.passport_models.readers.own import accepts
from synchromesh.engine.passport_models.writing import as_json


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_our_own_file_is_read_in_each_encoding(encoding: str) -> None:
    read = read_passport(parse_file(as_json(used()).encode(encoding)))
    assert read.passport == used()
    assert read.model == MODEL
    assert read.lost == ()
    assert read.problems == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00\xd8", "not text"),
        (b"\x80", "not text"),
        (b"{", "line 1, column 2"),
        (b"[" * 200_000, "nested too deeply"),
        (b"1" * 5000, "too long"),
        (b" " * (LARGEST_FILE + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_json_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        parse_file(content)


@pytest.mark.parametrize("data", [None, 1, "x", [], {}, {"model": 7}, {"model": "other"}])
def test_other_content_is_left_alone(data: object) -> None:
    assert not accepts(data)
    with pytest.raises(InvalidInput, match="can be read"):
        read_passport(data)

"""What is wrong with a file is said with its place."""

from __future__ import annotations

import pytest

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.parsing import DEEPEST, LARGEST_FILE, parse_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_with_its_mark_is_read(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert parse_file(mark + '{"name": "Zoë"}'.encode(encoding)) == {"name": "Zoë"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b'{"a": 1,}', "line 1, column 9"),
        (b'{\n "a": tru\n}', "line 2, column 7"),
        (b"[1] [2]", "line 1, column 5"),
        (b"\xef\xbb\xbf{", "line 1, column 2"),
        (b"\xff\xfe{", "UTF-8 or UTF-16"),
        (b"abc\xe4", "byte 3"),
        (b'{"a":\n' + b"[" * 200 + b"]" * 200 + b"}", f"more than {DEEPEST} levels: line 2, column 100"),
        (b'{"a": "[[[", "b":' + b'{"a":' * 5000 + b"1" + b"}" * 5001, "line 1, column 513"),
        (b'{"a":\n ' + b"7" * 4400 + b"}", "too long, more than 4300 digits: line 2, column 2"),
        (b" " * (LARGEST_FILE + 1), "larger than 20 MB"),
        (b" " * 50_000_000, "larger than 20 MB"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        parse_file(content)


def test_brackets_in_texts_do_not_count_as_nesting() -> None:
    assert parse_file(b'["' + b"[" * 500 + b'"]') == ["[" * 500]

"""Bytes as base58, base64url and multibase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.encodings import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
)
from synchromesh.engine.credential_formats.refusals import Refusal


@given(st.binary(max_size=100))
def test_bytes_come_back_from_each_writing(data: bytes) -> None:
    assert base58_decode(base58_encode(data)) == data
    assert base64url_decode(base64url_encode(data)) == data
    assert multibase_decode("z" + base58_encode(data)) == data
    assert multibase_decode("u" + base64url_encode(data)) == data


@pytest.mark.parametrize(
    ("data", "text"),
    [
        # draft-msporny-base58-03, section 5.
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    ],
)
def test_base58_is_that_of_its_draft(data: bytes, text: str) -> None:
    assert base58_encode(data) == text


@pytest.mark.parametrize("text", ["QQ==", "Q", "QR", "Q+==", "Ä", "QQ\n"])
def test_base64url_with_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        base64url_decode(text)


@pytest.mark.parametrize("text", ["", "m123", "z0", "zl", "zO", "zI", "z" + "1" * 2000, "uQQ=="])
def test_multibase_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        multibase_decode(text)

"""The offline file: what is packed is read again; a date beside a list is not believed; hostile files are refused."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.credential_formats.log_entries import CredentialFacts
from synchromesh.engine.credential_formats.offline_file import (
    LogProof,
    OfflineFile,
    pack_offline_file,
    read_offline_file,
    signed_instant,
)
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.errors import InvalidInput

NOW = datetime(2026, 5, 4, 10, 31, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
INSTANTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
HASHES = st.binary(min_size=32, max_size=32)
LOGS = st.builds(
    LogProof,
    head=st.dictionaries(TEXT, TEXT | st.integers(0, 99), max_size=3),
    entry=TEXT.map(str.encode),
    index=st.integers(0, 99),
    proof=st.lists(HASHES, max_size=3).map(tuple),
    facts=st.builds(
        CredentialFacts,
        identifier=TEXT,
        issuer=TEXT,
        achievement=TEXT,
        valid_from=INSTANTS,
        valid_until=st.none() | INSTANTS,
    ),
    salt=HASHES,
)
FILES = st.builds(
    OfflineFile,
    envelope=TEXT,
    credential=st.binary(max_size=30) | TEXT.map(str.encode),
    made_at=INSTANTS,
    did_documents=st.dictionaries(TEXT, st.dictionaries(TEXT, TEXT, max_size=2), max_size=2),
    status_lists=st.dictionaries(TEXT, st.builds(KeptAnswer, data=st.binary(max_size=30), as_of=INSTANTS), max_size=2),
    log=st.none() | LOGS,
)
SAMPLE = OfflineFile(
    envelope="open_badge",
    credential=b"{}",
    made_at=NOW,
    status_lists={"https://example.org/s": KeptAnswer(data=b"{}", as_of=NOW)},
    log=LogProof(
        head={},
        entry=b"{}",
        index=0,
        proof=(bytes(32),),
        facts=CredentialFacts(identifier="i", issuer="d", achievement="a", valid_from=NOW),
        salt=bytes(32),
    ),
)


@settings(max_examples=50)
@given(contents=FILES)
def test_what_is_packed_is_read_again_and_packed_the_same(contents: OfflineFile) -> None:
    packed = pack_offline_file(contents)
    assert read_offline_file(packed) == contents
    assert pack_offline_file(read_offline_file(packed)) == packed


def test_a_person_can_read_the_credential_in_the_file() -> None:
    packed = pack_offline_file(replace(SAMPLE, credential='{"name": "Zoë"}'.encode()))
    assert json.loads(packed)["credential"] == {"text": '{"name": "Zoë"}'}
    assert packed.startswith(b'{\n "format": "synchromesh-offline-credential"')


CHANGES: list[tuple[str, Any]] = [
    ("format", "other"),
    ("version", 2),
    ("made", "yesterday"),
    ("made", None),
    ("envelope", 5),
    ("credential", "text"),
    ("credential", {"base64": "ü"}),
    ("credential", {"text": 5}),
    ("credential", {"text": "\ud800"}),
    ("didDocuments", []),
    ("didDocuments", {"did:web:a": "text"}),
    ("didDocuments", {str(number): {} for number in range(60)}),
    ("statusLists", {}),
    ("statusLists", [5]),
    ("statusLists", [{}] * 51),
    ("statusLists", [{"url": "u", "asOf": "2026-05-04T10:31:00Z", "list": 5}]),
    ("log", 5),
    ("log", {"index": True, "proof": [], "facts": {}}),
    ("log", {"index": 0, "proof": ["00"] * 65, "facts": {}}),
    ("log", {"index": 0, "proof": [5], "facts": {"validFrom": "2026-05-04T10:31:00Z"}, "head": {}, "entry": ""}),
    ("log", {"index": 0, "proof": [], "facts": {"validFrom": 5}}),
]


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_a_file_against_its_form_is_refused(name: str, value: Any) -> None:
    document = json.loads(pack_offline_file(SAMPLE)) | {name: value}
    with pytest.raises(InvalidInput):
        read_offline_file(json.dumps(document).encode())


@settings(max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    packed = bytearray(pack_offline_file(SAMPLE))
    for _number in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(InvalidInput):
        read_offline_file(bytes(packed))


def _token(payload: dict[str, Any]) -> bytes:
    return b"e30." + base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"=") + b".AAAA"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"validFrom": "2026-05-04T10:31:00Z", "proof": {}}', NOW),
        (_token({"validFrom": "2026-05-04T10:31:00Z"}), NOW),
        (_token({"iat": int(NOW.timestamp())}), NOW),
        (_token({}), None),
        (b"{}", None),
        (b"{", None),
        (b"a.b", None),
        (b"\xff.\xff.\xff", None),
        (b"", None),
    ],
)
def test_a_list_is_dated_by_what_was_signed(data: bytes, expected: datetime | None) -> None:
    assert signed_instant(data) == expected

"""Any file gets a verdict; none makes the check fail."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, offline

from synchromesh.engine.credential_formats import checking
from synchromesh.engine.credential_formats.checking import LARGEST_FILE, check_credential
from synchromesh.engine.credential_formats.envelopes import open_badge_jcs, open_badge_jwt
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import SignatureWord

TOKEN = open_badge_jwt.seal(BADGE, signer=KEY)
FILE = open_badge_jcs.seal(BADGE, signer=KEY)
PIECES = st.sampled_from(
    [b"{", b"}", b"[", b'"VerifiableCredential"', b'"@context"', b":", b",", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg",
     b"ey", b".", b"~", b"\xff", b" ", b'"Assertion"https://w3id.org/openbadges/v2', b"null", b"\x00", TOKEN[:60]]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False)
    | st.sampled_from(["", "urn:a", DID, "x y"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "type", "@context", "@graph", "@list", "proof", "issuer"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=120)
@given(st.lists(PIECES, max_size=8).map(b"".join) | st.binary(max_size=60))
def test_bytes_of_any_kind_are_never_good_and_never_fail(data: bytes) -> None:
    assert check_credential(data, around=offline()).signature.word != SignatureWord.GOOD


@settings(max_examples=120)
@given(
    st.sampled_from(sorted(json.loads(FILE))), VALUES, st.sampled_from([None, "proof", "credentialSubject", "issuer"])
)
def test_any_value_in_any_field_is_never_good_and_never_fails(field: str, value: Any, inside: str | None) -> None:
    document = json.loads(FILE)
    part = document if inside is None else document[inside]
    part = part[0] if isinstance(part, list) else part
    if part.get(field) == value:
        return
    part[field] = value
    assert check_credential(json.dumps(document).encode(), around=offline()).signature.word != SignatureWord.GOOD


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.UNKNOWN_FORMAT),
        (b"hello", Reason.UNKNOWN_FORMAT),
        (b'{"type": "VerifiableCredential"', Reason.NOT_JSON),
        (b'{"type": "VerifiableCredential", "type": "VerifiableCredential"}', Reason.DUPLICATE_NAME),
        (b'{"type": "VerifiableCredential"}', Reason.INVALID_FIELD),
        (b'{"a": "VerifiableCredential"}', Reason.NOT_A_CREDENTIAL),
        (b'{"type": "VerifiableCredential", "a": ' + b"[" * 200 + b"]" * 200 + b"}", Reason.TOO_DEEP),
        (b"ey.e30.e30", Reason.SIGNATURE_UNREADABLE),
        (b" " * (LARGEST_FILE + 1), Reason.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_use_gets_its_reason(data: bytes, reason: Reason) -> None:
    found = check_credential(data, around=offline(), name="file.bin")
    assert found.signature.reason == reason, found.signature
    assert found.status.word == found.issuer.word == "could_not_check"


def test_white_space_and_a_byte_order_mark_do_not_hide_a_credential() -> None:
    for data in (b"\xef\xbb\xbf" + FILE, b"\n  " + FILE + b"\n", TOKEN + b"\r\n"):
        assert check_credential(data, around=offline()).signature.word == SignatureWord.GOOD


def test_a_fault_of_our_own_ends_in_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes, *, around: Any) -> None:
        raise ZeroDivisionError

    broken = SimpleNamespace(accepts=lambda data: True, check=fail)
    monkeypatch.setattr(checking, "envelopes", lambda: {"broken": broken})
    found = check_credential(b"x", around=offline())
    assert (found.signature.word, found.signature.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.CHECK_FAILED)


def test_a_document_that_tells_two_issuers_is_shown_as_written_but_not_believed() -> None:
    document = open_badge_document(replace(BADGE, url="https://alliance.example/c/1"))
    found = check_credential(json.dumps(document).encode(), around=offline())
    assert found.signature.reason == Reason.NOT_SIGNED
    assert found.shown.issuer_name == BADGE.issuer.name

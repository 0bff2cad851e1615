"""Tokens for wallets: the holder chooses what is shown, the three lines stay; another library agrees both ways."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.errors import OpenvcError
from openvc.keys import Ed25519SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, WITH_STATUS, offline
from tests.engine.credential_formats.status_samples import signed_lists

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import selective_jwt
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.token_claims import FIELDS
from synchromesh.engine.credential_formats.verdicts import SignatureWord
from synchromesh.engine.errors import InvalidInput

SEALED = selective_jwt.seal(WITH_STATUS, signer=KEY)
JWK = ed25519_key(KEY.public_bytes()).jwk()
LISTS = signed_lists()
WALLET = Ed25519SigningKey.generate("wallet")


def _lines(data: bytes, **kept: Any) -> tuple[str, str, str]:
    checked = check_credential(data, around=offline(**({"status_lists": LISTS} | kept)))
    assert checked.format == "selective_jwt"
    return checked.signature.word, checked.status.word, checked.issuer.word


def _token(payload: dict[str, Any], *, kind: str | None = "dc+sd-jwt", tail: str = "~") -> bytes:
    header = {"kid": KEY.verification_method} | ({} if kind is None else {"typ": kind})
    return (sign_token(canonical_json(payload), header=header, signer=KEY) + tail).encode()


def test_a_token_verifies_and_says_what_the_record_said() -> None:
    checked = check_credential(SEALED, around=offline(status_lists=LISTS))
    assert _lines(SEALED) == ("good", "valid", "known")
    shown = checked.shown
    assert (shown.title, shown.holder, shown.identifier) == (
        "High-voltage battery safety",
        BADGE.holder.name,
        BADGE.url,
    )
    assert (shown.issued_at, shown.valid_until) == (BADGE.issued_at, BADGE.valid_until)
    assert shown.skills == ("Isolate high-voltage systems", "Judge a battery pack")
    assert {"workload": "PT25H", "country": "DE", "eqf": "4", "level": "2", "result": "88.5"}.items() <= dict(
        shown.facts
    ).items()


def test_two_tokens_of_one_credential_share_no_disclosure() -> None:
    again = selective_jwt.seal(WITH_STATUS, signer=KEY)
    assert not set(again.split(b"~")) & set(SEALED.split(b"~")) - {b""}


@settings(max_examples=25)
@given(fields=st.sets(st.sampled_from(FIELDS)))
def test_only_chosen_fields_are_shown_and_the_lines_stay_the_same(fields: set[str]) -> None:
    chosen = selective_jwt.choose_fields(SEALED, fields=fields)
    assert set(selective_jwt.fields_of(chosen)) == fields & set(selective_jwt.fields_of(SEALED))
    checked = check_credential(chosen, around=offline(status_lists=LISTS))
    assert _lines(chosen) == ("good", "valid", "known")
    assert checked.document is not None
    assert not (set(FIELDS) - fields) & checked.document.keys()
    assert checked.shown.title == "High-voltage battery safety"
    assert ("holder_name" in fields) == (checked.shown.holder == BADGE.holder.name)


def test_withdrawn_and_expired_tokens_are_said_to_be_so() -> None:
    assert _lines(SEALED, status_lists=signed_lists(revoked=[94_567])) == ("good", "withdrawn", "known")
    assert _lines(SEALED, status_lists=signed_lists(suspended=[94_567]))[1] == "suspended"
    ended = selective_jwt.seal(replace(BADGE, valid_until=BADGE.issued_at), signer=KEY)
    assert _lines(ended) == ("good", "expired", "known")


def test_another_library_verifies_our_token() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    record = replace(WITH_STATUS, issued_at=long_ago, valid_from=long_ago, valid_until=None)
    token = selective_jwt.choose_fields(selective_jwt.seal(record, signer=KEY), fields=["skills"]).decode()
    verified = SdJwtVcProofSuite().verify(token, public_key_jwk=JWK)
    assert (verified.issuer, verified.claims["title"]) == (DID, "High-voltage battery safety")
    assert [skill["level"] for skill in verified.claims["skills"]] == [2, 3]
    assert "holder_name" not in verified.claims
    assert verified.confirmation is not None
    with pytest.raises(OpenvcError):
        SdJwtVcProofSuite().verify(token.replace("~", "~WyJzIiwibmFtZSIsIngiXQ~", 1), public_key_jwk=JWK)


def test_a_token_of_another_library_is_verified() -> None:
    claims = {"iss": DID, "vct": "urn:example", "given_name": "Ada", "family_name": "Example", "iat": 1_700_000_000}
    key = Ed25519SigningKey(KEY.secret, kid=KEY.verification_method)
    token = SdJwtVcProofSuite().issue(claims, signing_key=key, disclosable=["given_name", "family_name"]).encode()
    assert _lines(token) == ("good", "valid", "known")
    assert check_credential(token, around=offline()).shown.holder == "Ada Example"


def test_a_token_shown_by_its_holder_is_bound_to_what_is_disclosed() -> None:
    token = selective_jwt.seal(BADGE, signer=KEY, holder_key=WALLET.public_jwk())
    shown = SdJwtVcProofSuite().create_presentation(
        selective_jwt.choose_fields(token, fields=["skills"]).decode(), holder_key=WALLET, audience="a", nonce="n"
    )
    checked = check_credential(shown.encode(), around=offline())
    assert checked.signature.details["suite"].endswith("shown by the holder of its key")
    other = selective_jwt.choose_fields(token, fields=["level"]).decode() + shown.rsplit("~", 1)[1]
    assert check_credential(other.encode(), around=offline()).signature.reason == "signature_bad"
    stranger = Ed25519SigningKey.generate("stranger")
    forged = SdJwtVcProofSuite().create_presentation(token.decode(), holder_key=stranger, audience="a", nonce="n")
    assert _lines(forged.encode())[0] == "altered"
    unbound = selective_jwt.seal(replace(BADGE, holder=replace(BADGE.holder, did="")), signer=KEY).decode()
    assert _lines((unbound + shown.rsplit("~", 1)[1]).encode())[0] == "altered"


W3C = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "issuer": DID,
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {"name": "Ada"},
}


def test_the_form_of_the_data_model_is_read_too() -> None:
    assert _lines(_token(W3C, kind="vc+sd-jwt")) == ("good", "valid", "known")
    ended = W3C | {"validUntil": "2026-02-01T00:00:00Z", "exp": 4_000_000_000}
    assert _lines(_token(ended, kind="vc+sd-jwt"))[1] == "expired"


@pytest.mark.parametrize(
    ("data", "word", "reason"),
    [
        (_token({"iss": DID}), "could_not_check", "not_a_credential"),
        (_token({"iss": DID, "vct": "x"}, kind="JWT"), "could_not_check", "not_a_credential"),
        (_token({"iss": DID, "vct": "x"}, kind=None), "could_not_check", "not_a_credential"),
        (_token(W3C | {"iss": "did:example:other"}, kind="vc+sd-jwt"), "could_not_check", "not_a_credential"),
        (
            _token({"iss": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "vct": "x"}),
            "altered",
            "key_of_another",
        ),
        (_token({"iss": DID, "vct": "x"}, tail="~WyJzIiwibmFtZSIsIngiXQ~"), "altered", "proof_invalid"),
        (_token({"iss": DID, "vct": "x"}, tail="~~"), "altered", "signature_unreadable"),
        (_token({"iss": DID, "vct": "x"}, tail="~e30.e30.AA"), "altered", "proof_invalid"),
        (b"eyJ~", "altered", "signature_unreadable"),
    ],
)
def test_a_token_that_is_no_use_ends_in_a_verdict(data: bytes, word: str, reason: str) -> None:
    checked = check_credential(data, around=offline())
    assert (checked.format, checked.signature.word, checked.signature.reason) == ("selective_jwt", word, reason)


def test_what_no_issuer_may_say_or_sign_is_not_sealed() -> None:
    with pytest.raises(InvalidInput, match="bundle"):
        selective_jwt.seal(replace(BADGE, parts=(BADGE,)), signer=KEY)
    with pytest.raises(InvalidInput, match="EQF"):
        selective_jwt.seal(replace(BADGE, achievement=replace(BADGE.achievement, eqf_source="")), signer=KEY)
    with pytest.raises(InvalidInput, match="key"):
        selective_jwt.seal(BADGE, signer=key_from_seed(bytes(32)))


@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_token_is_refused_or_provably_the_same(data: st.DataObject) -> None:
    changed = bytearray(SEALED)
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] = data.draw(st.sampled_from(b"ABCxyz019-_.~ \n"))
    checked = check_credential(bytes(changed), around=offline(status_lists=LISTS))
    if checked.signature.word == SignatureWord.GOOD:
        whole = check_credential(SEALED, around=offline(status_lists=LISTS)).document
        assert checked.document is not None
        assert whole is not None
        assert checked.document.items() <= whole.items() or json.dumps(checked.document) == json.dumps(whole)
    with suppress(InvalidInput):
        selective_jwt.fields_of(bytes(changed))

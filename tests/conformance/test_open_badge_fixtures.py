"""The credentials with which 1EdTech tests its own validator, judged as their names say.

Source: github.com/1EdTech/digital-credentials-public-validator, inspector-vc/src/test/resources (Apache-2.0). Some name
keys or lists on sites that are not there; those are brought along here.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.conformance.standards import needs, standards

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord, StatusWord

FOLDER = standards("open_badges", "ob30")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
VALID = (
    "simple.json",
    "simple.1ob",
    "complete.json",
    "simple-context-alias.json",
    "simple-context-version.json",
    "simple-did-key-method.json",
    "simple-did-web-method.json",
    "simple-eddsa-2022.json",
    "simple-multiple-proofs.json",
    "simple_v1.json",
    "endorsement-valid.json",
    "simple-json.png",
    "simple-json.svg",
)
# By file: the reason that refuses it.
REFUSED = {
    "simple-noproof.json": Reason.NOT_SIGNED,
    "simple-err-context.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-achievement-result-description-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-identifier-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-profile-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-result-type.json": Reason.INVALID_FIELD,
    "simple-err-credential-subject-type.json": Reason.INVALID_FIELD,
    "simple-err-evidence-type.json": Reason.UNDEFINED_TERM,
    "simple-err-issuer-otheridentifier-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer-parentorg-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer-type.json": Reason.INVALID_FIELD,
    "simple-err-issuer.json": Reason.INVALID_FIELD,
    "simple-err-proof-method-no-scheme.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method-unknown-did-method.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method-unknown-scheme.json": Reason.KEY_METHOD_UNKNOWN,
    "simple-err-proof-method.json": Reason.KEY_UNREADABLE,
    "simple-err-proof-value.json": Reason.SIGNATURE_BAD,
    "simple-err-type.json": Reason.UNDEFINED_TERM,
    "endorsement-err-schema-status-refresh.json": Reason.SIGNATURE_BAD,
    # Its key lies at an address that is not there, so nothing can be said.
    "complete_v1.json": Reason.KEY_UNREACHABLE,
    # These name no key at all, or one of a test that is not published.
    "simple.jwt": Reason.KEY_UNREACHABLE,
}
# Signed, but with dates that speak against them.
DATED = {
    "simple-err-expired.json": (StatusWord.EXPIRED, Reason.EXPIRED),
    "simple-err-issued.json": (StatusWord.COULD_NOT_CHECK, Reason.NOT_YET_VALID),
}
ORGANISATION = "did:web:dc.1edtech.org:wellspring2022:wellspring-portal:org:da1e96e9-afcc-4eed-b9a2-2ddf7353214c"
KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"

pytestmark = needs(FOLDER)


def checked(name: str, **kept: Any) -> CheckedCredential:
    around = Offline(**{"now": NOW, "standings": {}, **kept})
    return check_credential((FOLDER / name).read_bytes(), around=around)


@pytest.mark.parametrize("name", VALID)
def test_a_valid_one_is_good_and_valid(name: str) -> None:
    nobody_withdrawn = KeptAnswer(data=b'{"revokedCredential": []}', as_of=NOW)
    lists = {"https://1edtech.edu/credentials/3732/revocations": nobody_withdrawn}
    found = checked(name, did_documents=documents(), status_lists=lists)
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.status.word == StatusWord.VALID, found.status


@pytest.mark.parametrize(("name", "reason"), REFUSED.items(), ids=REFUSED)
def test_an_erroneous_one_is_refused_with_its_reason(name: str, reason: Reason) -> None:
    found = checked(name)
    assert found.signature.word != SignatureWord.GOOD
    assert found.signature.reason == reason, found.signature


@pytest.mark.parametrize("name", DATED)
def test_dates_speak_against_a_credential_that_is_signed(name: str) -> None:
    found = checked(name)
    assert found.signature.word == SignatureWord.GOOD
    assert (found.status.word, found.status.reason) == DATED[name]


def test_no_fixture_of_a_credential_is_left_out() -> None:
    elsewhere = {"credential-status-revoked.json", "velocity.jwt"}
    pictures_of_tokens = {f"simple-jwt{version}.{ending}" for version in ("", "_v1") for ending in ("png", "svg")}
    known = {*VALID, *REFUSED, *DATED, *elsewhere, *pictures_of_tokens}
    assert {file.name for file in FOLDER.iterdir() if file.is_file()} - known == set()


def documents() -> dict[str, dict[str, Any]]:
    """The documents of organisations in the fixtures, with the key that signed."""
    method = {"id": f"{ORGANISATION}#{KEY}", "type": "Multikey", "controller": ORGANISATION, "publicKeyMultibase": KEY}
    return {
        ORGANISATION: {"id": ORGANISATION, "verificationMethod": [method], "assertionMethod": [method["id"]]},
    }


def test_one_on_a_revocation_list_is_withdrawn() -> None:
    document = json.loads((FOLDER / "credential-status-revoked.json").read_text(encoding="utf-8"))
    listed = {"issuer": document["issuer"]["id"], "revokedCredential": [{"id": document["id"], "revoked": True}]}
    answer = KeptAnswer(data=json.dumps(listed).encode(), as_of=NOW)
    found = checked(
        "credential-status-revoked.json",
        did_documents=documents(),
        status_lists={document["credentialStatus"]["id"]: answer},
    )
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.status.word == StatusWord.WITHDRAWN


@pytest.mark.parametrize("name", ["credential-status-revoked.json", "credential-status-revoked-blank-nodes.json"])
def test_one_whose_bit_is_set_is_withdrawn(name: str) -> None:
    document = json.loads((FOLDER / "bit-string-list" / name).read_text(encoding="utf-8"))
    url = document["credentialStatus"]["statusListCredential"]
    answer = KeptAnswer(data=(FOLDER / "bit-string-list/testlist").read_bytes(), as_of=NOW)
    found = checked(f"bit-string-list/{name}", status_lists={url: answer})
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert (found.status.word, found.status.reason) == (StatusWord.WITHDRAWN, Reason.WITHDRAWN), found.status

"""The inputs of W3C's suite for Securing Verifiable Credentials using JOSE and COSE: the tokens of JOSE.

COSE and SD-JWT of the suite are other formats (`selective_jwt` checks those of wallets).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.conformance.standards import needs, standards

from synchromesh.engine.credential_formats.envelopes import open_badge_jwt
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord

FOLDER = standards("w3c", "vc-jose-cose")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ISSUER = "https://example.issuer/vc-jose-cose"
# ES256, EdDSA, ES512: one token each; the suite has none of ES384 for credentials.
GOOD = ("credential-jose-minimal", "credential-issuer-match-signed", "credential-jose-unknown-extensions")

pytestmark = needs(FOLDER)


def around(*, purpose: str = "assertionMethod") -> Offline:
    """The issuer's document with all keys of the suite, at its address."""
    methods: list[dict[str, Any]] = []
    for name in ("p256", "p384", "p521", "ed25519"):
        method = json.loads((FOLDER / f"vm-{name}.json").read_text(encoding="utf-8"))
        del method["secretKeyJwk"]
        methods.append(method)
    document = {"id": ISSUER, "verificationMethod": methods, purpose: [method["id"] for method in methods]}
    return Offline(now=NOW, documents={ISSUER: KeptAnswer(data=json.dumps(document).encode(), as_of=NOW)})


def checked(name: str, surroundings: Offline | None = None) -> CheckedCredential:
    data = (FOLDER / f"{name}.txt").read_bytes()
    assert open_badge_jwt.accepts(data)
    return open_badge_jwt.check(data, around=surroundings or around())


@pytest.mark.parametrize("name", GOOD)
def test_a_good_token_is_good_and_from_its_issuer(name: str) -> None:
    found = checked(name, replace(around(), standings={}))
    assert found.signature.word == SignatureWord.GOOD, found.signature
    assert found.issuer.details["identifier"] == ISSUER


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("credential-jose-bad-signature", Reason.SIGNATURE_BAD),
        ("credential-jose-bad-media-type", Reason.INVALID_FIELD),
        ("credential-jose-vc-vp-claims", Reason.INVALID_FIELD),
        ("presentation-jose-multiple", Reason.INVALID_FIELD),
        ("presentation-jose-bad-media-type", Reason.INVALID_FIELD),
        ("presentation-jose-bad-credential", Reason.INVALID_FIELD),
    ],
)
def test_a_bad_token_is_refused_with_its_reason(name: str, reason: Reason) -> None:
    found = checked(name)
    assert found.signature.word != SignatureWord.GOOD
    assert found.signature.reason == reason


def test_a_key_that_is_not_for_issuing_is_refused() -> None:
    found = checked(GOOD[0], around(purpose="authentication"))
    assert found.signature.reason == Reason.KEY_OF_ANOTHER_PURPOSE


def test_without_the_issuers_document_nothing_is_said() -> None:
    found = checked(GOOD[0], Offline(now=NOW))
    assert found.signature.word == SignatureWord.COULD_NOT_CHECK
    assert found.signature.reason == Reason.KEY_UNREACHABLE

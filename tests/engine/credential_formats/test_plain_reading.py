"""A proof over linked data stays good however a document is written; the words that decide must stay where they are."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import DID, KEY, NOW, WITH_STATUS, offline

from synchromesh.engine.credential_formats.checking import check_document
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof, check_proofs
from synchromesh.engine.credential_formats.limits import MOST_CONTEXT_TERMS
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.verdicts import SignatureWord

CREDENTIALS = "https://www.w3.org/2018/credentials#"
INSTANT = "http://www.w3.org/2001/XMLSchema#dateTime"


def signed() -> dict[str, Any]:
    return add_proof(open_badge_document(WITH_STATUS), signer=KEY, cryptosuite=RDFC, created=NOW)


def rewritten(name: str, **fields: Any) -> dict[str, Any]:
    """The credential with one field taken away and others put in, which say the same as linked data."""
    return {key: value for key, value in signed().items() if key != name} | fields


def until() -> dict[str, str]:
    return {"@value": "2029-11-20T09:30:00Z", "@type": INSTANT}


ATTACKS = {
    "the end under its whole address": rewritten("validUntil", **{f"{CREDENTIALS}validUntil": until()}),
    "the status under its whole address": rewritten(
        "credentialStatus", **{f"{CREDENTIALS}credentialStatus": signed()["credentialStatus"]}
    ),
    "the suspension under its whole address": rewritten(
        "termsOfUse", **{f"{CREDENTIALS}termsOfUse": signed()["termsOfUse"]}
    ),
    "the end in another place": rewritten(
        "validUntil", **{"@included": [{"@id": WITH_STATUS.url, f"{CREDENTIALS}validUntil": until()}]}
    ),
    "the status under a word of its own": rewritten(
        "credentialStatus",
        **{
            "@context": [*signed()["@context"], {"state": {"@id": f"{CREDENTIALS}credentialStatus", "@type": "@id"}}],
            "state": signed()["credentialStatus"],
        },
    ),
}


@pytest.mark.parametrize("document", ATTACKS.values(), ids=ATTACKS)
def test_a_field_that_decides_cannot_be_hidden_from_readers_of_json(document: dict[str, Any]) -> None:
    verdict = check_proofs(document, around=offline(), issuer=DID).verdict
    assert (verdict.word, verdict.reason) == (SignatureWord.COULD_NOT_CHECK, Reason.CONTEXT_REFUSED), verdict


def test_the_same_words_without_these_tricks_are_good() -> None:
    assert check_proofs(signed(), around=offline(), issuer=DID).is_good


@pytest.mark.parametrize(
    "words",
    [
        {"name": "https://schema.org/description"},
        {"targetName": "https://schema.org/targetDescription"},
        {"Other": {"@id": "urn:o", "@context": {"description": "https://schema.org/name"}}},
        {"@context": {"achievement": "urn:other"}},
        [[{"issuer": "urn:other"}]],
        {"a": {"@id": "urn:a", "@context": None}},
        {"@import": "https://www.w3.org/ns/credentials/v2"},
        {"@base": "https://example.org/"},
        {f"word{number}": "urn:a" for number in range(MOST_CONTEXT_TERMS + 1)},
        None,
    ],
)
def test_words_of_its_own_that_touch_what_is_read_are_refused(words: Any) -> None:
    document = signed()
    document["@context"] = [*document["@context"], words]
    checked = check_document(document, around=offline(), format_name="open_badge")
    assert checked.signature.word != SignatureWord.GOOD
    assert checked.signature.reason in (Reason.CONTEXT_REFUSED, Reason.INVALID_FIELD)


def test_words_of_its_own_that_say_what_the_standard_says_are_no_harm() -> None:
    words = {"@context": {"name": "https://schema.org/name", "id": "@id", "extra": "urn:extra"}}
    document = open_badge_document(WITH_STATUS)
    document["@context"].append(words)
    good = add_proof(document | {"extra": "x"}, signer=KEY, cryptosuite=RDFC, created=NOW)
    assert check_proofs(good, around=offline(), issuer=DID).is_good

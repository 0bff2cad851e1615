"""The line "issuer": only what a signature proves is asked for."""

from __future__ import annotations

from datetime import date

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, NOW, offline

from synchromesh.engine.credential_formats.canonical_json import canonical_json
from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.issuers import check_issuer
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.surroundings import IssuerStanding
from synchromesh.engine.credential_formats.verdicts import IssuerWord

STANDING = IssuerStanding(name="Example", accredited_by="Ministry", known_since=date(2020, 1, 1))


def test_a_known_issuer_is_known_with_what_is_known() -> None:
    verdict = check_issuer([DID], around=offline(standings={DID: STANDING}))
    assert (verdict.word, verdict.reason) == (IssuerWord.KNOWN, Reason.ISSUER_KNOWN)
    assert verdict.details == {"name": "Example", "accredited_by": "Ministry", "since": "2020-01-01"}


def test_an_unknown_one_is_unknown_and_named() -> None:
    verdict = check_issuer([DID, "did:web:a.example"], around=offline(standings={}))
    assert (verdict.word, verdict.reason) == (IssuerWord.UNKNOWN, Reason.ISSUER_UNKNOWN)
    assert verdict.details == {"identifier": "did:web:a.example"}


def test_nothing_proved_is_nothing_asked() -> None:
    assert check_issuer([], around=offline()).reason == Reason.ISSUER_NOT_PROVED


def test_a_registry_that_does_not_answer_leaves_it_open() -> None:
    verdict = check_issuer([DID], around=offline(standings=None))
    assert (verdict.word, verdict.reason) == (IssuerWord.COULD_NOT_CHECK, Reason.REGISTRY_UNREACHABLE)


@pytest.mark.parametrize(
    ("until", "word"), [(date(2026, 11, 23), IssuerWord.KNOWN), (date(2026, 11, 22), IssuerWord.UNKNOWN)]
)
def test_an_issuer_must_have_been_known_when_it_awarded(until: date, word: IssuerWord) -> None:
    standing = IssuerStanding(name="Example", known_until=until)
    assert check_issuer([DID], around=offline(standings={DID: standing}), at=NOW).word == word


def test_the_address_that_a_forger_writes_into_a_document_is_not_asked_for() -> None:
    claimed = "https://university.example/issuer"
    document = {**open_badge_document(BADGE), "issuer": {"id": claimed, "type": ["Profile"], "url": claimed}}
    forged = canonical_json(add_proof(document, signer=KEY, cryptosuite=RDFC, created=NOW))
    around = offline(standings={claimed: IssuerStanding(name="University")})
    found = check_credential(forged, around=around)
    assert found.signature.word == "good"
    assert found.issuer.word == IssuerWord.UNKNOWN

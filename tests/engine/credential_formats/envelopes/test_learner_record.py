"""Learner records: one signature around many, each judged on its own; other libraries agree."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError
from tests.engine.credential_formats.badge_samples import (
    ACHIEVEMENT,
    BADGE,
    DID,
    KEY,
    LEAST,
    SITE,
    WITH_STATUS,
    offline,
)
from tests.engine.credential_formats.status_samples import signed_lists

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.envelopes import learner_record, open_badge_jwt
from synchromesh.engine.credential_formats.learner_record import learner_record_document
from synchromesh.engine.errors import InvalidInput

ONE = replace(WITH_STATUS, url=f"{SITE}/c/1")
TWO = replace(LEAST, url=f"{SITE}/c/2")
RECORD = replace(BADGE, url=f"{SITE}/c/record", evidence=(), result_percent=None, parts=(ONE, TWO))
SEALED = learner_record.seal(RECORD, signer=KEY)


def _changed(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def test_a_record_verifies_with_all_its_parts() -> None:
    checked = check_credential(SEALED, around=offline(status_lists=signed_lists()))
    assert (checked.format, checked.signature.word, checked.status.word, checked.issuer.word) == (
        "learner_record",
        "good",
        "valid",
        "known",
    )
    assert [(part.signature.word, part.status.word, part.shown.identifier) for part in checked.parts] == [
        ("good", "valid", ONE.url),
        ("good", "valid", TWO.url),
    ]
    assert learner_record.seal(RECORD, signer=KEY) == SEALED


def test_a_record_can_be_suspended_and_renewed_itself() -> None:
    record = replace(RECORD, status=WITH_STATUS.status, refresh_url=f"{SITE}/renew")
    sealed = learner_record.seal(record, signer=KEY)
    assert check_credential(sealed, around=offline(status_lists=signed_lists())).status.word == "valid"
    suspended = check_credential(sealed, around=offline(status_lists=signed_lists(suspended=[94_567])))
    assert (suspended.signature.word, suspended.status.word) == ("good", "suspended")


def test_a_part_that_was_withdrawn_is_said_of_that_part_alone() -> None:
    checked = check_credential(SEALED, around=offline(status_lists=signed_lists(revoked=[94_567])))
    assert checked.status.word == "valid"
    assert [part.status.word for part in checked.parts] == ["withdrawn", "valid"]


def test_a_changed_part_breaks_the_record_and_itself() -> None:
    document = json.loads(SEALED)
    document["credentialSubject"]["verifiableCredential"][1]["name"] = "More"
    checked = check_credential(_changed(document), around=offline(status_lists=signed_lists()))
    assert checked.signature.word == "altered"
    assert [part.signature.word for part in checked.parts] == ["good", "altered"]


def test_a_part_that_was_left_out_breaks_the_record() -> None:
    document = json.loads(SEALED)
    del document["credentialSubject"]["verifiableCredential"][1]
    assert check_credential(_changed(document), around=offline()).signature.word == "altered"


def test_parts_that_count_towards_each_other_are_associated() -> None:
    whole = replace(TWO, achievement=replace(LEAST.achievement, url=ACHIEVEMENT.part_of[0]))
    document = json.loads(learner_record.seal(replace(RECORD, parts=(ONE, whole)), signer=KEY))
    assert document["credentialSubject"]["association"] == [
        {
            "type": "Association",
            "associationType": "isPartOf",
            "sourceId": ACHIEVEMENT.url,
            "targetId": ACHIEVEMENT.part_of[0],
        }
    ]


def test_another_library_verifies_the_record() -> None:
    pem = KEY.secret.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    document = json.loads(SEALED)
    verify_data_integrity_proof(document, pem, extra_contexts=bundled_clr_contexts())
    document["name"] = "Another"
    with pytest.raises(OB3VerificationError):
        verify_data_integrity_proof(document, pem, extra_contexts=bundled_clr_contexts())


@pytest.mark.parametrize(
    "parts",
    [(), (ONE, ONE), (ONE, replace(TWO, url=RECORD.url)), tuple(replace(TWO, url=f"{SITE}/{n}") for n in range(101))],
)
def test_a_record_needs_one_to_a_hundred_different_parts(parts: tuple[Any, ...]) -> None:
    with pytest.raises(InvalidInput, match="learner record"):
        learner_record_document(replace(RECORD, parts=parts), [{}] * len(parts))


def test_parts_in_other_forms_are_checked_or_refused_one_by_one() -> None:
    document = json.loads(SEALED)
    token = open_badge_jwt.seal(TWO, signer=KEY).decode()
    document["credentialSubject"]["verifiableCredential"] = [token, "no token", 5, {"type": "ClrCredential"}]
    checked = check_credential(_changed(document), around=offline())
    assert [part.signature.word for part in checked.parts] == ["good", *["could_not_check"] * 3]


@pytest.mark.parametrize(
    "change",
    [
        {"credentialSubject": {"verifiableCredential": [{}] * 101}},
        {"credentialSubject": []},
        {"credentialSubject": "text"},
        {"issuer": None},
        {"proof": []},
        {"proof": None},
    ],
)
def test_a_record_that_is_no_use_ends_in_a_verdict(change: dict[str, Any]) -> None:
    checked = check_credential(_changed(json.loads(SEALED) | change), around=offline())
    assert checked.format == "learner_record"
    assert checked.signature.word in ("altered", "could_not_check")


def test_the_record_is_left_to_its_own_envelope() -> None:
    assert learner_record.accepts(SEALED)
    assert not learner_record.accepts(b'{"name": "\\"ClrCredential\\"", "type": "ClrCredential"')
    assert not learner_record.accepts(json.dumps({"note": "ClrCredential", "type": ["VerifiableCredential"]}).encode())
    assert DID in SEALED.decode()

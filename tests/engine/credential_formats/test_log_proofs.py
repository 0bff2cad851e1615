"""What the log says of a credential: since when it holds it; late entries, other ones and forged heads are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import BADGE, DID, KEY, NOW, SITE, offline
from tests.engine.credential_formats.log_samples import logged

from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.log_entries import EntryKind
from synchromesh.engine.credential_formats.log_proofs import check_log_proof
from synchromesh.engine.credential_formats.offline_file import LogProof
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.shown import read_shown
from synchromesh.engine.credential_formats.signing_keys import key_from_seed

SHOWN = read_shown(open_badge_document(BADGE))
PROOF = logged(BADGE, key=KEY)
LOG_DID = "did:web:alliance.example"
LOG_KEY = key_from_seed(bytes(32), f"{LOG_DID}#log")
DOCUMENTS = {LOG_DID: did_document(LOG_DID, [StatedKey(fragment="log", public=LOG_KEY.public_bytes())])}


def _line(proof: LogProof, **said: Any) -> tuple[str, str]:
    verdict = check_log_proof(proof, shown=replace(SHOWN, **said), around=offline(did_documents=DOCUMENTS))
    return verdict.word, verdict.reason


def test_a_logged_credential_is_recorded_since_its_day() -> None:
    verdict = check_log_proof(PROOF, shown=SHOWN, around=offline())
    assert (verdict.word, verdict.reason) == ("recorded", "log_recorded")
    assert verdict.details == {"on": "2026-11-20T09:30:00Z", "log": f"{SITE}/log"}
    assert _line(logged(BADGE, key=KEY, kind=EntryKind.CORRECTED)) == ("recorded", "log_recorded")


def test_the_log_of_a_site_may_have_a_key_of_the_site() -> None:
    assert _line(logged(BADGE, key=LOG_KEY)) == ("recorded", "log_recorded")
    assert _line(logged(BADGE, key=LOG_KEY, log="https://elsewhere.example/log")) == (
        "could_not_check",
        "log_not_checked",
    )
    assert _line(logged(BADGE, key=key_from_seed(bytes([3]) * 32))) == ("could_not_check", "log_not_checked")
    assert _line(logged(BADGE, key=LOG_KEY, log="https://[")) == ("could_not_check", "log_not_checked")


def test_a_credential_that_says_it_is_older_than_its_entry_is_back_dated() -> None:
    late = logged(BADGE, key=KEY, at=BADGE.issued_at + timedelta(days=30))
    verdict = check_log_proof(late, shown=SHOWN, around=offline())
    assert (verdict.word, verdict.reason) == ("contradicted", "log_later_than_stated")
    assert verdict.details == {"on": "2026-12-20T09:30:00Z", "stated": "2026-11-20T09:30:00Z"}
    assert _line(logged(BADGE, key=KEY, at=BADGE.issued_at + timedelta(days=1)))[0] == "recorded"


@pytest.mark.parametrize(
    "said",
    [
        {"identifier": f"{SITE}/c/another"},
        {"identifier": ""},
        {"issuer_id": DID, "valid_from": NOW},
        {"valid_until": NOW},
    ],
)
def test_the_entry_of_another_credential_contradicts(said: dict[str, Any]) -> None:
    assert _line(PROOF, **said) == ("contradicted", "log_contradicted")


def test_the_entry_of_another_issuer_contradicts() -> None:
    others = replace(BADGE, issuer=replace(BADGE.issuer, did="did:web:other.example"))
    assert _line(logged(others, key=KEY)) == ("contradicted", "log_contradicted")


@pytest.mark.parametrize(
    "changed",
    [
        replace(PROOF, index=PROOF.index + 1),
        replace(PROOF, index=-1),
        replace(PROOF, proof=PROOF.proof[:-1]),
        replace(PROOF, proof=(*PROOF.proof, bytes(32))),
        replace(PROOF, entry=PROOF.entry.replace(b"2026-11-20", b"2025-11-20")),
        replace(PROOF, entry=b"no entry"),
        replace(PROOF, salt=bytes(32)),
        replace(PROOF, salt=b"short"),
        replace(PROOF, facts=replace(PROOF.facts, achievement="another")),
        replace(PROOF, head={**PROOF.head, "size": 12}),
        replace(PROOF, head={**PROOF.head, "signature": "AAAA"}),
        logged(BADGE, key=KEY, kind=EntryKind.WITHDRAWN),
    ],
)
def test_a_changed_proof_contradicts(changed: LogProof) -> None:
    assert _line(changed) == ("contradicted", "log_contradicted")


@pytest.mark.parametrize(
    "head",
    [
        {},
        {**PROOF.head, "verificationMethod": 5},
        {**PROOF.head, "verificationMethod": "did:web:nowhere.example#log"},
        {**PROOF.head, "root": "aa"},
    ],
)
def test_a_head_whose_key_cannot_be_had_is_not_checked(head: dict[str, Any]) -> None:
    assert _line(replace(PROOF, head=head)) == ("could_not_check", "log_not_checked")

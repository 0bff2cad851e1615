"""The file that verifies offline: honest about what it can prove, and no tool for whoever forges all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import ISSUER, KNOWN, NOW, WITH_STATUS
from tests.engine.credential_formats.log_samples import logged
from tests.engine.credential_formats.status_samples import signed_lists

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.envelopes import (
    baked_png,
    baked_svg,
    learner_record,
    offline_bundle,
    open_badge,
    open_badge_jwt,
    selective_jwt,
)
from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.offline_file import OfflineFile, pack_offline_file
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, SignatureWord

DID = "did:web:alliance.example"
OURS = key_from_seed(bytes(32), f"{DID}#key-1")
FORGERS = key_from_seed(bytes([9]) * 32, f"{DID}#key-1")
RECORD = replace(WITH_STATUS, issuer=replace(ISSUER, did=DID))
MADE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def _document(key: MemoryKey) -> Mapping[str, Any]:
    return did_document(DID, [StatedKey(fragment="key-1", public=key.public_bytes())])


def _contents(
    envelope: ModuleType = open_badge, *, key: MemoryKey = OURS, revoked: tuple[int, ...] = (), at: datetime = MADE
) -> OfflineFile:
    record = replace(RECORD, parts=(RECORD,), url=f"{RECORD.url}x") if envelope is learner_record else RECORD
    return OfflineFile(
        envelope=envelope.__name__.rsplit(".", 1)[-1],
        credential=envelope.seal(record, signer=key),
        made_at=at,
        did_documents={DID: _document(key)},
        status_lists=signed_lists(revoked=revoked, at=at, issuer=DID, key=key),
        log=logged(record, key=key),
    )


def _check(contents: OfflineFile, around: Offline) -> CheckedCredential:
    return check_credential(pack_offline_file(contents), around=around)


def _lines(checked: CheckedCredential) -> tuple[str, str, str, str]:
    assert checked.format == "offline_bundle"
    log = checked.log.reason if checked.log is not None else ""
    return checked.signature.reason, checked.status.reason, checked.issuer.reason, log


ALONE = Offline(now=NOW)
KNOWS_THE_KEY = Offline(now=NOW, standings={did_key(OURS.public_bytes()): KNOWN})
KNOWS_THE_NAME = Offline(now=NOW, standings={DID: KNOWN})
ONLINE = Offline(
    now=NOW,
    did_documents={DID: _document(OURS)},
    status_lists=signed_lists(issuer=DID, key=OURS),
    standings={DID: KNOWN},
)


@pytest.mark.parametrize("envelope", [open_badge, open_badge_jwt, selective_jwt, baked_png, baked_svg, learner_record])
def test_without_any_network_the_signature_is_good_and_the_status_is_that_of_its_day(envelope: ModuleType) -> None:
    checked = _check(_contents(envelope), KNOWS_THE_KEY)
    assert _lines(checked) == ("signature_good", "status_last_known", "issuer_known", "log_recorded")
    assert checked.status.details == {"on": "2026-11-21T08:00:00Z", "was": "valid"}
    assert checked.shown.holder == RECORD.holder.name


def test_with_a_network_it_is_checked_like_any_other() -> None:
    assert _lines(_check(_contents(), ONLINE)) == ("signature_good", "status_clear", "issuer_known", "log_recorded")


def test_a_withdrawal_that_the_file_knows_of_stays_one() -> None:
    checked = _check(_contents(revoked=(94_567,)), KNOWS_THE_KEY)
    assert (checked.status.word, checked.status.details["on"]) == ("withdrawn", "2026-11-21T08:00:00Z")


@pytest.mark.parametrize("around", [ALONE, KNOWS_THE_NAME])
def test_a_file_that_is_forged_whole_is_never_taken_for_a_known_issuer_s(around: Offline) -> None:
    checked = _check(_contents(key=FORGERS), around)
    assert checked.signature.word == "good"
    assert checked.issuer.word == "could_not_check"
    assert checked.log is not None
    assert (checked.log.word, checked.log.reason) == ("could_not_check", "log_key_from_file")


def test_a_forged_file_is_found_out_as_soon_as_the_issuer_can_be_asked() -> None:
    assert _lines(_check(_contents(key=FORGERS), ONLINE))[0] == "signature_bad"


def test_a_key_that_only_the_file_vouches_for_is_said_to_be_that() -> None:
    assert _lines(_check(_contents(), KNOWS_THE_NAME))[2:] == ("issuer_key_from_file", "log_key_from_file")
    assert _lines(_check(_contents(), ALONE))[2] == "registry_unreachable"


def test_a_list_that_is_not_the_issuer_s_or_not_dated_by_its_signature_is_not_believed() -> None:
    contents = _contents()
    stranger = key_from_seed(bytes([7]) * 32)
    others = signed_lists(at=MADE, issuer=did_key(stranger.public_bytes()), key=stranger)
    assert _lines(_check(replace(contents, status_lists=others), KNOWS_THE_KEY))[1] == "status_list_invalid"
    claimed = {url: replace(kept, as_of=NOW) for url, kept in contents.status_lists.items()}
    checked = _check(replace(contents, status_lists=claimed), KNOWS_THE_KEY)
    assert checked.status.details["on"] == "2026-11-21T08:00:00Z"
    undated = {url: KeptAnswer(data=b"{}", as_of=NOW) for url in contents.status_lists}
    assert _lines(_check(replace(contents, status_lists=undated), KNOWS_THE_KEY))[1] == "status_list_unreachable"
    future = signed_lists(at=NOW + timedelta(days=9), issuer=DID, key=OURS)
    assert _check(replace(contents, status_lists=future), KNOWS_THE_KEY).status.word == "could_not_check"


def test_a_file_without_lists_or_log_says_less() -> None:
    checked = _check(replace(_contents(), status_lists={}, log=None), KNOWS_THE_KEY)
    assert _lines(checked) == ("signature_good", "status_list_unreachable", "issuer_known", "")


def test_the_log_of_another_credential_or_of_a_later_day_is_said_to_contradict() -> None:
    other = logged(replace(RECORD, url="https://alliance.example/c/other"), key=OURS)
    assert _lines(_check(replace(_contents(), log=other), KNOWS_THE_KEY))[3] == "log_contradicted"
    late = logged(RECORD, key=OURS, at=RECORD.issued_at + timedelta(days=90))
    assert _lines(_check(replace(_contents(), log=late), KNOWS_THE_KEY))[3] == "log_later_than_stated"


def test_a_file_inside_a_file_is_not_opened() -> None:
    inner = pack_offline_file(_contents())
    nested = _check(replace(_contents(), credential=inner), KNOWS_THE_KEY)
    assert (nested.signature.word, nested.signature.reason) == ("could_not_check", "too_deep")


def test_what_is_no_such_file_ends_in_a_verdict() -> None:
    assert (
        check_credential(b'{"format": "synchromesh-offline-credential"}', around=ALONE).signature.reason
        == "unknown_format"
    )
    assert not offline_bundle.accepts(open_badge.seal(RECORD, signer=OURS))
    assert not offline_bundle.IS_WRITTEN


PACKED = pack_offline_file(_contents(open_badge_jwt))


@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_file_is_refused_or_says_no_more_than_the_whole_one(data: st.DataObject) -> None:
    changed = bytearray(PACKED)
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    checked = check_credential(bytes(changed), around=KNOWS_THE_KEY)
    if checked.signature.word == SignatureWord.GOOD:
        assert checked.document == check_credential(PACKED, around=KNOWS_THE_KEY).document
    if checked.log is not None and checked.log.word == "recorded":
        log = json.loads(bytes(changed))["log"]
        whole = json.loads(PACKED)["log"]
        assert log["facts"] == whole["facts"]
        assert (log["entry"], log["index"], log["head"]["size"]) == (whole["entry"], 5, 11)

"""Does a credential hold today? Dates, lists of bits, older lists, and lists of the past."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import DID, KEY, LISTS, NOW, WITH_STATUS, offline

from synchromesh.engine.credential_formats.data_integrity import RDFC, add_proof
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.multikeys import did_key
from synchromesh.engine.credential_formats.open_badges import open_badge_document
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.status_lists import list_document, pack_bits
from synchromesh.engine.credential_formats.statuses import FRESH, check_status
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.verdicts import StatusWord, Verdict

PLACE = 94_567
OTHER = key_from_seed(b"another key that signs, 32 bytes")
DOCUMENT = open_badge_document(WITH_STATUS)


def listed(
    purpose: str, places: Iterable[int] = (), *, signer: MemoryKey = KEY, issuer: str = DID, **changes: Any
) -> dict[str, Any]:
    document = list_document(
        url=LISTS[purpose], issuer=issuer, purpose=purpose, bits=pack_bits(places), valid_from=NOW - timedelta(days=9)
    )
    return add_proof({**document, **changes}, signer=signer, cryptosuite=RDFC, created=NOW)


def checked(*lists: dict[str, Any], document: dict[str, Any] = DOCUMENT, as_of: datetime = NOW, **kept: Any) -> Verdict:
    """The verdict where these lists are to be had, and clear ones for the other purposes."""
    found = {purpose: listed(purpose) for purpose in LISTS}
    found |= {item["credentialSubject"]["statusPurpose"]: item for item in lists}
    answers = {
        LISTS[purpose]: KeptAnswer(data=json.dumps(item).encode(), as_of=as_of) for purpose, item in found.items()
    }
    return check_status(document, around=offline(**{"status_lists": answers, **kept}))


def test_clear_places_are_valid() -> None:
    assert checked() == Verdict(word=StatusWord.VALID, reason=Reason.STATUS_CLEAR)


@pytest.mark.parametrize("purpose", LISTS)
def test_a_place_that_is_set_withdraws_or_suspends(purpose: str) -> None:
    word = {"revocation": StatusWord.WITHDRAWN, "suspension": StatusWord.SUSPENDED}[purpose]
    assert checked(listed(purpose, [PLACE])).word == word
    assert checked(listed(purpose, [PLACE - 1, PLACE + 1])).word == StatusWord.VALID


def test_withdrawn_outweighs_suspended_and_a_list_that_does_not_answer() -> None:
    assert checked(listed("revocation", [PLACE]), listed("suspension", [PLACE])).word == StatusWord.WITHDRAWN
    only_one = {LISTS["revocation"]: KeptAnswer(data=json.dumps(listed("revocation", [PLACE])).encode(), as_of=NOW)}
    assert checked(status_lists=only_one).word == StatusWord.WITHDRAWN


def test_withdrawn_stays_so_after_its_end_and_suspended_has_run_out() -> None:
    over = {**DOCUMENT, "validUntil": "2026-11-01T00:00:00Z"}
    assert checked(listed("revocation", [PLACE]), document=over).word == StatusWord.WITHDRAWN
    assert checked(listed("suspension", [PLACE]), document=over).word == StatusWord.EXPIRED
    assert checked(document=over, status_lists={}).word == StatusWord.EXPIRED


def test_a_list_that_does_not_answer_leaves_the_status_open() -> None:
    verdict = checked(status_lists={})
    assert (verdict.word, verdict.reason) == (StatusWord.COULD_NOT_CHECK, Reason.STATUS_LIST_UNREACHABLE)
    assert verdict.details["url"] == LISTS["revocation"]


def test_a_kept_list_speaks_of_its_day_only() -> None:
    day = NOW - FRESH - timedelta(seconds=1)
    verdict = checked(as_of=day)
    assert (verdict.word, verdict.reason) == (StatusWord.COULD_NOT_CHECK, Reason.STATUS_LAST_KNOWN)
    assert verdict.details == {"was": "valid", "on": "2026-11-23T10:59:59Z"}
    assert checked(as_of=NOW - FRESH).word == StatusWord.VALID
    assert checked(listed("revocation", [PLACE]), as_of=day).word == StatusWord.WITHDRAWN
    assert checked(listed("suspension", [PLACE]), as_of=day).word == StatusWord.SUSPENDED


def forgeries() -> dict[str, tuple[dict[str, Any], Reason]]:
    good = listed("revocation")
    strange = did_key(OTHER.public_bytes())
    return {
        "unsigned": ({**good, "proof": []}, Reason.STATUS_LIST_NOT_SIGNED),
        "changed": ({**good, "validFrom": "2026-11-01T00:00:00Z"}, Reason.STATUS_LIST_NOT_SIGNED),
        "of another purpose": (
            listed("suspension") | {"id": LISTS["revocation"]}, Reason.STATUS_LIST_NOT_SIGNED,
        ),
        "no list": (
            listed("revocation", credentialSubject={"id": "urn:x", "type": "BitstringStatusList"}),
            Reason.STATUS_LIST_INVALID,
        ),
        "over": (listed("revocation", validUntil="2026-11-22T00:00:00Z"), Reason.STATUS_LIST_INVALID),
        "of another issuer under another address": (
            listed("revocation", signer=OTHER, issuer=strange, id="https://other.example/list"),
            Reason.STATUS_LIST_INVALID,
        ),
        "not json": ({}, Reason.STATUS_LIST_NOT_SIGNED),
    }  # fmt: skip


@pytest.mark.parametrize("name", forgeries())
def test_a_list_that_is_not_the_issuers_is_not_believed(name: str) -> None:
    forged, reason = forgeries()[name]
    answers = {url: KeptAnswer(data=json.dumps(forged).encode(), as_of=NOW) for url in LISTS.values()}
    verdict = checked(document={**DOCUMENT, "termsOfUse": []}, status_lists=answers)
    assert (verdict.word, verdict.reason) == (StatusWord.COULD_NOT_CHECK, reason), verdict


def test_a_list_that_another_keeps_counts_only_from_its_address() -> None:
    strange = did_key(OTHER.public_bytes())
    kept_by_another = listed("revocation", [PLACE], signer=OTHER, issuer=strange)
    assert checked(kept_by_another).word == StatusWord.WITHDRAWN
    verdict = checked(kept_by_another, as_of=NOW - timedelta(days=1))
    assert verdict.reason == Reason.STATUS_LIST_INVALID


def test_a_list_may_be_a_token() -> None:
    document = list_document(
        url=LISTS["revocation"], issuer=DID, purpose="revocation", bits=pack_bits([PLACE]), valid_from=NOW
    )
    token = sign_token(json.dumps(document).encode(), header={"kid": KEY.verification_method}, signer=KEY)
    answers = {LISTS["revocation"]: KeptAnswer(data=token.encode(), as_of=NOW)}
    assert checked(status_lists=answers).word == StatusWord.WITHDRAWN


@pytest.mark.parametrize(
    ("changes", "word", "reason"),
    [
        ({"validUntil": "2026-11-23T11:59:59Z"}, StatusWord.EXPIRED, Reason.EXPIRED),
        ({"expirationDate": "2026-11-23T11:59:59Z"}, StatusWord.EXPIRED, Reason.EXPIRED),
        ({"validUntil": "some day"}, StatusWord.COULD_NOT_CHECK, Reason.INVALID_FIELD),
        ({"validFrom": "2026-11-23T12:00:01Z"}, StatusWord.COULD_NOT_CHECK, Reason.NOT_YET_VALID),
        ({"validUntil": "2026-11-23T12:00:00Z"}, StatusWord.VALID, Reason.STATUS_CLEAR),
    ],
)
def test_dates_decide_to_the_second(changes: dict[str, Any], word: StatusWord, reason: Reason) -> None:
    verdict = checked(document={**DOCUMENT, **changes})
    assert (verdict.word, verdict.reason) == (word, reason)


def test_one_that_begins_later_and_is_withdrawn_is_withdrawn() -> None:
    later = {**DOCUMENT, "validFrom": "2027-01-01T00:00:00Z"}
    assert checked(listed("revocation", [PLACE]), document=later).word == StatusWord.WITHDRAWN


def test_an_issuer_that_offers_no_status_is_said_to() -> None:
    document = {name: value for name, value in DOCUMENT.items() if name not in ("credentialStatus", "termsOfUse")}
    assert checked(document=document).reason == Reason.STATUS_NONE_STATED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"statusListIndex": "-1"}, Reason.INVALID_FIELD),
        ({"statusListIndex": "1e3"}, Reason.INVALID_FIELD),
        ({"statusListIndex": True}, Reason.INVALID_FIELD),
        ({"statusListIndex": "9" * 40}, Reason.INVALID_FIELD),
        ({"statusListIndex": "999999999"}, Reason.STATUS_LIST_INVALID),
        ({"statusListCredential": 5}, Reason.INVALID_FIELD),
        ({"statusPurpose": ["revocation", "other"]}, Reason.INVALID_FIELD),
        ({"statusPurpose": []}, Reason.INVALID_FIELD),
        ({"statusPurpose": None}, Reason.INVALID_FIELD),
        ({"type": "SomethingElse"}, Reason.STATUS_TYPE_UNKNOWN),
        ({"type": None}, Reason.STATUS_TYPE_UNKNOWN),
    ],
)
def test_an_entry_that_cannot_be_followed_leaves_the_status_open(changes: dict[str, Any], reason: Reason) -> None:
    verdict = checked(document={**DOCUMENT, "credentialStatus": {**DOCUMENT["credentialStatus"], **changes}})
    assert (verdict.word, verdict.reason) == (StatusWord.COULD_NOT_CHECK, reason)


def test_a_status_cannot_be_hidden_by_writing_it_in_another_way() -> None:
    entry = DOCUMENT["credentialStatus"]
    for name in ("statusPurpose", "statusListIndex", "statusListCredential"):
        for value in ([entry[name]], [entry[name]] * 2, {"@value": entry[name]}, [{"@value": entry[name]}]):
            document = {**DOCUMENT, "credentialStatus": [{**entry, name: value}]}
            assert checked(listed("revocation", [PLACE]), document=document).word == StatusWord.WITHDRAWN


def test_entries_that_are_no_objects_leave_it_open_and_messages_say_nothing() -> None:
    assert checked(document={**DOCUMENT, "credentialStatus": ["x"]}).reason == Reason.INVALID_FIELD
    message = {**DOCUMENT["credentialStatus"], "statusPurpose": "message"}
    assert checked(document={**DOCUMENT, "credentialStatus": message}).word == StatusWord.VALID


def test_terms_of_use_of_other_kinds_say_nothing_about_the_status() -> None:
    assert checked(document={**DOCUMENT, "termsOfUse": [{"type": "Policy"}, "x"]}).word == StatusWord.VALID


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ({"issuer": DID, "revokedCredential": [{"id": WITH_STATUS.url}]}, StatusWord.WITHDRAWN),
        ({"revokedCredentials": [WITH_STATUS.url]}, StatusWord.WITHDRAWN),
        ({"revokedCredential": []}, StatusWord.VALID),
        ({"issuer": "did:web:other.example", "revokedCredential": []}, StatusWord.COULD_NOT_CHECK),
        ([], StatusWord.COULD_NOT_CHECK),
    ],
)
def test_a_revocation_list_of_1edtech_is_read(content: Any, word: StatusWord) -> None:
    url = "https://alliance.example/revoked"
    entry = {"id": url, "type": "1EdTechRevocationList"}
    answers = {url: KeptAnswer(data=json.dumps(content).encode(), as_of=NOW)}
    document = {**DOCUMENT, "credentialStatus": entry, "termsOfUse": []}
    assert checked(document=document, status_lists=answers).word == word
    assert checked(document={**document, "credentialStatus": {**entry, "id": 5}}).reason == Reason.INVALID_FIELD

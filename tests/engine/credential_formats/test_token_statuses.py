"""Does a token for wallets hold: by its dates, by the W3C's lists, else by the list that wallets ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import DID, LISTS, NOW, offline
from tests.engine.credential_formats.status_samples import signed_lists, signed_token_list

from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.token_statuses import check_token_status

URL = LISTS["revocation"]
NAMED = {"status": {"status_list": {"idx": 7, "uri": URL}}}
SECONDS = int(NOW.timestamp())


def _line(payload: dict[str, Any], lists: dict[str, KeptAnswer] | None = None) -> tuple[str, str]:
    verdict = check_token_status(payload, issuer=DID, around=offline(status_lists=lists or {}))
    return verdict.word, verdict.reason


@pytest.mark.parametrize(
    ("claims", "line"),
    [
        ({}, ("valid", "status_none_stated")),
        ({"exp": SECONDS + 60, "nbf": SECONDS - 60}, ("valid", "status_none_stated")),
        ({"exp": SECONDS - 60}, ("expired", "expired")),
        ({"nbf": SECONDS + 60}, ("could_not_check", "not_yet_valid")),
        ({"exp": "soon"}, ("could_not_check", "invalid_field")),
        ({"exp": SECONDS + 60, "@context": [], "validUntil": "2020-01-01T00:00:00Z"}, ("expired", "expired")),
        ({"exp": SECONDS - 60, "@context": [], "validUntil": "2099-01-01T00:00:00Z"}, ("expired", "expired")),
        ({"exp": SECONDS + 60, "@context": [], "validUntil": "soon"}, ("could_not_check", "invalid_field")),
        ({"exp": SECONDS + 60, "validUntil": "2020-01-01T00:00:00Z"}, ("valid", "status_none_stated")),
    ],
)
def test_the_dates_of_a_token_are_judged(claims: dict[str, Any], line: tuple[str, str]) -> None:
    assert _line(claims) == line


def test_the_list_for_wallets_is_asked() -> None:
    assert _line(NAMED, signed_token_list()) == ("valid", "status_clear")
    assert _line(NAMED, signed_token_list(revoked=[7])) == ("withdrawn", "withdrawn")
    assert _line(NAMED, signed_token_list(suspended=[7])) == ("suspended", "suspended")
    assert _line(NAMED | {"exp": 5}, signed_token_list(revoked=[7])) == ("expired", "expired")


def test_a_token_with_both_kinds_is_judged_by_the_list_of_the_data_model() -> None:
    entry = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": URL,
    }
    assert _line(NAMED | {"credentialStatus": [entry]}, signed_lists(revoked=[7])) == ("withdrawn", "withdrawn")


def test_an_old_list_speaks_of_the_day_it_is_of() -> None:
    before = NOW - timedelta(days=3)
    around = offline(status_lists=signed_token_list(at=before))
    verdict = check_token_status(NAMED, issuer=DID, around=around)
    assert (verdict.word, verdict.reason, verdict.details["on"]) == (
        "could_not_check",
        "status_last_known",
        "2026-11-20T12:00:00Z",
    )
    verdict = check_token_status(
        NAMED, issuer=DID, around=offline(status_lists=signed_token_list(revoked=[7], at=before))
    )
    assert (verdict.word, verdict.details["on"]) == ("withdrawn", "2026-11-20T12:00:00Z")


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"status": "text"}, "status_type_unknown"),
        ({"status": {"other_list": {}}}, "status_type_unknown"),
        ({"status": {"status_list": {"idx": "7", "uri": URL}}}, "invalid_field"),
        ({"status": {"status_list": {"idx": 7}}}, "invalid_field"),
        ({"status": {"status_list": {"idx": 7, "uri": "https://nowhere.example"}}}, "status_list_unreachable"),
        ({"status": {"status_list": {"idx": 999_999, "uri": URL}}}, "status_list_invalid"),
    ],
)
def test_a_reference_that_leads_nowhere_is_said_to(claims: dict[str, Any], reason: str) -> None:
    assert _line(claims, signed_token_list()) == ("could_not_check", reason)


def test_a_list_that_proves_nothing_is_not_believed() -> None:
    stranger = key_from_seed(bytes(32))
    (good,) = signed_token_list(revoked=[7]).values()
    lists = [
        signed_token_list(key=stranger),
        signed_token_list(kind="JWT"),
        {URL: KeptAnswer(data=good.data[:-6] + b"AAAAAA", as_of=NOW)},
        {URL: KeptAnswer(data=b"{}", as_of=NOW)},
        {URL: KeptAnswer(data=good.data, as_of=NOW + timedelta(days=1))},
    ]
    assert [_line(NAMED, kept) for kept in lists] == [("could_not_check", "status_list_invalid")] * 5

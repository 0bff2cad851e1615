"""Claims for wallets: nothing of the record is lost that a holder may show; foreign claims never crash a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import ACHIEVEMENT, BADGE, DID, ISSUER, LEAST, WITH_STATUS

from synchromesh.engine.credential_formats.multikeys import read_multikey
from synchromesh.engine.credential_formats.selective_disclosure import NEVER_HIDDEN
from synchromesh.engine.credential_formats.token_claims import FIELDS, claims_of, instant_of, shown_claims
from synchromesh.engine.errors import InvalidInput

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*FIELDS, "iss", "jti", "iat", "nbf", "exp", "issuer", "title", "name", "given_name", "vct"])


def test_a_full_record_becomes_claims_in_its_language() -> None:
    achievement = replace(ACHIEVEMENT, ects=Decimal("2.5"))
    record = replace(
        WITH_STATUS, achievement=achievement, language="de", issuer=replace(ISSUER, is_higher_education=True)
    )
    claims = claims_of(record)
    assert claims["title"] == "Sicherheit an Hochvoltbatterien"
    assert claims["workload"] == "PT25H"
    assert (claims["eqf"], claims["ects"], claims["result"], claims["level"]) == (
        {"level": 4, "source": "the training regulation of the sector"},
        "2.5",
        "88.5",
        2,
    )
    assert [place["statusPurpose"] for place in claims["credentialStatus"]] == ["revocation", "suspension"]
    assert claims["status"] == {"status_list": {"idx": 94_567, "uri": "https://alliance.example/status/revocation"}}
    assert set(FIELDS) <= claims.keys()
    assert not NEVER_HIDDEN.intersection(FIELDS)


def test_the_least_record_has_only_what_it_says() -> None:
    claims = claims_of(LEAST)
    assert claims.keys() & set(FIELDS) == {"holder_name"}
    assert not {"exp", "cnf", "credentialStatus", "status"} & claims.keys()


def test_a_token_is_bound_to_the_wallet_s_key_or_the_holder_s_own() -> None:
    own = read_multikey(BADGE.holder.did.removeprefix("did:key:")).jwk()
    assert claims_of(BADGE)["cnf"] == {"jwk": own}
    wallet = {"kty": "OKP", "crv": "Ed25519", "x": "A"}
    assert claims_of(BADGE, holder_key=wallet)["cnf"] == {"jwk": wallet}


def test_points_of_a_body_that_may_not_state_them_are_refused() -> None:
    with pytest.raises(InvalidInput, match="ECTS"):
        claims_of(replace(BADGE, achievement=replace(ACHIEVEMENT, ects=Decimal(1))))


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, datetime(1970, 1, 1, tzinfo=UTC)), (-1, None), (True, None), ("0", None), (1e300, None), (float("nan"), None)],
)
def test_only_seconds_within_our_calendar_are_an_instant(value: object, expected: datetime | None) -> None:
    assert instant_of({"exp": value}, "exp") == expected
    assert instant_of({}, "exp") is None


@settings(max_examples=80)
@given(claims=st.dictionaries(NAMES, JSON, max_size=8))
def test_any_claims_can_be_shown(claims: dict[str, Any]) -> None:
    shown = shown_claims(claims, issuer=DID)
    assert shown.issuer_id == DID
    assert all(isinstance(text, str) for fact in shown.facts for text in fact)

"""What wallets send is refused with a code whatever it is; queries ask for no more than is wished."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.credential_formats.badge_samples import BADGE, KEY, offline

from synchromesh.engine.credential_formats.checking import check_credential
from synchromesh.engine.credential_formats.jose import sign_token
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.selective_disclosure import binding_hash, split_token
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, new_key
from synchromesh.engine.credential_formats.wallet_proofs import (
    HolderKey,
    WalletFault,
    check_credential_request,
    check_presentation,
)
from synchromesh.engine.credential_formats.wallet_queries import ASKED, presentation_query
from synchromesh.engine.credential_formats.wallet_tokens import (
    CONFIGURATIONS,
    SELECTIVE,
    WHOLE,
    seal_for_wallet,
    supported_configurations,
)

ISSUER = "https://alliance.example"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=20)
    | st.just("a.b.c")
    | st.just("ey.ey~"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


def a_holder() -> tuple[MemoryKey, HolderKey]:
    """The key of a wallet, as itself and as a proof shows it."""
    made = new_key()
    public = ed25519_key(made.public_bytes())
    method = f"{public.did()}#{public.did().removeprefix('did:key:')}"
    return MemoryKey(verification_method=method, secret=made.secret), HolderKey(jwk=public.jwk(), did=public.did())


@settings(max_examples=60)
@given(proofs=JSON, configuration=st.sampled_from([*CONFIGURATIONS, "other"]) | JSON)
def test_a_request_of_any_form_is_refused_with_a_code(proofs: Any, configuration: Any) -> None:
    body = {"credential_configuration_id": configuration, "proofs": proofs}
    with pytest.raises(WalletFault) as refused:
        check_credential_request(
            body, issuer=ISSUER, configurations=CONFIGURATIONS, take_nonce=lambda nonce: True, now=NOW
        )
    assert refused.value.error in {
        "invalid_credential_request",
        "unknown_credential_configuration",
        "invalid_proof",
        "invalid_nonce",
    }


@settings(max_examples=60)
@given(header=st.dictionaries(st.sampled_from(["kid", "jwk", "typ", "x5c", "key_attestation"]), JSON), claims=JSON)
def test_a_signed_proof_of_any_form_is_refused_with_a_code(header: dict[str, Any], claims: Any) -> None:
    key, _ = a_holder()
    proof = sign_token(json.dumps(claims).encode(), header={"typ": "openid4vci-proof+jwt"} | header, signer=key)
    body = {"credential_configuration_id": WHOLE, "proofs": {"jwt": [proof]}}
    with pytest.raises(WalletFault):
        check_credential_request(
            body, issuer=ISSUER, configurations=CONFIGURATIONS, take_nonce=lambda nonce: True, now=NOW
        )


def test_a_key_may_be_named_by_its_own_identifier() -> None:
    key, holder = a_holder()
    claims = {"aud": ISSUER, "iat": int(NOW.timestamp()), "nonce": "n"}
    header = {"typ": "openid4vci-proof+jwt", "kid": key.verification_method}
    proof = sign_token(json.dumps(claims).encode(), header=header, signer=key)
    body = {"credential_configuration_id": SELECTIVE, "proofs": {"jwt": [proof]}}
    asked: list[str] = []

    def take_nonce(nonce: str) -> bool:
        asked.append(nonce)
        return True

    configuration, found = check_credential_request(
        body,
        issuer=ISSUER,
        configurations=CONFIGURATIONS,
        take_nonce=take_nonce,
        now=NOW,
    )
    assert (configuration, found, asked) == (SELECTIVE, holder, ["n"])


@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_what_is_sealed_for_a_wallet_is_good_and_bound(configuration: str) -> None:
    _, holder = a_holder()
    token = seal_for_wallet(BADGE, configuration=configuration, holder=holder, signer=KEY)
    checked = check_credential(token.encode(), around=offline())
    assert (checked.signature.word, checked.issuer.word) == ("good", "known")
    assert holder.did in json.dumps(checked.document)
    assert supported_configurations(display_name="A")[configuration]["format"] in {"dc+sd-jwt", "jwt_vc_json"}


@settings(max_examples=60)
@given(shown=st.dictionaries(st.sampled_from(["selective", "whole", "other"]), JSON, max_size=2))
def test_an_answer_of_any_form_is_refused_with_a_code(shown: dict[str, Any]) -> None:
    with pytest.raises(WalletFault):
        check_presentation(shown, query=presentation_query(()), nonce="n", client_id="c", around=offline())


def test_of_a_shown_token_only_what_its_holder_signed_counts() -> None:
    key, holder = a_holder()
    around = replace(offline(), now=datetime.now(UTC))
    token = seal_for_wallet(BADGE, configuration=SELECTIVE, holder=holder, signer=KEY)
    binding = {"aud": "c", "nonce": "n", "iat": int(time.time()), "sd_hash": binding_hash(split_token(token))}
    shown = token + sign_token(json.dumps(binding).encode(), header={"typ": "kb+jwt"}, signer=key)
    (checked,) = check_presentation(
        {"selective": [shown]}, query=presentation_query(ASKED), nonce="n", client_id="c", around=around
    )
    assert checked.signature.word == "good"
    signed, *disclosures, bound = shown.split("~")
    less = "~".join((signed, *disclosures[1:], bound))
    with pytest.raises(WalletFault):
        check_presentation(
            {"selective": [less]}, query=presentation_query(ASKED), nonce="n", client_id="c", around=around
        )


def test_a_query_asks_for_no_more_than_is_wished() -> None:
    claims = [claim["path"][0] for claim in presentation_query(["result"])["credentials"][0]["claims"]]
    assert claims == ["title", "issuer", "result"]
    assert "holder_name" in json.dumps(presentation_query(["name"]))

"""Claims that a holder may keep back: what is shown was signed; nothing by which a token is judged is hidden."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.keys import Ed25519SigningKey
from openvc.proof.sd_jwt import SdJwtVcProofSuite

from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.selective_disclosure import (
    MOST_DISCLOSURES,
    NEVER_HIDDEN,
    Presented,
    binding_hash,
    choose_claims,
    claim_names,
    hide,
    reveal,
    split_token,
)

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(
    lambda name: name not in ("_sd", "...", "_sd_alg") and name not in NEVER_HIDDEN
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 1000)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
CLAIMS = st.dictionaries(NAMES, VALUES, min_size=1, max_size=5)


def _disclosure(parts: Any) -> str:
    return base64url_encode(json.dumps(parts).encode())


def _digest(disclosure: str) -> str:
    return base64url_encode(hashlib.sha256(disclosure.encode()).digest())


@settings(max_examples=60)
@given(claims=CLAIMS, data=st.data())
def test_what_is_hidden_and_disclosed_comes_back_and_the_rest_stays_out(
    claims: dict[str, Any], data: st.DataObject
) -> None:
    names = data.draw(st.sets(st.sampled_from(sorted(claims))))
    payload, disclosures = hide(claims, names)
    assert not names & payload.keys()
    assert reveal(payload, disclosures) == claims
    kept = data.draw(st.sets(st.sampled_from(sorted(names)))) if names else set()
    presented = split_token(choose_claims(Presented(signed="a.b.c", disclosures=disclosures), kept))
    assert set(claim_names(presented)) == kept
    assert reveal(payload, presented.disclosures) == {k: v for k, v in claims.items() if k not in names or k in kept}


def test_salts_are_drawn_anew_each_time() -> None:
    assert hide({"name": "Ada"}, ["name"])[1] != hide({"name": "Ada"}, ["name"])[1]
    assert len(json.loads(base64url_decode(hide({"name": "Ada"}, ["name"])[1][0]))[0]) == 22


@pytest.mark.parametrize("name", sorted(NEVER_HIDDEN))
def test_a_claim_by_which_the_token_is_judged_is_never_hidden_nor_accepted_hidden(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        hide({name: 1}, [name])
    hidden = _disclosure(["salt", name, 1])
    with pytest.raises(Refusal, match="kept back"):
        reveal({"_sd": [_digest(hidden)]}, [hidden])
    inner = _disclosure(["salt", "idx", 1])
    with pytest.raises(Refusal, match="kept back"):
        reveal({name: {"_sd": [_digest(inner)]}}, [inner])


def test_nested_claims_and_items_of_lists_are_put_back() -> None:
    item = _disclosure(["s", "second"])
    inner = _disclosure(["s", "city", "Riga"])
    outer = _disclosure(["s", "address", {"_sd": [_digest(inner)], "country": "LV"}])
    payload = {"_sd": [_digest(outer), "a decoy"], "list": ["first", {"...": _digest(item)}, {"...": "hidden"}]}
    assert reveal(payload, [item, outer, inner]) == {
        "list": ["first", "second"],
        "address": {"country": "LV", "city": "Riga"},
    }
    assert reveal(payload, [outer]) == {"list": ["first"], "address": {"country": "LV"}}


NAMED = _disclosure(["s", "name", "Ada"])
ITEM = _disclosure(["s", "Ada"])


@pytest.mark.parametrize(
    ("payload", "disclosures"),
    [
        ({}, [NAMED]),
        ({"_sd": [_digest(NAMED)]}, [NAMED, NAMED]),
        ({"_sd": [_digest(NAMED), _digest(NAMED)]}, []),
        ({"_sd": [_digest(NAMED)], "name": "Eve"}, [NAMED]),
        ({"_sd": [_digest(ITEM)]}, [ITEM]),
        ({"list": [{"...": _digest(NAMED)}]}, [NAMED]),
        ({"...": _digest(ITEM)}, [ITEM]),
        ({"_sd": "text"}, []),
        ({"_sd": [5]}, []),
        ({"_sd_alg": "md5"}, []),
        ({"_sd_alg": ["sha-256"]}, []),
        ({}, ["!"]),
        ({}, [_disclosure({})]),
        ({}, [_disclosure(["s", 5, 5])]),
        ({}, [_disclosure([5, "n", 5])]),
        ({}, [_disclosure(["s", "_sd", []])]),
        ({}, [_disclosure(["s"])]),
        ({}, [base64url_encode(b'["s","a",{"b":1,"b":2}]')]),
    ],
)
def test_a_token_against_the_rules_is_refused(payload: dict[str, Any], disclosures: list[str]) -> None:
    with pytest.raises(Refusal):
        reveal(payload, disclosures)


def test_a_chain_of_disclosures_without_end_is_refused() -> None:
    disclosures = [_disclosure(["s", "end", 1])]
    for number in range(60):
        disclosures.append(_disclosure(["s", f"n{number}", {"_sd": [_digest(disclosures[-1])]}]))
    with pytest.raises(Refusal, match="deeper"):
        reveal({"_sd": [_digest(disclosures[-1])]}, disclosures)


@pytest.mark.parametrize("text", ["", "a.b.c", "a.b.c~~", "a.b.c~ü~", "a.b.c" + "~x" * (MOST_DISCLOSURES + 1) + "~"])
def test_what_is_no_token_with_disclosures_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        split_token(text)


@settings(max_examples=20)
@given(claims=CLAIMS)
def test_what_another_library_hides_is_put_back(claims: dict[str, Any]) -> None:
    key = Ed25519SigningKey.generate("did:example:1#k")
    token = SdJwtVcProofSuite().issue(
        {"iss": "did:example:1", **claims}, signing_key=key, vct="urn:x", disclosable=list(claims), decoys=2
    )
    presented = split_token(token)
    payload = json.loads(base64url_decode(presented.signed.split(".")[1]))
    revealed = reveal(payload, presented.disclosures)
    assert {name: revealed[name] for name in claims} == claims
    bound = SdJwtVcProofSuite().create_presentation(token, holder_key=key, audience="a", nonce="n")
    assert (
        binding_hash(split_token(bound)) == json.loads(base64url_decode(bound.split("~")[-1].split(".")[1]))["sd_hash"]
    )

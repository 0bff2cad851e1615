"""Keys of issuers of the web: only those that the issuer itself lists, and none that is guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.engine.credential_formats.badge_samples import KEY, NOW

from synchromesh.engine.credential_formats.jose import Token, read_token, sign_token
from synchromesh.engine.credential_formats.multikeys import ed25519_key
from synchromesh.engine.credential_formats.offline import Offline
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.signing_keys import key_from_seed
from synchromesh.engine.credential_formats.surroundings import KeptAnswer
from synchromesh.engine.credential_formats.token_issuers import check_issuer_token, metadata_address

ISSUER = "https://issuer.example/tenant"
METADATA = "https://issuer.example/.well-known/jwt-vc-issuer/tenant"
JWK = ed25519_key(KEY.public_bytes()).jwk()
OTHER = ed25519_key(key_from_seed(bytes(32)).public_bytes()).jwk()


def _token(kid: str | None = "one") -> Token:
    return read_token(sign_token(b"{}", header={} if kid is None else {"kid": kid}, signer=KEY))


def _around(**documents: Any) -> Offline:
    named = {"metadata": METADATA, "keys": "https://issuer.example/keys"}
    return Offline(
        now=NOW,
        documents={
            named[name]: KeptAnswer(data=json.dumps(document).encode(), as_of=NOW)
            for name, document in documents.items()
        },
    )


@pytest.mark.parametrize("kid", ["one", None])
def test_a_token_of_a_listed_key_proves_the_issuer(kid: str | None) -> None:
    keys = {"keys": [JWK | {"kid": "one"}] if kid is None else [OTHER | {"kid": "two"}, JWK | {"kid": "one"}]}
    for around in (
        _around(metadata={"issuer": ISSUER, "jwks": keys}),
        _around(metadata={"issuer": ISSUER, "jwks_uri": "https://issuer.example/keys"}, keys=keys),
    ):
        found = check_issuer_token(_token(kid), issuer=ISSUER, around=around)
        assert found.proves == (ed25519_key(KEY.public_bytes()).did(), ISSUER)


@pytest.mark.parametrize(
    ("metadata", "kid", "reason"),
    [
        ({"issuer": "https://other.example", "jwks": {"keys": [JWK]}}, None, "key_unreadable"),
        ({"issuer": ISSUER, "jwks": {"keys": [JWK, OTHER]}}, None, "key_not_listed"),
        ({"issuer": ISSUER, "jwks": {"keys": [JWK]}}, "one", "key_not_listed"),
        ({"issuer": ISSUER, "jwks": {"keys": "text"}}, "one", "key_not_listed"),
        ({"issuer": ISSUER, "jwks": []}, "one", "key_not_listed"),
        ({"issuer": ISSUER}, "one", "key_not_listed"),
        ({"issuer": ISSUER, "jwks_uri": "https://issuer.example/nothing"}, "one", "key_unreachable"),
        ({"issuer": ISSUER, "jwks": {"keys": [OTHER]}}, None, "signature_bad"),
        ({"issuer": ISSUER, "jwks": {"keys": [{"kty": "oct"}]}}, None, "key_unreadable"),
        ([], "one", "key_unreachable"),
    ],
)
def test_a_token_of_another_key_is_refused(metadata: Any, kid: str | None, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_issuer_token(_token(kid), issuer=ISSUER, around=_around(metadata=metadata))
    assert refused.value.reason == reason


def test_an_issuer_without_metadata_is_unreachable() -> None:
    with pytest.raises(Refusal) as refused:
        check_issuer_token(_token(), issuer=ISSUER, around=_around())
    assert refused.value.reason == "key_unreachable"


@pytest.mark.parametrize(
    ("issuer", "address"),
    [
        (ISSUER, METADATA),
        ("https://issuer.example", "https://issuer.example/.well-known/jwt-vc-issuer"),
        ("https://issuer.example/", "https://issuer.example/.well-known/jwt-vc-issuer"),
    ],
)
def test_the_well_known_name_stands_between_host_and_path(issuer: str, address: str) -> None:
    assert metadata_address(issuer) == address


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(Refusal):
        metadata_address("https://[")

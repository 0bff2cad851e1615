"""A small wallet of our own: it knows the protocols from their texts and nothing of the product's code.

It takes what an offer says, follows the addresses that it finds, keeps what it gets and shows it when asked.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


# method, address, headers, body -> answer
Fetch = Callable[[str, str, Mapping[str, str], bytes], Answer]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def read_claims(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads(unpadded(token.split(".")[1]))
    return claims


@dataclass(slots=True, kw_only=True)
class SmallWallet:
    """One key, and what was put in."""

    fetch: Fetch
    algorithm: str = "ES256"
    kept: dict[str, str] = field(default_factory=dict)
    key: Any = None

    def __post_init__(self) -> None:
        self.key = ECKey.generate_key("P-256") if self.algorithm == "ES256" else OKPKey.generate_key("Ed25519")

    @property
    def public(self) -> dict[str, Any]:
        """The public key as JWK."""
        return {name: value for name, value in self.key.as_dict(private=False).items() if name in "kty crv x y"}

    @property
    def did(self) -> str:
        return f"did:jwk:{base64url(json.dumps(self.public, sort_keys=True, separators=(',', ':')).encode())}"

    def sign(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
        full = {"alg": self.algorithm, **header}
        return jws.serialize_compact(full, json.dumps(claims).encode(), self.key, algorithms=[self.algorithm])

    # Taking a credential -------------------------------------------------------------------------------------------
    def read_offer(self, link: str) -> dict[str, Any]:
        parts = urlsplit(link)
        assert parts.scheme == "openid-credential-offer"
        offer: dict[str, Any] = json.loads(parse_qs(parts.query)["credential_offer"][0])
        return offer

    def get(self, url: str) -> Any:
        answer = self.fetch("GET", url, {}, b"")
        assert answer.status == 200, answer
        return answer.json()

    def post_form(self, url: str, fields: Mapping[str, str]) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.fetch("POST", url, kind, urlencode(fields).encode())

    def ask_token(self, offer: Mapping[str, Any], pin: str) -> Answer:
        server = self.get(f"{offer['credential_issuer']}/.well-known/oauth-authorization-server")
        grant = offer["grants"][PRE_AUTHORIZED]
        fields = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": grant["pre-authorized_code"], "tx_code": pin}
        return self.post_form(server["token_endpoint"], fields)

    def prove_key(self, issuer: str, nonce: str, changes: Mapping[str, Any] | None = None) -> str:
        """The proof of a key (OpenID4VCI 1.0, appendix F.1); `changes` make it wrong."""
        claims = {"aud": issuer, "iat": int(time.time()), "nonce": nonce, **(changes or {})}
        return self.sign({"typ": "openid4vci-proof+jwt", "jwk": self.public}, claims)

    def ask_credential(self, issuer: str, token: str, configuration: str, proof: str = "") -> Answer:
        metadata = self.get(f"{issuer}/.well-known/openid-credential-issuer")
        if not proof:
            nonce = self.post_form(metadata["nonce_endpoint"], {}).json()["c_nonce"]
            proof = self.prove_key(issuer, nonce)
        body = {"credential_configuration_id": configuration, "proofs": {"jwt": [proof]}}
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return self.fetch("POST", metadata["credential_endpoint"], headers, json.dumps(body).encode())

    def take(self, link: str, pin: str) -> None:
        """Follow an offer to its end and keep a credential of each configuration."""
        offer = self.read_offer(link)
        token = self.ask_token(offer, pin).json()["access_token"]
        metadata = self.get(f"{offer['credential_issuer']}/.well-known/openid-credential-issuer")
        for configuration in offer["credential_configuration_ids"]:
            answer = self.ask_credential(offer["credential_issuer"], token, configuration)
            assert answer.status == 200, answer
            kind = metadata["credential_configurations_supported"][configuration]["format"]
            self.kept[kind] = answer.json()["credentials"][0]["credential"]

    # Showing it ----------------------------------------------------------------------------------------------------
    def read_request(self, link: str) -> dict[str, Any]:
        """Fetch a request and check who signed it: the key must stand in the document of the DID that asks."""
        asked = parse_qs(urlsplit(link).query)
        answer = self.fetch("GET", asked["request_uri"][0], {}, b"")
        assert answer.status == 200, answer
        signed = answer.body.decode()
        header, claims = json.loads(unpadded(signed.split(".")[0])), read_claims(signed)
        assert header["typ"] == "oauth-authz-req+jwt"
        assert claims["client_id"] == asked["client_id"][0]
        prefix, _, did = claims["client_id"].partition(":")
        assert prefix == "decentralized_identifier"
        assert did.startswith("did:web:")
        host, *path = did.removeprefix("did:web:").replace("%3A", "\0").split(":")
        address = urlsplit(asked["request_uri"][0]).scheme + "://" + host.replace("\0", ":")
        document = self.get(f"{address}/{'/'.join(path)}/did.json")
        method = next(one for one in document["verificationMethod"] if one["id"] == header["kid"])
        key = Ed25519PublicKey.from_public_bytes(base58(method["publicKeyMultibase"])[2:])
        payload, _, signature = signed.rpartition(".")
        key.verify(unpadded(signature), payload.encode())
        return claims

    def show(self, link: str, *, kind: str = "dc+sd-jwt", changes: Mapping[str, Any] | None = None) -> Answer:
        """Answer a request with what it asks for and no more."""
        request = self.read_request(link)
        query = next(one for one in request["dcql_query"]["credentials"] if one["format"] == kind)
        binding = {"aud": request["client_id"], "nonce": request["nonce"], "iat": int(time.time())} | dict(
            changes or {}
        )
        shown = self._selected(query, binding) if kind == "dc+sd-jwt" else self._whole(binding)
        fields = {"vp_token": json.dumps({query["id"]: [shown]}), "state": request["state"]}
        return self.post_form(request["response_uri"], fields)

    def refuse(self, link: str) -> Answer:
        request = self.read_request(link)
        return self.post_form(request["response_uri"], {"error": "access_denied", "state": request["state"]})

    def _selected(self, query: Mapping[str, Any], binding: Mapping[str, Any]) -> str:
        wanted = {one["path"][0] for one in query["claims"]}
        signed, *disclosures, _ = self.kept["dc+sd-jwt"].split("~")
        chosen = [one for one in disclosures if json.loads(unpadded(one))[1] in wanted]
        text = "~".join((signed, *chosen, ""))
        hashed = base64url(hashlib.sha256(text.encode()).digest())
        return text + self.sign({"typ": "kb+jwt"}, {**binding, "sd_hash": hashed})

    def _whole(self, binding: Mapping[str, Any]) -> str:
        presentation = {
            "@context": ["https://www.w3.org/2018/credentials/v1"],
            "type": ["VerifiablePresentation"],
            "holder": self.did,
            "verifiableCredential": [self.kept["jwt_vc_json"]],
        }
        claims = {"iss": self.did, **binding, "exp": int(time.time()) + 300, "vp": presentation}
        return self.sign({"typ": "JWT", "kid": f"{self.did}#0"}, claims)


def base58(multibase: str) -> bytes:
    """Multibase `z`."""
    number = 0
    for letter in multibase.removeprefix("z"):
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")

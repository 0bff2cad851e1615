"""Documents that list the public keys of an issuer: written for our own, read for everybody's.

Sources: W3C Decentralized Identifiers 1.0 and Controlled Identifiers 1.0, section 3.3 (to retrieve a key is to
find it in the document of its controller, under the purpose that it is used for), the methods did:web, did:key and
did:jwk. An address of the web may hold such a document as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.contexts import DID_1, MULTIKEY_1
from synchromesh.engine.credential_formats.encodings import base58_decode, base64url_decode
from synchromesh.engine.credential_formats.instants import instant_text, read_instant
from synchromesh.engine.credential_formats.multikeys import PublicKey, ed25519_key, read_jwk, read_multikey
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.errors import ExternalFailure, InvalidInput

ISSUING = "assertionMethod"
_WEB_PART = re.compile(r"[A-Za-z0-9._-]+|[A-Za-z0-9.-]+%3A\d{1,5}")
_MOST_BYTES = 400_000
_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedKey:
    """A key of our own as its document states it: `fragment` without #, raw Ed25519, and since when it is given up."""

    fragment: str
    public: bytes
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKey:
    """A key that may be used, and the identifiers that a signature by it proves: that of the key, then its owner's."""

    key: PublicKey
    proves: tuple[str, ...]


def did_document(did: str, keys: Sequence[StatedKey]) -> dict[str, Any]:
    """Write the document of an issuer, to lie at `did_web_address`.

    A key that was given up stays listed with the instant of that, so that what it signed before still verifies.
    """
    methods: list[dict[str, Any]] = []
    for stated in keys:
        method = {
            "id": f"{did}#{stated.fragment}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": ed25519_key(stated.public).multikey(),
        }
        if stated.revoked is not None:
            method["revoked"] = instant_text(stated.revoked)
        methods.append(method)
    return {
        "@context": [DID_1, MULTIKEY_1],
        "id": did,
        "verificationMethod": methods,
        ISSUING: [method["id"] for method in methods],
        "authentication": [method["id"] for method in methods if "revoked" not in method],
    }


def did_web_address(did: str) -> str:
    """Where the document of a did:web lies, such as https://example.org/.well-known/did.json. Raises Refusal."""
    parts = did.removeprefix("did:web:").split(":")
    if not did.startswith("did:web:") or not all(_WEB_PART.fullmatch(part) and part.strip(".") for part in parts):
        raise Refusal(Reason.KEY_METHOD_UNKNOWN, method=did[:200])
    host, *folders = (part.replace("%3A", ":") for part in parts)
    return f"https://{host}/{'/'.join(folders) or '.well-known'}/did.json"


def find_key(
    method: object,
    *,
    issuer: str,
    around: Surroundings,
    purpose: str = ISSUING,
    at: datetime | None = None,
) -> FoundKey:
    """Find the public key that a proof names, and whether it may be used for that.

    `issuer` is who the document says has signed; where that is a DID, the key must be one of its own. `at` is when it
    is said to have signed (now, where that is unknown). Raises Refusal with a reason of the kind KEY_...
    """
    if not isinstance(method, str) or ":" not in method:
        raise Refusal(Reason.KEY_METHOD_UNKNOWN, method=str(method)[:200])
    found = _find(method, purpose=purpose, around=around, at=at or around.now)
    if issuer.startswith("did:") and issuer not in found.proves:
        raise Refusal(Reason.KEY_OF_ANOTHER, method=method[:200], issuer=issuer[:200])
    return found


def _find(method: str, *, purpose: str, around: Surroundings, at: datetime) -> FoundKey:
    owner, _, fragment = method.partition("#")
    if owner.startswith("did:key:"):
        if fragment not in ("", owner.removeprefix("did:key:")):
            raise Refusal(Reason.KEY_NOT_LISTED, method=method[:200])
        return FoundKey(key=read_multikey(owner.removeprefix("did:key:")), proves=(owner,))
    if owner.startswith("did:jwk:"):
        if fragment not in ("", "0"):
            raise Refusal(Reason.KEY_NOT_LISTED, method=method[:200])
        key = read_jwk(_json_of(owner.removeprefix("did:jwk:")))
        return FoundKey(key=key, proves=(key.did(), owner))
    if owner.startswith("did:web:") and _DID.fullmatch(owner):
        return _listed(_document_of(owner, around), method, owner, purpose=purpose, at=at)
    if owner.startswith("https://"):
        return _of_address(method, owner, fragment, purpose=purpose, around=around, at=at)
    raise Refusal(Reason.KEY_METHOD_UNKNOWN, method=method[:200])


def _of_address(
    method: str, owner: str, fragment: str, *, purpose: str, around: Surroundings, at: datetime
) -> FoundKey:
    """A key at an address: in the document there; else, where the fragment is the key itself, that key on its own.

    Issuers of Open Badges write addresses such as https://example.org/issuer#z6Mk... that lead nowhere. The signature
    can then be checked, but proves nothing about the address.
    """
    try:
        document = read_object(around.fetch(owner).data, most_bytes=_MOST_BYTES)
    except (ExternalFailure, InvalidInput) as failure:
        if fragment.startswith("z"):
            key = read_multikey(fragment)
            return FoundKey(key=key, proves=(key.did(),))
        raise Refusal(Reason.KEY_UNREACHABLE, method=method[:200], problem=failure.message) from None
    return _listed(document, method, owner, purpose=purpose, at=at)


def _document_of(did: str, around: Surroundings) -> Mapping[str, Any]:
    try:
        document = around.did_document(did)
    except (ExternalFailure, InvalidInput) as failure:
        raise Refusal(Reason.KEY_UNREACHABLE, method=did[:200], problem=failure.message) from None
    if not isinstance(document, Mapping):
        raise Refusal(Reason.KEY_UNREADABLE, problem="the document of its owner is no JSON object.")
    return document


def _listed(document: Mapping[str, Any], method: str, owner: str, *, purpose: str, at: datetime) -> FoundKey:
    """Take a key out of its owner's document, if it is listed there for the purpose and was in use."""
    if document.get("id") != owner:
        raise Refusal(Reason.KEY_UNREADABLE, problem="the document of its owner bears another identifier.")
    entry = _entry(document, method, owner, ("verificationMethod", purpose))
    if entry is None:
        raise Refusal(Reason.KEY_NOT_LISTED, method=method[:200])
    method = _whole(entry.get("id"), owner)
    if entry.get("controller", owner) != owner:
        raise Refusal(Reason.KEY_OF_ANOTHER, method=method[:200], issuer=owner[:200])
    if not any(_names(item, method, owner) for item in _items(document, purpose)):
        raise Refusal(Reason.KEY_OF_ANOTHER_PURPOSE, method=method[:200])
    for name in ("revoked", "expires"):
        end = read_instant(entry.get(name))
        if name in entry and (end is None or end <= at):
            raise Refusal(Reason.KEY_NO_LONGER_USED, method=method[:200], on=str(entry[name])[:30])
    key = _key_of(entry)
    return FoundKey(key=key, proves=(key.did(), owner))


def _items(document: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = document.get(name, ())
    return value if isinstance(value, list) else [value]


def _whole(address: Any, owner: str) -> str:
    """The address of a method, which a document may write as its fragment alone."""
    text = address if isinstance(address, str) else ""
    return owner + text if text.startswith("#") else text


def _names(item: Any, method: str, owner: str) -> bool:
    """Whether an item of a list is the method: by its address, or as an object with it."""
    return _whole(item.get("id") if isinstance(item, Mapping) else item, owner) == method


def _entry(document: Mapping[str, Any], method: str, owner: str, names: tuple[str, ...]) -> Mapping[str, Any] | None:
    """The entry of a method; tokens may name a key by the `kid` that its JWK bears instead of by address."""
    entries = [item for name in names for item in _items(document, name) if isinstance(item, Mapping)]
    for item in entries:
        if _names(item, method, owner):
            return item
    for item in entries:
        jwk = item.get("publicKeyJwk")
        kid = jwk.get("kid") if isinstance(jwk, Mapping) else None
        if isinstance(kid, str) and kid and method == f"{owner}#{kid}":
            return item
    return None


def _key_of(entry: Mapping[str, Any]) -> PublicKey:
    multibase, jwk, base58 = (entry.get(f"publicKey{form}") for form in ("Multibase", "Jwk", "Base58"))
    if isinstance(multibase, str):
        return read_multikey(multibase)
    if isinstance(jwk, Mapping):
        return read_jwk(jwk)
    if isinstance(base58, str) and entry.get("type") == "Ed25519VerificationKey2018":
        return ed25519_key(base58_decode(base58))
    raise Refusal(Reason.KEY_UNREADABLE, problem="its entry holds neither publicKeyMultibase nor publicKeyJwk.")


def _json_of(text: str) -> dict[str, Any]:
    try:
        return read_object(base64url_decode(text), most_bytes=20_000)
    except Refusal as fault:
        raise Refusal(Reason.KEY_UNREADABLE, problem=fault.message) from None

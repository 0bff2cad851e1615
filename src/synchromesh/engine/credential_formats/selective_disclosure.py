"""Claims of a token that its holder may show or keep back, each behind a salted hash.

Source: RFC 9901 (Selective Disclosure for JSON Web Tokens): section 4.2 (disclosures), 4.2.4 (digests), 7.1 (what a
verifier must refuse), 4.3 (key binding).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from synchromesh.engine.credential_formats.canonical_json import canonical_json, read_json
from synchromesh.engine.credential_formats.encodings import base64url_decode, base64url_encode
from synchromesh.engine.credential_formats.reasons import Reason
from synchromesh.engine.credential_formats.refusals import Refusal

MOST_DISCLOSURES = 1_000
MOST_DEPTH = 30
SALT_LENGTH = 16
_HASHES = {"sha-256": hashlib.sha256, "sha-384": hashlib.sha384, "sha-512": hashlib.sha512}
_RESERVED = ("_sd", "...")

# Claims by which a token is judged: a holder could keep them back unnoticed, so they must never be hidden.
# draft-ietf-oauth-sd-jwt-vc section 2.2.2.3, and the status of the W3C's data model, which we judge by as well.
NEVER_HIDDEN = frozenset(
    ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status", "credentialStatus", "@context")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """A token in its parts: what the issuer signed, the disclosures, and the holder's signature over both, if any."""

    signed: str
    disclosures: tuple[str, ...]
    key_binding: str = ""

    def without_binding(self) -> str:
        """The token up to the last ~, which is what a key binding signs the hash of."""
        return "~".join((self.signed, *self.disclosures, ""))


def split_token(text: str) -> Presented:
    """Take a token apart. Raises Refusal when it is none or has more than 1,000 disclosures."""
    signed, *rest = text.split("~")
    if not rest or not text.isascii():
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="it is no token with disclosures.")
    *disclosures, key_binding = rest
    if len(disclosures) > MOST_DISCLOSURES or not all(disclosures):
        raise Refusal(Reason.SIGNATURE_UNREADABLE, problem="it has too many disclosures or an empty one.")
    return Presented(signed=signed, disclosures=tuple(disclosures), key_binding=key_binding)


def hide(
    claims: Mapping[str, Any], names: Collection[str], *, draw: Callable[[int], bytes] = secrets.token_bytes
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Put top-level claims behind hashes: returns the claims to sign and the disclosures, in the order of the claims.

    `draw` gives random bytes for the salts. Raises ValueError for a claim that must never be hidden.
    """
    refused = NEVER_HIDDEN.intersection(names)
    if refused:
        raise ValueError(f"A holder must not be able to keep {', '.join(sorted(refused))} back.")
    hidden = [name for name in claims if name in names]
    disclosures = tuple(_disclosure(draw(SALT_LENGTH), name, claims[name]) for name in hidden)
    shown = {name: value for name, value in claims.items() if name not in names}
    if not disclosures:
        return shown, ()
    # In the order of the hashes, so that their order says nothing about the claims.
    digests = sorted(_digest(disclosure, "sha-256") for disclosure in disclosures)
    return shown | {"_sd": digests, "_sd_alg": "sha-256"}, disclosures


def _disclosure(salt: bytes, name: str, value: Any) -> str:
    return base64url_encode(canonical_json([base64url_encode(salt), name, value]))


def _digest(disclosure: str, algorithm: str) -> str:
    return base64url_encode(_HASHES[algorithm](disclosure.encode("ascii")).digest())


def claim_names(presented: Presented) -> tuple[str, ...]:
    """The names of the top-level claims that are disclosed, in the order of the token. Raises Refusal."""
    return tuple(parts[1] for parts in map(_read_disclosure, presented.disclosures) if len(parts) == 3)


def choose_claims(presented: Presented, names: Collection[str]) -> str:
    """Drop the disclosures of all other claims, and the key binding, which covers them. Raises Refusal.

    Only for tokens whose disclosures do not hold each other, as those of `hide`.
    """
    kept = [item for item in presented.disclosures if _read_disclosure(item)[-2] in names]
    return "~".join((presented.signed, *kept, ""))


def reveal(payload: Mapping[str, Any], disclosures: Sequence[str]) -> dict[str, Any]:
    """Put the disclosed claims back in their places (section 7.1); what was not disclosed stays out.

    Raises Refusal for a disclosure that nothing refers to, that comes twice, that would overwrite a claim, or that
    hides a claim by which the token is judged.
    """
    algorithm = payload.get("_sd_alg", "sha-256")
    if not isinstance(algorithm, str) or algorithm not in _HASHES:
        raise _invalid("its hash algorithm is not known.")
    revealing = _Revealing({_digest(item, algorithm): _read_disclosure(item) for item in disclosures})
    if len(revealing.by_digest) != len(disclosures):
        raise _invalid("a disclosure comes twice.")
    claims: dict[str, Any] = revealing.opened(payload, depth=0, top="")
    if len(revealing.used) != len(disclosures):
        raise _invalid("a disclosure belongs to nothing that was signed.")
    claims.pop("_sd_alg", None)
    return claims


def _read_disclosure(text: str) -> list[Any]:
    parts = read_json(base64url_decode(text))
    is_array = isinstance(parts, list) and len(parts) in (2, 3) and isinstance(parts[0], str)
    if not is_array or (len(parts) == 3 and not isinstance(parts[1], str)):
        raise _invalid("a disclosure is neither a claim nor an item of a list.")
    if len(parts) == 3 and parts[1] in _RESERVED:
        raise _invalid("a disclosure uses a reserved name.")
    return list(parts)


def _invalid(problem: str) -> Refusal:
    return Refusal(Reason.PROOF_INVALID, problem=problem)


@dataclass(slots=True)
class _Revealing:
    """One pass over a payload. `top` is the top-level claim that the pass is inside of."""

    by_digest: dict[str, list[Any]]
    used: set[str] = field(default_factory=set)
    _met: set[str] = field(default_factory=set)

    def opened(self, value: Any, *, depth: int, top: str) -> Any:
        if depth > MOST_DEPTH:
            raise Refusal(Reason.TOO_DEEP, limit=str(MOST_DEPTH))
        if isinstance(value, Mapping):
            return self._object(value, depth=depth + 1, top=top)
        if isinstance(value, list):
            return self._items(value, depth=depth + 1, top=top)
        return value

    def _object(self, value: Mapping[str, Any], *, depth: int, top: str) -> dict[str, Any]:
        if "..." in value:
            raise _invalid("the name of a hidden item stands outside of a list.")
        digests = value.get("_sd", [])
        if not isinstance(digests, list):
            raise _invalid("_sd is no list.")
        opened = {
            name: self.opened(inner, depth=depth, top=top or name) for name, inner in value.items() if name != "_sd"
        }
        for digest in digests:
            parts = self._take(digest, length=3)
            if parts is None:
                continue
            name = parts[1]
            self._refuse_hidden(top or name)
            if name in opened:
                raise _invalid(f"a disclosure would overwrite “{name[:60]}”.")
            opened[name] = self.opened(parts[2], depth=depth, top=top or name)
        return opened

    def _items(self, values: list[Any], *, depth: int, top: str) -> list[Any]:
        opened = []
        for value in values:
            if not (isinstance(value, Mapping) and set(value) == {"..."}):
                opened.append(self.opened(value, depth=depth, top=top))
                continue
            parts = self._take(value["..."], length=2)
            if parts is not None:
                self._refuse_hidden(top)
                opened.append(self.opened(parts[1], depth=depth, top=top))
        return opened

    def _take(self, digest: Any, *, length: int) -> list[Any] | None:
        if not isinstance(digest, str) or digest in self._met:
            raise _invalid("the hash of a disclosure comes twice or is no text.")
        self._met.add(digest)
        parts = self.by_digest.get(digest)
        if parts is None:
            return None
        if len(parts) != length:
            raise _invalid("a disclosure is not of the kind that its place asks for.")
        self.used.add(digest)
        return parts

    @staticmethod
    def _refuse_hidden(top: str) -> None:
        if top in NEVER_HIDDEN:
            raise _invalid(f"“{top}” could have been kept back.")


def binding_hash(presented: Presented, algorithm: str = "sha-256") -> str:
    """The hash of what a holder presents, as the `sd_hash` of a key binding must state it (section 4.3.1)."""
    if algorithm not in _HASHES:
        raise _invalid("its hash algorithm is not known.")
    return base64url_encode(_HASHES[algorithm](presented.without_binding().encode("ascii")).digest())

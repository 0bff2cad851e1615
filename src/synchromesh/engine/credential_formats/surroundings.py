"""What a check asks of the world outside the document. The engine has no network: the caller brings the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerStanding:
    """What the registry of issuers knows.

    With `list_operator` it is a trust service on that operator's trusted list, which vouches for names in certificates.
    Such a list says until when it is to be renewed; without that day it is closed.
    """

    name: str
    accredited_by: str = ""
    known_since: date | None = None
    known_until: date | None = None
    list_operator: str = ""
    list_renewed_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """Bytes from outside, and when they were current (UTC): now, or when they were put into an offline file.

    `is_from_holder` says that whoever wants the check brought them along: no address vouches for them.
    """

    data: bytes
    as_of: datetime
    is_from_holder: bool = False


class Surroundings(Protocol):
    """Raises ExternalFailure where an answer cannot be had (offline, refused, too large, too slow)."""

    now: datetime

    def did_document(self, did: str) -> Mapping[str, Any]:
        """The document of a DID that needs the network (did:web). did:key is read by the engine itself."""

    def status_list(self, url: str) -> KeptAnswer:
        """The status list credential at this address."""

    def fetch(self, url: str) -> KeptAnswer:
        """Any other document that a check needs: hosted Open Badges 2, an issuer's profile."""

    def issuer(self, identifiers: tuple[str, ...]) -> IssuerStanding | None:
        """What the registry knows under any of these identifiers (DID, address, certificate's hash); None: nothing."""

    def authority(self, key_id: str) -> bytes | None:
        """The certificate (DER) on a trusted list whose key has this identifier (hexadecimal); None: there is none."""


class Signer(Protocol):
    """A key that signs. The secret may lie in memory, in an HSM or with a remote service."""

    @property
    def verification_method(self) -> str:
        """The address of the public key in its issuer's DID document, such as did:web:example.org#key-1."""

    @property
    def algorithm(self) -> str:
        """A name of RFC 7518 or RFC 8037: EdDSA, ES256, RS256."""

    def public_bytes(self) -> bytes:
        """The raw public key (32 bytes for Ed25519)."""

    def sign(self, data: bytes) -> bytes:
        """The signature over these bytes. Raises ExternalFailure when the key cannot be reached."""

"""Signing keys that lie in memory: the simplest Signer. Others (an HSM, a remote service) are the caller's."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from synchromesh.engine.credential_formats.multikeys import did_key_method
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """An Ed25519 key whose secret is in memory, and the address of its public half."""

    secret: Ed25519PrivateKey
    verification_method: str
    algorithm: str = "EdDSA"

    def public_bytes(self) -> bytes:
        """The raw public key, 32 bytes."""
        return self.secret.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (RFC 8032), 64 bytes."""
        return self.secret.sign(data)


def new_key(verification_method: str = "") -> MemoryKey:
    """Make a new key; without an address it is named by its own did:key."""
    return key_from_seed(Ed25519PrivateKey.generate().private_bytes_raw(), verification_method)


def key_from_seed(seed: bytes, verification_method: str = "") -> MemoryKey:
    """Take a key from its 32 secret bytes. Raises ValueError for another length."""
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    return MemoryKey(secret, verification_method or did_key_method(secret.public_key().public_bytes_raw()))


def check_signer(signer: Signer, issuer: str) -> None:
    """Raise InvalidInput for a key that does not belong to the issuer whose credential it is to sign."""
    if signer.verification_method.partition("#")[0] != issuer:
        raise InvalidInput(f"The key {signer.verification_method} is not one of {issuer}, so it may not sign for it.")

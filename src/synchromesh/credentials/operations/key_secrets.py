"""Secrets of signing keys at rest: AES-256-GCM under a key derived from the installation's key-encryption secret.

The key's uid is bound to the cipher text as associated data, so that a row's secret cannot be put into another row.
"""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from synchromesh.engine.errors import Conflict

_NONCE_BYTES = 12  # NIST SP 800-38D, section 5.2.1.1
_PURPOSE = b"synchromesh signing keys, version 1"


def encrypt_secret(secret: bytes, *, key_uid: UUID) -> bytes:
    """The nonce followed by the cipher text."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_wrapping_key()).encrypt(nonce, secret, key_uid.bytes)


def decrypt_secret(encrypted: bytes, *, key_uid: UUID) -> bytes:
    """The secret. Raises Conflict where the installation's secret is not the one that encrypted it."""
    data = bytes(encrypted)
    try:
        return AESGCM(_wrapping_key()).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], key_uid.bytes)
    except (InvalidTag, ValueError):
        raise Conflict(
            "The signing key cannot be decrypted: SYNCHROMESH_CREDENTIAL_KEY_SECRET is not the one it was made with. "
            "Put the former secret back, or make a new key."
        ) from None


def _wrapping_key() -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return derived.derive(settings.CREDENTIAL_KEY_SECRET.encode())

"""A signer as an operator might plug in: the secret lies elsewhere, here in a table of the test."""

from __future__ import annotations

from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed, new_key
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import ExternalFailure

SEEDS = {"slot-7": bytes(range(32))}


def public_key_of(name: str) -> str:
    """The Multikey of a secret of the table."""
    return multikey_of(key_from_seed(SEEDS[name]))


def multikey_of(key: MemoryKey) -> str:
    """A public key as the product keeps it."""
    return key.verification_method.partition("#")[2]


def make_signer(name: str, algorithm: str, method: str) -> Signer:
    """What SYNCHROMESH_CREDENTIAL_SIGNER names."""
    if name not in SEEDS or algorithm != "EdDSA":
        raise ExternalFailure("The remote signer does not answer.")
    return key_from_seed(SEEDS[name], method)


ANOTHER = multikey_of(new_key())

"""From a key's row to something that signs: in memory, or through the operator's own factory for an HSM."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from synchromesh.credentials.models import Issuer, KeyKind, KeyPurpose, SigningKey
from synchromesh.credentials.operations.key_secrets import decrypt_secret
from synchromesh.credentials.queries.keys import did_of, verification_method_of
from synchromesh.engine.credential_formats.multikeys import read_multikey
from synchromesh.engine.credential_formats.signing_keys import MemoryKey, key_from_seed
from synchromesh.engine.credential_formats.surroundings import Signer
from synchromesh.engine.errors import Conflict, ExternalFailure

# (name of the key with the remote signer, algorithm, address of its public key) -> what signs
RemoteSigners = Callable[[str, str, str], Signer]


def active_key(issuer: Issuer | None, purpose: KeyPurpose) -> SigningKey:
    """The key that signs now. Raises Conflict where there is none."""
    found = SigningKey.objects.filter(
        issuer=issuer, purpose=purpose, retired_at=None, compromised_at=None
    ).select_related("issuer")
    key = found.first()
    if key is None:
        raise Conflict("There is no active key to sign with. Make one first.")
    return key


def signer_of(key: SigningKey) -> Signer:
    """What signs with this key. Raises Conflict for a secret that cannot be read, ExternalFailure for a remote one."""
    method = verification_method_of(key, did=did_of(key))
    if key.kind == KeyKind.REMOTE:
        if not settings.CREDENTIAL_SIGNER:
            raise ExternalFailure("The key lies with a remote signer, and SYNCHROMESH_CREDENTIAL_SIGNER is not set.")
        factory: RemoteSigners = import_string(settings.CREDENTIAL_SIGNER)
        signer = factory(key.remote_name, key.algorithm, method)
        if signer.public_bytes() != read_multikey(key.public).public_bytes():
            raise ExternalFailure(f"The remote signer has another key under '{key.remote_name}' than was registered.")
        return signer
    return _memory_key(key.uid, bytes(key.encrypted_secret or b""), method, settings.CREDENTIAL_KEY_SECRET)


def list_unreadable_keys() -> list[SigningKey]:
    """Keys whose secret cannot be decrypted here, such as after a restore with another secret of the installation."""
    found = SigningKey.objects.filter(kind=KeyKind.LOCAL).select_related("issuer").order_by("pk")
    return [key for key in found if not _is_readable(key)]


def _is_readable(key: SigningKey) -> bool:
    try:
        signer = key_from_seed(decrypt_secret(bytes(key.encrypted_secret or b""), key_uid=key.uid))
    except (Conflict, ValueError):
        return False
    return signer.public_bytes() == read_multikey(key.public).public_bytes()


@lru_cache(maxsize=64)
def _memory_key(uid: UUID, encrypted: bytes, method: str, _secret_in_force: str) -> MemoryKey:
    """Decrypting costs more than signing; the cache is cut by any change of the row or of the installation's secret."""
    return key_from_seed(decrypt_secret(encrypted, key_uid=uid), method)

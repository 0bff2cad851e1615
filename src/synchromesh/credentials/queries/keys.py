"""Keys of issuers and of the log, and the DID documents that publish them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from synchromesh.credentials.models import Issuer, KeyPurpose, SigningKey
from synchromesh.engine.credential_formats.did_documents import StatedKey, did_document
from synchromesh.engine.credential_formats.multikeys import read_multikey


def did_of_site(path: str) -> str:
    """The did:web of a path under the site's address (did:web method, section 3.2: a port's colon is escaped)."""
    parts = urlsplit(settings.SITE_ADDRESS)
    segments = [segment for segment in (*parts.path.split("/"), *path.split("/")) if segment]
    return ":".join(["did:web", quote(parts.netloc, safe=""), *(quote(segment, safe="") for segment in segments)])


def log_did() -> str:
    """The identifier under which the site signs heads of its transparency log."""
    return did_of_site("id/log")


def verifier_did() -> str:
    """The identifier under which the site asks wallets to show credentials."""
    return did_of_site("id/verifier")


def did_of(key: SigningKey) -> str:
    """Whose key it is: an issuer's, or the site's for one of its own purposes."""
    if key.issuer is not None:
        return key.issuer.did
    return verifier_did() if key.purpose == KeyPurpose.REQUESTS else log_did()


def verification_method_of(key: SigningKey, *, did: str) -> str:
    """The address of a public key."""
    return f"{did}#{key.name}"


def list_keys(issuer: Issuer | None) -> list[SigningKey]:
    """All keys of an issuer (None: of the site itself), the newest first."""
    return list(SigningKey.objects.filter(issuer=issuer).order_by("-made_at", "-id"))


def published_document(did: str, keys: Sequence[SigningKey]) -> Mapping[str, Any]:
    """The DID document with all Ed25519 keys, retired ones too: what they signed must stay checkable."""
    stated = [
        StatedKey(
            fragment=key.name,
            public=read_multikey(key.public).public_bytes(),
            revoked=key.compromised_at,
        )
        for key in keys
        if key.algorithm == "EdDSA"
    ]
    return did_document(did, stated)


def find_published_document(did: str) -> Mapping[str, Any] | None:
    """The document of an issuer of this site or of the site itself, from the database; None for any other DID."""
    if did in (log_did(), verifier_did()):
        return published_document(did, [key for key in list_keys(None) if did_of(key) == did])
    issuer = Issuer.objects.filter(did=did).first()
    if issuer is None:
        return None
    keys = [key for key in list_keys(issuer) if key.purpose == KeyPurpose.CREDENTIALS]
    return published_document(did, keys)

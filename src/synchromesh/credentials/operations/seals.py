"""The certificate that the operator configured: it seals European credentials (JAdES) and the pages of PDFs (PAdES).

A certificate names one organisation, so that it seals the files of that issuer alone. Without one European credentials
bear a certificate of the issuer's own key, and pages of PDFs no signature.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from synchromesh.credentials.models import Issuer
from synchromesh.engine.credential_formats.certificates import SealKey, read_seal_key
from synchromesh.engine.errors import Conflict, InvalidInput


def find_seal_key(issuer: Issuer) -> SealKey | None:
    """The configured certificate where it is this issuer's, else None.

    Raises Conflict for a file that cannot be read or opened: a file without its seal would be kept for ever.
    """
    if not settings.SEAL_FILE or issuer.organisation.slug != settings.SEAL_ISSUER:
        return None
    path = Path(settings.SEAL_FILE)
    try:
        changed = path.stat().st_mtime_ns
        return _read(path, changed, settings.SEAL_PASSWORD)
    except OSError:
        raise Conflict("The file of SYNCHROMESH_SEAL_FILE cannot be read. Check path and rights.") from None
    except InvalidInput as error:
        raise Conflict(f"The file of SYNCHROMESH_SEAL_FILE cannot be used: {error}") from None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, password: str) -> SealKey:
    """Opening it costs a tenth of a second; a renewed file has another date."""
    return read_seal_key(path.read_bytes(), password=password)

"""Who certified a certificate: from the file itself, and from the trusted lists that were loaded here.

Sources: RFC 5280, 4.2.1.1 (a certificate names the key that signed it); ETSI TS 119 615 (from a seal to a service).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from synchromesh.engine.credential_formats.certificates import (
    authority_key_id_of,
    identifiers_of_chain,
    is_certified_by,
    load_certificate,
)
from synchromesh.engine.credential_formats.surroundings import Surroundings
from synchromesh.engine.errors import ExternalFailure, InvalidInput


def chain_identifiers(certificates: Sequence[bytes], *, around: Surroundings) -> tuple[str, ...]:
    """Return what `identifiers_of_chain` does and, above that, the listed certificate that certified the last one.

    Files often leave the authority's certificate out. A listed one counts only where its key really signed.
    """
    found = identifiers_of_chain(certificates)
    if not found:
        return found
    last = load_certificate(certificates[len(found) - 1])
    key_id = authority_key_id_of(last)
    try:
        der = around.authority(key_id) if key_id else None
        if der is None or not is_certified_by(last, load_certificate(der)):
            return found
    except (ExternalFailure, InvalidInput):
        return found
    return tuple(dict.fromkeys([*found, f"sha256:{hashlib.sha256(der).hexdigest()}"]))

"""The canonical form of a JSON-LD document, over which eddsa-rdfc-2022 and its like are made.

Sources: JSON-LD 1.1, RDF Dataset Canonicalization 1.0. Bounded in size and steps; see limits.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_labels import canonical_lines
from synchromesh.engine.credential_formats.linked_data import statements_of
from synchromesh.engine.credential_formats.plain_reading import check_plain_reading


def canonical_graph(document: Mapping[str, Any], *, algorithm: str = "sha256") -> str:
    """Return the canonical N-Quads of a JSON-LD document; `algorithm` is sha256 or sha384.

    Raises Refusal for words that no pinned context defines, for unknown contexts, and for a graph that is too large or
    too knotted.
    """
    quads, _root = statements_of(document)
    return "".join(canonical_lines(quads, algorithm=algorithm))


def canonical_credential(document: Mapping[str, Any], *, algorithm: str = "sha256") -> str:
    """As `canonical_graph`, for a credential: also refused where its JSON does not say what its graph says."""
    quads, root = statements_of(document)
    check_plain_reading(document, quads, root)
    return "".join(canonical_lines(quads, algorithm=algorithm))

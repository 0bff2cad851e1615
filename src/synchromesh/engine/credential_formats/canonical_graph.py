"""The canonical form of a JSON-LD document, over which eddsa-rdfc-2022 and its like are made.

Sources: JSON-LD 1.1, RDF Dataset Canonicalization 1.0. Bounded in size and steps; see limits.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.engine.credential_formats.canonical_labels import canonical_lines
from synchromesh.engine.credential_formats.linked_data import quads_of


def canonical_graph(document: Mapping[str, Any], *, algorithm: str = "sha256") -> str:
    """Return the canonical N-Quads of a JSON-LD document; `algorithm` is sha256 or sha384.

    Raises Refusal for words that no pinned context defines, for unknown contexts, and for a graph that is too large or
    too knotted.
    """
    return "".join(canonical_lines(quads_of(document), algorithm=algorithm))

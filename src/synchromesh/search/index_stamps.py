"""Tell whether the index is still the one of the last look, without opening it."""

from __future__ import annotations

from collections.abc import Hashable

from synchromesh.search.backends import open_index


def index_stamp() -> Hashable | None:
    """What changes with every change of the index by any process; None where that cannot be told."""
    return open_index().stamp()

"""Rebuild the index because somebody asked for it."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing import audit
from synchromesh.search.contract import IndexUnusableError
from synchromesh.search.indexing import index_lock, update_index, write_index

_WAIT_SECONDS = 600.0
MOST_AT_ONCE = 2000
"""Changed records from which on building the whole index anew is asked for instead."""


def rebuild_index(*, by: audit.Actor) -> dict[str, int]:
    """Build the index anew from the records; returns the number of documents of each kind.

    The old index answers until the new one is complete. Waits for another rebuild that is under way. It changes no
    record, so it needs no permission; who asked is still noted. Raises ExternalFailure when the index cannot be
    written.
    """
    counts = rebuild()
    audit.record(by=by, action="rebuild_index", kind="search", uid="index", counts=counts)
    return counts


def rebuild() -> dict[str, int]:
    """The same as a consequence of a change that has its own line in the audit trail."""
    try:
        with index_lock(wait_seconds=_WAIT_SECONDS):
            return write_index()
    except (IndexUnusableError, OSError) as error:
        raise ExternalFailure(f"The search index cannot be written: {error}") from error


def update(kind: str, uids: Collection[str]) -> None:
    """Bring single records up to date in the index, or build it anew where it cannot be used.

    Waits for a rebuild that is under way. Raises ExternalFailure when the index cannot be written.
    """
    try:
        with index_lock(wait_seconds=_WAIT_SECONDS):
            try:
                update_index(kind, uids)
            except IndexUnusableError:
                write_index()
    except (IndexUnusableError, OSError) as error:
        raise ExternalFailure(f"The search index cannot be written: {error}") from error

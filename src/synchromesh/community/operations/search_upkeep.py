"""Have the search read records of the community again after they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from synchromesh.plumbing import jobs
from synchromesh.search.operations import MOST_AT_ONCE


def tell_search(kind: str, *records: Any) -> None:
    """Ask for it when the current transaction commits; many records at once have the index built anew."""
    tell_search_of_all(kind, records)


def tell_search_of_all(kind: str, records: Sequence[Any]) -> None:
    """The same for the records of an import."""
    if len(records) > MOST_AT_ONCE:
        jobs.enqueue("search.tasks.rebuild_index")
    elif records:
        jobs.enqueue("search.tasks.update_index", kind=kind, uids=[str(record.uid) for record in records])

"""Build the index from the records, one process at a time."""

from __future__ import annotations

import fcntl
import logging
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.conf import settings

from synchromesh.engine.errors import ExternalFailure
from synchromesh.search import registry
from synchromesh.search.backends import open_index
from synchromesh.search.contract import Document

_log = logging.getLogger(__name__)
_RETRY_SECONDS = 0.02


@contextmanager
def index_lock(*, wait_seconds: float) -> Iterator[None]:
    """Hold the right to write the index; whoever rebuilds, puts or removes holds it.

    The operating system frees it when a process ends in any way, so a killed rebuild blocks nobody. Raises
    ExternalFailure when another process or thread still holds it after `wait_seconds`.
    """
    settings.SEARCH_DIR.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    with (settings.SEARCH_DIR / "lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise ExternalFailure("The search index is being rebuilt. Try again in a minute.") from None
                time.sleep(_RETRY_SECONDS)
        yield


def write_index() -> dict[str, int]:
    """Replace the index by one of all records; returns the number of documents of each kind.

    The caller holds `index_lock`: the records are read inside it, so that no later change is overwritten by an older
    state.
    """
    counts: Counter[str] = Counter()
    open_index().replace_all(_counted(counts))
    result = {kind: counts[kind] for kind in registry.kinds()}
    _log.info("search index rebuilt: %s", result)
    return result


def update_index(kind: str, uids: Collection[str]) -> None:
    """Bring the records with `uids` up to date: those that can be found are put in, the others taken out.

    The caller holds `index_lock`, for the same reason as for `write_index`. Raises IndexUnusableError.
    """
    index = open_index()
    documents = list(registry.list_documents(kind, uids))
    if gone := set(uids) - {document.uid for document in documents}:
        index.remove(kind=kind, uids=gone)
    if documents:
        index.put(documents)


def _counted(counts: Counter[str]) -> Iterator[Document]:
    # Skills and roles first: a backend may learn the words of the field from the documents that it reads first.
    for kind in reversed(registry.kinds()):
        for document in registry.list_documents(kind):
            counts[kind] += 1
            yield document

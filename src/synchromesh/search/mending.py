"""A hit may point to a record that went away a moment ago: it is not shown, and the index is told."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.core.cache import cache
from django.db import DatabaseError

from synchromesh.plumbing import jobs
from synchromesh.plumbing.lock_waits import short_lock_wait

_AGAIN_SECONDS = 60
_log = logging.getLogger(__name__)


def ask_to_look_again(kind: str, uids: Iterable[str]) -> None:
    """Have the index look again at records of a kind that a hit pointed to and that are gone.

    For the same record once a minute, however many people search. A page is never lost over this: where the database is
    busy or fails, the next search asks again.
    """
    news = [uid for uid in uids if cache.add(f"search-look-again-{kind}-{uid}", True, _AGAIN_SECONDS)]
    if not news:
        return
    try:
        with short_lock_wait():
            jobs.enqueue("search.tasks.update_index", kind=kind, uids=news)
    except DatabaseError as error:
        _log.warning("The index was not told that %s records are gone: %s", len(news), error)

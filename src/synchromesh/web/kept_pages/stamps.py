"""The stamp of the site: while it stays the same, the same address gives the same public page."""

from __future__ import annotations

import time
from collections.abc import Hashable

from synchromesh.framework.queries.prepared_completion import completions_prepared
from synchromesh.framework.queries.prepared_meanings import meanings_prepared
from synchromesh.plumbing.commit_stamps import commit_stamp
from synchromesh.search.index_stamps import index_stamp

_DAY_SECONDS = 86_400


def site_stamp() -> Hashable | None:
    """What changes with every commit, every change of the search index, each day, and with what this process prepares.

    None where it cannot be told: then no page may be taken or kept. The day is that of UTC, as of TIME_ZONE: on it
    depends which courses can still be taken. What depends on the hour must not be a public page.
    """
    committed = commit_stamp()
    if committed is None:
        return None
    indexed = index_stamp()
    if indexed is None:
        return None
    return committed, indexed, int(time.time()) // _DAY_SECONDS, meanings_prepared(), completions_prepared()

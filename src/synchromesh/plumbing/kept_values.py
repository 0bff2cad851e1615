"""Values that were read from the database, kept by each process until anything at all is committed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

from synchromesh.plumbing.commit_stamps import commit_stamp

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class KeptValues(Generic[K, V]):
    """Values by key; any thread may ask. Only for what is the same for everybody, and nobody may change a value."""

    def __init__(self, *, most: int, stamp: Callable[[], Hashable | None] = commit_stamp) -> None:
        """At most so many; as long as `stamp` gives the same, which is None where it cannot be told."""
        self._most = most
        self._read_stamp = stamp
        self._stamp: Hashable = None
        self._values: dict[K, V] = {}
        self._lock = threading.Lock()

    def find(self, keys: Collection[K], read: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The values of these keys as they are now; `read` is asked for those that are not known, if there are any.

        A key that `read` does not give has no value and is asked for again. Inside a transaction all are read.
        """
        stamp = self._read_stamp()  # before anything is read: what is written meanwhile makes it outdated
        known = self._known(keys, stamp)
        missing = [key for key in keys if key not in known]
        if not missing:
            return known
        found = read(missing)
        self._keep(found, stamp)
        return known | dict(found)

    def _known(self, keys: Collection[K], stamp: Hashable) -> dict[K, V]:
        if stamp is None:
            return {}
        with self._lock:
            if stamp != self._stamp:
                self._stamp, self._values = stamp, {}
            return {key: self._values[key] for key in keys if key in self._values}

    def _keep(self, found: Mapping[K, V], stamp: Hashable) -> None:
        with self._lock:
            if stamp is None or stamp != self._stamp:
                return
            if len(self._values) + len(found) > self._most:
                self._values = {}
            if len(found) <= self._most:
                self._values.update(found)

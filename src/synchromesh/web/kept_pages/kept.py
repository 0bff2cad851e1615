"""The pages that a process keeps, those taken last up to a number of bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from synchromesh.web.kept_pages.keys import Key

_BESIDE_CONTENT = 2000
"""Bytes that headers, key and the entry itself take, roughly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """An answer as it leaves the site, without what SecurityMiddleware adds to each."""

    content: bytes
    headers: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes of memory, roughly."""
        return len(self.content) + _BESIDE_CONTENT


class KeptPages:
    """Pages by key, each under the stamp that it was made under; any thread may ask."""

    def __init__(self, *, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._pages: OrderedDict[Key, tuple[Hashable, KeptPage]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, key: Key) -> bool:
        return key in self._pages

    @property
    def bytes(self) -> int:
        """What all pages take."""
        return self._bytes

    def find(self, key: Key, stamp: Hashable) -> KeptPage | None:
        """The page of that key if it was made under that stamp; an older one is thrown away."""
        with self._lock:
            found = self._pages.get(key)
            if found is None:
                return None
            if found[0] != stamp:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return found[1]

    def keep(self, key: Key, stamp: Hashable, page: KeptPage) -> None:
        """Keep a page; those that were not asked for the longest give way. One that is too large alone is not kept."""
        with self._lock:
            self._drop(key)
            if page.size > self.most_bytes:
                return
            self._pages[key] = (stamp, page)
            self._bytes += page.size
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def forget(self) -> None:
        """Throw everything away."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        found = self._pages.pop(key, None)
        if found is not None:
            self._bytes -= found[1].size

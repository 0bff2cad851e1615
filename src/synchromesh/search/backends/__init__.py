"""The contract of an index. Each other module of this package is one backend, chosen by SYNCHROMESH_SEARCH_BACKEND.

A backend module has one function, `open_index(folder) -> Index`, which is cheap to call and may return the same object
each time; an index that was never built is opened like any other and raises IndexUnusableError when it is searched.
What matches and how it is ranked is fixed in `ranking`; `tests/search/test_behaviour.py` holds every backend to it.
"""

from __future__ import annotations

import importlib
from collections.abc import Hashable, Iterable
from typing import Protocol, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from synchromesh.search.contract import Answer, Document, Wanted


class Index(Protocol):
    """What can be searched. Who writes holds `indexing.index_lock`; readers hold nothing and never wait."""

    def replace_all(self, documents: Iterable[Document]) -> None:
        """Make an index of exactly these documents; until it is complete, and if it fails, the old one answers."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, each in place of the one with its kind and uid. Raises IndexUnusableError."""

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        """Take out documents; those that are not there are passed over. Raises IndexUnusableError."""

    def search(self, wanted: Wanted) -> Answer:
        """Answer a query; without words everything matches. `exact`: it was not tolerant. Raises IndexUnusableError."""
        ...

    def stamp(self) -> Hashable | None:
        """What changes with every change of the index by any process, cheap to ask; None where it cannot be told."""


def open_index() -> Index:
    """The index of this installation. Raises ImproperlyConfigured for an unknown backend."""
    name = f"{__name__}.{settings.SEARCH_BACKEND}"
    try:
        backend = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ImproperlyConfigured(f"SYNCHROMESH_SEARCH_BACKEND: there is no '{settings.SEARCH_BACKEND}'.") from error
    return cast(Index, backend.open_index(settings.SEARCH_DIR))

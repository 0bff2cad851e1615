"""Which kinds of record can be found, and who lists their documents.

An app says so in its `ready()`, by name: `register("role", documents="framework.queries.search_documents.list_...")`.
So the search knows no app, and an app is imported only when the index is built.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.utils.module_loading import import_string

from synchromesh.search.contract import Document

_documents: dict[str, str] = {}


def register(kind: str, *, documents: str) -> None:
    """Have the records of `kind` found: `documents` names the function that lists them, without `synchromesh.`.

    The function takes one argument: the uids of the records to list, or None for all. A second function for the same
    kind is a bug and raises ValueError.
    """
    if _documents.setdefault(kind, documents) != documents:
        raise ValueError(f"The search already lists '{kind}' with {_documents[kind]}.")


def kinds() -> tuple[str, ...]:
    """The kinds that can be found, by name."""
    return tuple(sorted(_documents))


def list_documents(kind: str, uids: Collection[str] | None = None) -> Iterable[Document]:
    """The documents of a kind, all or those of the records with `uids`.

    Raises KeyError for an unknown kind and ImportError for a wrong name (both bugs).
    """
    found: Callable[[Collection[str] | None], Iterable[Document]] = import_string(f"synchromesh.{_documents[kind]}")
    return found(uids)

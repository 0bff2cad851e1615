"""What the words of a query mean, as values of filters: so that "Schweißer" finds a course that teaches to weld.

An app that knows meanings says so in its `ready()`, by name, as in `registry`:
`register("framework.queries.query_meanings.list_meanings")`. So the search knows no app.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.module_loading import import_string

from synchromesh.search.analysis import MAX_QUERY, query_words

MOST_MEANINGS = 40
"""Pairs that are handed to the index; what weighs less is left out."""

Meanings = Mapping[tuple[str, str], float]

_sources: list[str] = []


def register(source: str) -> None:
    """Have `source` asked for meanings: the name of a function, without `synchromesh.`.

    The function takes the query, and the language of the reader by name. It gives (filter, value) pairs with weights
    from 0 to 1. Where it would have to load something for long it gives what it has and prepares the rest aside. A
    name that is known is passed over.
    """
    if source not in _sources:
        _sources.append(source)


def meanings_of(query: str, *, language: str) -> dict[tuple[str, str], float]:
    """The pairs that stand for what the words mean, the greatest weight first; empty where nothing fits.

    For `Wanted.meant`. `query` counts as in `queries.search`. Of a pair that several apps give the greatest weight
    counts. Raises ImportError for a wrong name (a bug).
    """
    if not query_words(query):
        return {}
    found: dict[tuple[str, str], float] = {}
    for source in _sources:
        ask: Callable[..., Meanings] = import_string(f"synchromesh.{source}")
        for pair, weight in ask(query[:MAX_QUERY], language=language).items():
            found[pair] = max(found.get(pair, 0.0), weight)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:MOST_MEANINGS])

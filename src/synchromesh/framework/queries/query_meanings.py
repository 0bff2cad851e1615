"""Which skills and roles the words of a query mean, in whatever language they are written.

A role brings the skills it needs, each with less weight than the role and in proportion to its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from synchromesh.framework.queries.prepared_meanings import KnownMeanings, find_meanings

_ENOUGH = 0.06
"""Where no skill or role weighs as much, nothing fits."""
_LEAST, _MOST = 0.02, 12
_SHARE_OF_A_ROLE = 0.4


def list_meanings(query: str, *, language: str) -> Mapping[tuple[str, str], float]:
    """Pairs ("skill", slug) and ("job", slug) with weights from 0 to 1; empty where nothing fits.

    For `search.meaning`. Names in every language count alike, so the reader's `language` changes nothing.
    """
    known = find_meanings()
    weights: dict[tuple[str, str], float] = {}
    for pair, weight in _pairs(query, known):
        weights[pair] = max(weights.get(pair, 0.0), weight)
    return weights


def _pairs(query: str, known: KnownMeanings) -> Iterator[tuple[tuple[str, str], float]]:
    meant = known.weigh(query, least=_LEAST, most=_MOST)
    if not meant or meant[0].weight < _ENOUGH:
        return
    for one in meant:
        kind, _, slug = one.uri.partition("/")
        yield ("skill" if kind == "skill" else "job", slug), one.weight
        if kind == "role":
            for skill, share in known.needs.get(slug, {}).items():
                yield ("skill", skill), one.weight * share * _SHARE_OF_A_ROLE

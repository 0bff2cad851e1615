"""Addresses that no other record of a model has, for many new records at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from django.db import models

_AT_ONCE = 500  # slugs in one question to the database
_MOST_REMEMBERED = 10_000
_WIDER = 4  # how many more numbers are tried each time that none was free


class FreeSlugs:
    """Gives out slugs of one model: "weld", then "weld-2", "weld-3" and so on where the name is taken.

    Store the records before asking for more slugs.
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model
        self._next: dict[str, int] = {}  # by name the number to try first, so that a thousandth "weld" is found fast

    def take(self, wanted: Sequence[str]) -> list[str]:
        """A free slug for each that is wanted, in the same order. A few questions to the database, however many."""
        found: dict[int, str] = {}
        given: set[str] = set()
        waiting, more = dict(enumerate(wanted)), 0
        while waiting:
            tried = {name: self._candidates(name, count + more) for name, count in Counter(waiting.values()).items()}
            stored = self._stored(chain.from_iterable(tried.values()))
            for name, places in _places(waiting).items():
                free = (slug for slug in self._consumed(name, tried[name]) if slug not in stored and slug not in given)
                for place, slug in zip(places, free, strict=False):
                    given.add(slug)
                    found[place] = slug
                    del waiting[place]
            more = (more + 1) * _WIDER
        return [found[place] for place in range(len(wanted))]

    def _candidates(self, name: str, count: int) -> list[str]:
        start = self._next.get(name, 1)
        return [name if number == 1 else f"{name}-{number}" for number in range(start, start + count)]

    def _consumed(self, name: str, candidates: Sequence[str]) -> Iterator[str]:
        """The candidates, noting how far they were looked at."""
        start = self._next.get(name, 1)
        if len(self._next) > _MOST_REMEMBERED:
            self._next.clear()
        for place, slug in enumerate(candidates, start=1):
            if start + place > 2:
                self._next[name] = start + place
            yield slug

    def _stored(self, slugs: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in _in_parts(iter(slugs)):
            # Always as many, so that the database prepares one statement and not one for each number.
            asked = [*some, *(f"#{number}" for number in range(_AT_ONCE - len(some)))]
            found.update(self._model._base_manager.filter(slug__in=asked).values_list("slug", flat=True))
        return found


def _in_parts(slugs: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(slugs, _AT_ONCE)):
        yield some


def _places(waiting: dict[int, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, name in waiting.items():
        found.setdefault(name, []).append(place)
    return found

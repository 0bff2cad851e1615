"""An index in the memory of one process: for tests and for trying things out, not for a site with several processes.

Nothing is written to disk; after a restart the first search builds the index again.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from synchromesh.search import filtering
from synchromesh.search.analysis import is_near
from synchromesh.search.compounds import Parts, collect_parts
from synchromesh.search.contract import Answer, Document, Hit, IndexUnusableError, Wanted, sorted_counts
from synchromesh.search.hits import hit_of, meaning_of
from synchromesh.search.ranking import (
    COMMON,
    FIELDS,
    MEANT_AS_WELL,
    TEXT,
    Clause,
    Match,
    Terms,
    clauses,
    meaning_score,
    written_languages,
)

_Key = tuple[str, str]
_K1, _B = 1.2, 0.75  # the usual constants of BM25, the same as tantivy's

_indexes: dict[Path, MemoryIndex] = {}
_changes = itertools.count()


def open_index(folder: Path) -> MemoryIndex:
    """The index that stands for `folder` in this process."""
    return _indexes.setdefault(folder, MemoryIndex())


def forget() -> None:
    """Throw all indexes away, as a restart would."""
    _indexes.clear()


class MemoryIndex:
    """Documents by (kind, uid) and, per field, where each term occurs how often."""

    def __init__(self) -> None:
        self._documents: dict[_Key, Document] | None = None
        self._parts = Parts()
        self._languages: frozenset[str] = frozenset()
        self._fields: dict[str, _Field] = {}
        self._stamp = next(_changes)

    def replace_all(self, documents: Iterable[Document]) -> None:
        new = _by_key(documents)
        self._parts = collect_parts(new.values())
        self._store(new)

    def put(self, documents: Iterable[Document]) -> None:
        self._store(self._known() | _by_key(documents))

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        gone = {(kind, uid) for uid in uids}
        self._store({key: document for key, document in self._known().items() if key not in gone})

    def search(self, wanted: Wanted) -> Answer:
        known = self._known()
        scores = self._scores(wanted) if wanted.words else dict.fromkeys(known, 0.0)
        because = {key: pair for key, found in known.items() if (pair := meaning_of(found.facets, wanted))}
        tally = _Tally(wanted)
        matching = [key for key in known if (key in scores or key in because) and tally.add(known[key])]
        matching.sort(key=lambda key: _place(known[key], scores.get(key), wanted))

        def hit(key: _Key) -> Hit:
            found = known[key]
            return hit_of(
                kind=found.kind,
                uid=found.uid,
                slug=found.slug,
                titles=found.titles,
                wanted=wanted,
                because=None if key in scores else because[key],
            )

        return Answer(
            total=len(matching),
            exact=not wanted.tolerant,
            hits=tuple(hit(key) for key in matching[wanted.offset : wanted.offset + wanted.limit]),
            filters=tally.filters(),
            without={name: len(matching) + n for name, n in tally.without.items()},
            by_words=sum(key in scores for key in matching),
        )

    def _known(self) -> dict[_Key, Document]:
        if self._documents is None:
            raise IndexUnusableError("Nothing was indexed in this process yet.")
        return self._documents

    def _store(self, documents: dict[_Key, Document]) -> None:
        made = Terms(self._parts)
        terms = {key: made.of_fields(document) for key, document in documents.items()}
        self._fields = {name: _Field(name, terms) for name in FIELDS}
        self._languages = frozenset(code for document in documents.values() for code in written_languages(document))
        self._documents = documents
        self._stamp = next(_changes)

    def stamp(self) -> Hashable:
        return self._stamp

    def _scores(self, wanted: Wanted) -> dict[_Key, float]:
        """The score of each document in which every word matches."""
        total: dict[_Key, float] | None = None
        for ways in clauses(wanted, self._languages, self._is_common):
            of_word: defaultdict[_Key, float] = defaultdict(float)
            for clause in ways:
                for key, score in self._fields[clause.field].scores(clause).items():
                    of_word[key] += clause.weight * score
            total = (
                dict(of_word)
                if total is None
                else {key: score + of_word[key] for key, score in total.items() if key in of_word}
            )
        return total or {}

    def _is_common(self, terms: Sequence[str]) -> bool:
        return sum(self._fields[TEXT].frequency(term) for term in terms) >= COMMON


def _by_key(documents: Iterable[Document]) -> dict[_Key, Document]:
    return {(document.kind, document.uid): document for document in documents}


def _place(found: Document, score: float | None, wanted: Wanted) -> tuple[object, ...]:
    """Where a document stands in the order asked for."""
    if wanted.order:
        number = found.numbers.get(wanted.order.number)
        size = 0 if number is None else -number if wanted.order.descending else number
        return (number is None, size, found.kind, found.slug)
    meaning = meaning_score([wanted.meant[facet] for facet in found.facets if facet in wanted.meant])
    worth = meaning if score is None else score + MEANT_AS_WELL * meaning * bool(wanted.words)
    # Scores are rounded so that the order in which they were added up does not decide.
    return (score is None, -round(worth, 4), found.kind, found.slug)


class _Tally:
    """Counts the values of the documents that match, leaving each filter's own choice aside."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._choices = filtering.choices_of(wanted)
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in filtering.always_counted(wanted)}
        self.without: Counter[str] = Counter({name: 0 for name in self._choices if name in wanted.chosen})

    def add(self, document: Document) -> bool:
        """Count a document that has the words; returns whether it fits all choices."""
        if not filtering.is_within(document.numbers, self._wanted):
            return False
        values = filtering.values_of(document, self._wanted)
        refused = [name for name, chosen in self._choices.items() if chosen.isdisjoint(values.get(name, ()))]
        if len(refused) == 1 and refused[0] in self.without:
            self.without[refused[0]] += 1
        for name, of_name in values.items():
            if refused in ([], [name]) and filtering.is_counted(name, self._wanted):
                self._counts.setdefault(name, Counter()).update(of_name)
        return not refused

    def filters(self) -> dict[str, dict[str, int]]:
        """The counts by filter, those of most documents first."""
        return {name: sorted_counts(values) for name, values in sorted(self._counts.items())}


class _Field:
    """One field of all documents."""

    def __init__(self, name: str, terms: dict[_Key, dict[str, str]]) -> None:
        self._occurrences: defaultdict[str, dict[_Key, int]] = defaultdict(dict)
        self._lengths: dict[_Key, int] = {}
        for key, fields in terms.items():
            of_field = fields[name].split()
            self._lengths[key] = len(of_field)
            for term, times in Counter(of_field).items():
                self._occurrences[term][key] = times
        self._mean_length = sum(self._lengths.values()) / len(terms) if terms else 0.0

    def frequency(self, term: str) -> int:
        """How many documents have a term."""
        return len(self._occurrences.get(term, ()))

    def scores(self, clause: Clause) -> dict[_Key, float]:
        """What the clause is worth for each document in which it matches, without its weight."""
        if clause.match is Match.TERM:
            return self._bm25(self._occurrences.get(clause.text, {}))
        if clause.match is Match.CONSTANT:
            return dict.fromkeys(self._occurrences.get(clause.text, ()), 1.0)
        matching = (term for term in self._occurrences if _is_match(clause, term))
        return {key: 1.0 for term in matching for key in self._occurrences[term]}

    def _bm25(self, occurrences: dict[_Key, int]) -> dict[_Key, float]:
        rarity = math.log(1 + (len(self._lengths) - len(occurrences) + 0.5) / (len(occurrences) + 0.5))
        return {key: rarity * self._share(key, times) for key, times in occurrences.items()}

    def _share(self, key: _Key, times: int) -> float:
        length = self._lengths[key] / self._mean_length
        return times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length))


def _is_match(clause: Clause, term: str) -> bool:
    if clause.match is Match.PREFIX:
        return term.startswith(clause.text)
    return is_near(clause.text, term, clause.distance)

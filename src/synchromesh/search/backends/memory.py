"""An index in the memory of one process: for tests and for trying things out, not for a site with several processes.

Nothing is written to disk; after a restart the first search builds the index again.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from synchromesh.search.analysis import STEMS, WORDS, is_near
from synchromesh.search.contract import Answer, Document, IndexUnusableError, Wanted, sorted_counts
from synchromesh.search.hits import hit_of
from synchromesh.search.ranking import STEM_FIELDS, WORD_FIELDS, Clause, Match, clauses, field_texts

_Key = tuple[str, str]
_K1, _B = 1.2, 0.75  # the usual constants of BM25, the same as tantivy's

_indexes: dict[Path, MemoryIndex] = {}


def open_index(folder: Path) -> MemoryIndex:
    """The index that stands for `folder` in this process."""
    return _indexes.setdefault(folder, MemoryIndex())


def forget() -> None:
    """Throw all indexes away, as a restart would."""
    _indexes.clear()


class MemoryIndex:
    """Documents by (kind, uid) and, per field, where each word occurs how often."""

    def __init__(self) -> None:
        self._documents: dict[_Key, Document] | None = None
        self._fields: dict[str, _Field] = {}

    def replace_all(self, documents: Iterable[Document]) -> None:
        self._store({(document.kind, document.uid): document for document in documents})

    def put(self, documents: Iterable[Document]) -> None:
        self._store(self._known() | {(document.kind, document.uid): document for document in documents})

    def remove(self, *, kind: str, uids: Iterable[str]) -> None:
        gone = {(kind, uid) for uid in uids}
        self._store({key: document for key, document in self._known().items() if key not in gone})

    def search(self, wanted: Wanted) -> Answer:
        known = self._known()
        scores = self._scores(wanted)
        in_kinds = [key for key in scores if not wanted.kinds or key[0] in wanted.kinds]
        # Scores are rounded so that the order in which they were added up does not decide.
        in_kinds.sort(key=lambda key: (-round(scores[key], 4), key[0], known[key].slug))
        shown = [known[key] for key in in_kinds[wanted.offset : wanted.offset + wanted.limit]]
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter, language=Counter())
        counts["kind"].update(kind for kind, _uid in scores)
        for key in in_kinds:
            for name, value in known[key].facets:
                counts[name][value] += 1
        return Answer(
            total=len(in_kinds),
            exact=not wanted.tolerant,
            hits=tuple(
                hit_of(kind=found.kind, uid=found.uid, slug=found.slug, titles=found.titles, wanted=wanted)
                for found in shown
            ),
            filters={name: sorted_counts(values) for name, values in sorted(counts.items())},
        )

    def _known(self) -> dict[_Key, Document]:
        if self._documents is None:
            raise IndexUnusableError("Nothing was indexed in this process yet.")
        return self._documents

    def _store(self, documents: dict[_Key, Document]) -> None:
        texts = {key: field_texts(document) for key, document in documents.items()}
        self._fields = {name: _Field(name, texts) for name in (*WORD_FIELDS, *STEM_FIELDS)}
        self._documents = documents

    def _scores(self, wanted: Wanted) -> dict[_Key, float]:
        """The score of each document in which every word matches."""
        total: dict[_Key, float] | None = None
        for ways in clauses(wanted):
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


class _Field:
    """One field of all documents."""

    def __init__(self, name: str, texts: dict[_Key, dict[str, list[str]]]) -> None:
        analyser = STEMS if name in STEM_FIELDS else WORDS
        self._occurrences: defaultdict[str, dict[_Key, int]] = defaultdict(dict)
        self._lengths: dict[_Key, int] = {}
        for key, fields in texts.items():
            words = [word for text in fields[name] for word in analyser.analyze(text)]
            self._lengths[key] = len(words)
            for word, times in Counter(words).items():
                self._occurrences[word][key] = times
        self._mean_length = sum(self._lengths.values()) / len(texts) if texts else 0.0

    def scores(self, clause: Clause) -> dict[_Key, float]:
        """What the clause is worth for each document in which it matches, without its weight."""
        if clause.match is Match.TERM:
            return self._bm25(self._occurrences.get(clause.text, {}))
        matching = (word for word in self._occurrences if _is_match(clause, word))
        return {key: 1.0 for word in matching for key in self._occurrences[word]}

    def _bm25(self, occurrences: dict[_Key, int]) -> dict[_Key, float]:
        rarity = math.log(1 + (len(self._lengths) - len(occurrences) + 0.5) / (len(occurrences) + 0.5))
        return {key: rarity * self._share(key, times) for key, times in occurrences.items()}

    def _share(self, key: _Key, times: int) -> float:
        length = self._lengths[key] / self._mean_length
        return times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length))


def _is_match(clause: Clause, word: str) -> bool:
    if clause.match is Match.PREFIX:
        return word.startswith(clause.text)
    return is_near(clause.text, word, clause.distance)

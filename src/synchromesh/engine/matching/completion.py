"""Complete what somebody types to labels of concepts: exact, begun, with errors, or by meaning; and say which.

    completion = LabelCompletion(build_arrays(vocabulary))
    completion.complete("weldnig", language="en", limit=8)
    [Completion(uri=..., label="welding", hit=Hit.FUZZY, ...), ...]

Owns order and bounds of the answer. Does not own where the vocabulary comes from or how meaning is found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.completion_arrays import CompletionArrays
from synchromesh.engine.matching.folding import fold_label
from synchromesh.engine.matching.spelling import alike_words

LONGEST_TYPED = 400  # characters that are read; no label is longer
MOST_WORDS = 8
_SHORTEST_MEANING = 3
_AFTER_ALL = b"\xff"  # stands after every letter in UTF-8
_NOT_FOUND = np.uint8(255)
_MOST_BYTES_APART = 8  # two errors in a word change its length by two letters of at most four bytes
Rows = NDArray[np.integer]
Meaning = Callable[[str, str, int], Sequence[str]]


class Hit(StrEnum):
    """How a label was found, in the order in which answers stand."""

    EXACT = "exact"
    PREFIX = "prefix"
    WORD_PREFIX = "word_prefix"
    FUZZY = "fuzzy"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A concept that fits what was typed.

    `label` is the label that fits, in `language`; `preferred` is the concept's name for the reader, in
    `preferred_language`, and may be the same. For `Hit.MEANING` no label fits and both are the name.
    """

    uri: str
    label: str
    language: str
    preferred: str
    preferred_language: str
    hit: Hit


class LabelCompletion:
    """A vocabulary ready for completion. Safe for several threads: nothing changes after it was made.

    `by_meaning` takes what was typed, a language and a number, and gives addresses of concepts, best first.
    """

    def __init__(self, arrays: CompletionArrays, *, by_meaning: Meaning | None = None) -> None:
        self._arrays = arrays
        self._by_meaning = by_meaning

    def complete(self, typed: str, *, language: str = "en", limit: int = 10) -> list[Completion]:
        """At most `limit` concepts, each once with its best label.

        Exact labels stand first, then labels that begin so, labels with words that begin so, labels spelled nearly
        so, and last what means the same. Within one of these the reader's language comes before English and English
        before others, preferred labels before other ones, short before long.
        """
        found = self.complete_labels(typed, language=language, limit=limit)
        taken = {row.uri for row in found}
        return found + self.complete_meaning(typed, language=language, limit=limit - len(found), without=taken)

    def complete_labels(self, typed: str, *, language: str = "en", limit: int = 10) -> list[Completion]:
        """The part of `complete` that looks at labels alone."""
        folded = fold_label(typed[:LONGEST_TYPED])
        found: list[Completion] = []
        if not folded or limit < 1:
            return found
        taken: set[int] = set()
        for hit, rows, costs in self._stages(folded):
            for row in self._best(rows, costs, language, taken, limit - len(found)):
                taken.add(int(self._arrays.concept[row]))
                found.append(self._completion(row, hit, language))
            if len(found) >= limit:
                break
        return found

    def complete_meaning(
        self, typed: str, *, language: str = "en", limit: int = 10, without: Collection[str] = ()
    ) -> list[Completion]:
        """The part of `complete` that looks for what means the same; `without` are addresses that are found already."""
        if self._by_meaning is None or limit < 1 or len(fold_label(typed[:LONGEST_TYPED])) < _SHORTEST_MEANING:
            return []
        meant = dict.fromkeys(self._by_meaning(typed[:LONGEST_TYPED], language, limit + len(without)))
        concepts = [self._numbers[uri] for uri in meant if uri in self._numbers and uri not in without]
        starts = self._arrays.concept_start
        named = [concept for concept in concepts if starts[concept] < starts[concept + 1]]
        rows = [self._name_row(concept, language) for concept in named[:limit]]
        return [self._completion(row, Hit.MEANING, language) for row in rows]

    def named(self, title: str, *, language: str = "en", limit: int = 10) -> list[Completion]:
        """At most `limit` concepts that have this very label, or one spelled nearly so; order as in `complete`.

        Unlike there the label holds these words and no others, in any order.
        """
        folded = fold_label(title[:LONGEST_TYPED])
        words = list(dict.fromkeys(folded.split(" ")))
        found: list[Completion] = []
        if not folded or limit < 1 or len(words) > MOST_WORDS:
            return found
        rows, costs = self._nearly_holding(words, begun=False)
        starts = self._arrays.folded.starts
        near = np.abs(starts[rows + 1] - starts[rows] - len(folded.encode())) <= _MOST_BYTES_APART * len(words)
        rows, costs = rows[near], costs[near]
        same = [len(set(self._arrays.folded[row].split(b" "))) == len(words) for row in rows.tolist()]
        rows, costs = rows[same], costs[same]
        exact = [costs[at] == 0 and self._arrays.folded[row] == folded.encode() for at, row in enumerate(rows.tolist())]
        is_exact = np.array(exact, dtype=np.bool_)
        taken: set[int] = set()
        for hit, chosen in ((Hit.EXACT, is_exact), (Hit.FUZZY, ~is_exact)):
            for row in self._best(rows[chosen], costs[chosen], language, taken, limit - len(found)):
                taken.add(int(self._arrays.concept[row]))
                found.append(self._completion(row, hit, language))
        return found

    def _stages(self, folded: str) -> Iterator[tuple[Hit, Rows, Rows | None]]:
        """Rows of each way to be found, cheapest way first; later ones are only looked for when they are needed."""
        texts = self._arrays.folded
        typed = folded.encode()
        first = bisect_left(texts, typed)
        after_exact = bisect_left(texts, typed + b"\0", lo=first)
        after = bisect_left(texts, typed + _AFTER_ALL, lo=after_exact)
        yield Hit.EXACT, np.arange(first, after_exact), None
        yield Hit.PREFIX, np.arange(after_exact, after), None
        words = list(dict.fromkeys(folded.split(" ")))[:MOST_WORDS]
        yield Hit.WORD_PREFIX, self._holding(words), None
        yield Hit.FUZZY, *self._nearly_holding(words, begun=True)

    def _begun(self, word: str) -> Rows:
        """Rows that hold a word that begins so, some of them several times; one slice, since words are sorted."""
        arrays, typed = self._arrays, word.encode()
        first = bisect_left(arrays.word, typed)
        after = bisect_left(arrays.word, typed + _AFTER_ALL, lo=first)
        return arrays.posting_row[arrays.posting_start[first] : arrays.posting_start[after]]

    def _with_word(self, word: str) -> Rows:
        """Rows that hold this word."""
        arrays, typed = self._arrays, word.encode()
        at = bisect_left(arrays.word, typed)
        found = at < len(arrays.word) and arrays.word[at] == typed
        return arrays.posting_row[arrays.posting_start[at] : arrays.posting_start[at + found]]

    def _holding(self, words: Sequence[str]) -> Rows:
        """Rows that hold a word beginning with each of the words, in any order."""
        slices = sorted((self._begun(word) for word in words), key=len)
        rows = np.unique(slices[0])
        for other in slices[1:]:
            if not len(rows):
                break
            held = np.zeros(len(self._arrays.rank), dtype=np.bool_)
            held[other] = True
            rows = rows[held[rows]]
        return rows

    def _nearly_holding(self, words: Sequence[str], *, begun: bool) -> tuple[Rows, Rows]:
        """Rows that hold each of the words, misspelled or (`begun`) only begun, and the sum of what that costs."""
        arrays = self._arrays
        total = np.zeros(len(arrays.rank), dtype=np.int32)
        rows: Rows | None = None
        for place, word in enumerate(words):
            cost = np.full(len(arrays.rank), _NOT_FOUND, dtype=np.uint8)
            for number, price in reversed(alike_words(arrays, word, begun=begun and place == len(words) - 1)):
                cost[arrays.posting_row[arrays.posting_start[number] : arrays.posting_start[number + 1]]] = price
            cost[self._begun(word) if begun else self._with_word(word)] = 0
            rows = np.flatnonzero(cost != _NOT_FOUND) if rows is None else rows[cost[rows] != _NOT_FOUND]
            total[rows] += cost[rows]
            if not len(rows):
                break
        rows = np.zeros(0, dtype=np.int64) if rows is None else rows
        return rows, total[rows]

    def _best(self, rows: Rows, costs: Rows | None, language: str, taken: set[int], limit: int) -> list[int]:
        """The best row of each of at most `limit` concepts that are not taken."""
        if limit < 1 or not len(rows):
            return []
        arrays = self._arrays
        key = self._language_rank(language)[arrays.language[rows]] << 32 | arrays.rank[rows]
        if costs is not None:
            key = key | costs.astype(np.int64) << 40
        seen, found, wanted = set(taken), [], 4 * limit + len(taken)
        while True:
            few = np.argpartition(key, wanted)[:wanted] if wanted < len(rows) else np.arange(len(rows))
            for at in few[np.argsort(key[few], kind="stable")].tolist():
                concept = int(arrays.concept[rows[at]])
                if concept not in seen:
                    seen.add(concept)
                    found.append(int(rows[at]))
                    if len(found) == limit:
                        return found
            if wanted >= len(rows):
                return found
            seen, found, wanted = set(taken), [], wanted * 16

    def _language_rank(self, language: str) -> NDArray[np.int64]:
        order = [language, "en"]
        places = [order.index(code) if code in order else 2 for code in self._arrays.languages]
        return np.array(places, dtype=np.int64)

    def _completion(self, row: int, hit: Hit, language: str) -> Completion:
        arrays = self._arrays
        concept = int(arrays.concept[row])
        name = self._name_row(concept, language)
        return Completion(
            uri=arrays.uri.text(concept),
            label=arrays.text.text(row),
            language=arrays.languages[arrays.language[row]],
            preferred=arrays.text.text(name),
            preferred_language=arrays.languages[arrays.language[name]],
            hit=hit,
        )

    def _name_row(self, concept: int, language: str) -> int:
        """The row of the name in the reader's language, else in English, else in any; else any label."""
        arrays = self._arrays
        rows = arrays.concept_row[arrays.concept_start[concept] : arrays.concept_start[concept + 1]]
        rank = self._language_rank(language)[arrays.language[rows]] << 32 | arrays.rank[rows]
        # `rank` puts preferred labels first in a language; over all languages a preferred label beats every other.
        return int(rows[np.argmin(rank + np.where(arrays.preferred[rows], 0, 1 << 40))])

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {uri.decode(): at for at, uri in enumerate(self._arrays.uri)}

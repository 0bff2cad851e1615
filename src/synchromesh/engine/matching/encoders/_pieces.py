"""Cut words into the pieces of a unigram model, the most probable way.

Source: Kudo 2018, Subword Regularization (ACL), as SentencePiece does it. Pieces of the models used here never reach
over a blank, so each word is cut by itself and remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

BLANK = "\u2581"  # what stands for the blank before a word
_SHORT = 4  # signs
_NEVER = -1e30
_UNKNOWN_BELOW = 10.0  # how much less probable than the rarest piece an unknown sign is
_MOST_CACHED_WORDS = 20_000
LONGEST_CACHED_WORD = 60  # signs; what is longer is hardly met again


class UnigramPieces:
    """The pieces of a model: their numbers by their text, and the logarithm of each one's probability by its number."""

    def __init__(self, numbers: Mapping[str, int], scores: Sequence[float], *, unknown: int) -> None:
        self._numbers, self._scores, self._unknown = numbers, scores, unknown
        self._unknown_score = min(scores) - _UNKNOWN_BELOW
        self._longest = max(map(len, numbers))
        # How longer pieces begin: where none does, they need not be looked for.
        self._begun = {piece[:_SHORT] for piece in numbers if len(piece) > _SHORT}
        self._remembered = lru_cache(maxsize=_MOST_CACHED_WORDS)(self.cut)

    def of_word(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, which are remembered."""
        return self._remembered(word) if len(word) <= LONGEST_CACHED_WORD else self.cut(word)

    def cut(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces: the best way to its end over all its beginnings (Viterbi 1967)."""
        find, scores = self._numbers.get, self._scores
        size = len(word)
        best = [0.0] + [_NEVER] * size
        pieces = [self._unknown] * (size + 1)
        begins = [0] * (size + 1)
        for first in range(size):
            before = best[first]
            if before + self._unknown_score > best[first + 1]:
                best[first + 1], begins[first + 1] = before + self._unknown_score, first
                pieces[first + 1] = self._unknown
            longest = self._longest if word[first : first + _SHORT] in self._begun else _SHORT
            for last in range(first + 1, min(first + longest, size) + 1):
                number = find(word[first:last])
                if number is not None and (score := before + scores[number]) > best[last]:
                    best[last], pieces[last], begins[last] = score, number, first
        found = []
        while size:
            found.append(pieces[size])
            size = begins[size]
        return tuple(found[::-1])

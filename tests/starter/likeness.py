"""How alike two short English texts are: cheap measures that a person can follow, each from 0 to 1.

They see words, not meaning: two texts that say one thing in other words look different. So a low value proves nothing,
and a high one only says "read this pair". The rules that use them keep a list of pairs that somebody has read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

_EMPTY_WORDS = frozenset(
    [
        "a",
        "after",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "by",
        "each",
        "for",
        "from",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "so",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "with",
    ]
)
_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "ers", "er")
_SHORTEST_STEM = 3
_LETTERS_PER_GRAM = 4


@cache
def stem(word: str) -> str:
    """A word without its commonest English ending; "slitting" and "slits" become "slit"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            left = word.removesuffix(ending)
            doubled = ending != "s" and left[-1] == left[-2] and left[-1] not in "aeiousl"
            return left[:-1] if doubled else left
    return word


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [stem(word) for word in re.findall(r"[a-z0-9]{2,}", text.lower()) if word not in _EMPTY_WORDS]


def letter_groups(text: str) -> frozenset[str]:
    """Groups of four letters inside the stems; they catch words that share a part, such as "bolt" and "bolted"."""
    marked = [f"_{word}_" for word in stems(text)]
    return frozenset(
        word[start : start + _LETTERS_PER_GRAM]
        for word in marked
        for start in range(max(1, len(word) - _LETTERS_PER_GRAM + 1))
    )


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what two sets have in common (Dice 1945)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def same_words(one: str, other: str) -> float:
    """The share of stems that two texts have in common."""
    return shared(frozenset(stems(one)), frozenset(stems(other)))


def same_wording(one: str, other: str) -> float:
    """The larger of the shares of common stems and common groups of letters."""
    return max(same_words(one, other), shared(letter_groups(one), letter_groups(other)))


class RareWordsCount:
    """Likeness in which rare words count more than common ones (tf-idf weights, Spärck Jones 1972).

    `texts` says how common each word is; without it "operate" or "check" would make everything alike.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts_with: Counter[str] = Counter()
        self._size = 0
        for text in texts:
            self._size += 1
            self._texts_with.update(set(stems(text)))

    def rarity(self, word: str) -> float:
        """The weight of a stem: 0 when every text has it."""
        return max(0.0, math.log((self._size + 1) / (self._texts_with[word] + 1)))

    def weights(self, text: str) -> Mapping[str, float]:
        """The stems of a text with their weights, scaled to length 1."""
        counts = Counter(stems(text))
        weights = {word: self.rarity(word) * (1 + math.log(count)) for word, count in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}

    @staticmethod
    def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
        """How far two weighted texts point in one direction."""
        return sum(weight * other.get(word, 0.0) for word, weight in one.items())

    def same_rare_words(self, one: str, other: str) -> float:
        """The share of common stems, each counted by its rarity."""
        left, right = set(stems(one)), set(stems(other))
        whole = sum(map(self.rarity, left)) + sum(map(self.rarity, right))
        return 2 * sum(map(self.rarity, left & right)) / whole if whole else 0.0

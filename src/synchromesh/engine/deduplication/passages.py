"""What the text of a course says that few others say: what is worth reading in another language.

A text repeats the title, and a provider ends all its texts alike. So of each sentence only those words are taken that
few texts of the language have and the title has not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from synchromesh.engine.deduplication.corpus import Corpus, Prepared
from synchromesh.engine.vocabulary.folding import fold

MOST = 3
"""Passages of a text that count, from its beginning."""
_LONGEST_TEXT = 2000  # characters of a text that are looked at
_LONGEST = 110  # characters of a passage
_RARE, _RARE_SHARE = 5, 0.04  # texts of a language that may have a rare word: so many, or this share of them
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 10  # a single short word says too little
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W_]+[+#]*")


def telling_passages(corpus: Corpus, rows: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The passages of the courses in these rows, by row; none where a text has nothing of its own."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    texts: Counter[str] = Counter()
    for one in corpus.courses:
        if one.text:
            texts[one.course.language] += 1
            counts[one.course.language].update(one.text)
    found = {}
    for row in rows:
        one = corpus.courses[row]
        often = max(_RARE, _RARE_SHARE * texts[one.course.language])
        found[row] = _passages(one, counts[one.course.language], often)
    return found


def _passages(one: Prepared, counts: Mapping[str, int], often: float) -> tuple[str, ...]:
    title = frozenset(_WORD.findall(fold(one.course.title)))
    passages = []
    for sentence in _SENTENCE_ENDS.split(one.course.text[:_LONGEST_TEXT]):
        words = []
        for word in _WORD.findall(sentence):
            folded = fold(word)
            if folded not in title and counts.get(folded, 0) < often:
                words.append(word)
        told = " ".join(words)
        if len(words) >= _FEWEST_WORDS or len(told) >= _FEWEST_LETTERS:
            passages.append(told if len(told) <= _LONGEST else told[:_LONGEST].rsplit(" ", 1)[0])
    return tuple(passages[:MOST])

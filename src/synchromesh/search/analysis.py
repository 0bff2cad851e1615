"""From text to the words that are compared: the same for documents and for queries, and for every backend.

Case and accents fall away in `engine/vocabulary/folding`; here words are cut and endings removed by tantivy's own
analysers, whose stemmers are Snowball's (M. F. Porter, https://snowballstem.org/algorithms/).
"""

from __future__ import annotations

from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from synchromesh.engine.vocabulary.folding import fold

MAX_QUERY = 200
"""Characters of a query that count; the rest is cut off."""

STEMMERS: dict[str, str] = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages whose endings are removed, with the name of the stemmer; words of all others are compared as they are."""

WORDS: TextAnalyzer = TextAnalyzerBuilder(Tokenizer.simple()).build()
_stemmers: dict[str, TextAnalyzer] = {}


def words_of(text: str) -> list[str]:
    """Cut folded text into words: runs of letters and digits."""
    return WORDS.analyze(text)


def has_stems(language: str) -> bool:
    """Whether endings of the language's words are removed; "de-AT" counts as "de"."""
    return _base(language) in STEMMERS


@lru_cache(maxsize=50_000)
def stem_of(word: str, language: str) -> str:
    """Return a folded word without its ending: in English "batteries" and "battery" both give "batteri".

    In a language without a stemmer the word itself.
    """
    code = _base(language)
    if code not in STEMMERS:
        return word
    if code not in _stemmers:
        _stemmers[code] = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(STEMMERS[code])).build()
    (stem,) = _stemmers[code].analyze(word)
    return stem or word


def query_words(query: str) -> tuple[str, ...]:
    """Return the different words of a query in order; nothing in it is an operator.

    A word repeated at the end stays at the end, where it counts as begun. Folding may lengthen a text, so the limit is
    applied before and (doubled) after.
    """
    found = words_of(fold(query[:MAX_QUERY])[: 2 * MAX_QUERY])
    return tuple(reversed(dict.fromkeys(reversed(found))))


def tolerance(word: str) -> int:
    """How many letters of a word may be wrong: none below 4 letters, 1 below 8, else 2."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def is_near(word: str, other: str, distance: int) -> bool:
    """Tell whether `distance` single changes turn one word into the other.

    A change adds, drops or replaces a letter or swaps two neighbours (optimal string alignment: no letter is changed
    twice). Source: F. J. Damerau, "A technique for computer detection and correction of spelling errors",
    Communications of the ACM 7 (1964), 171-176.
    """
    if abs(len(word) - len(other)) > distance:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        earlier, before, row = before, row, [i]
        for j, candidate in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != candidate))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == candidate:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > distance:
            return False
    return row[-1] <= distance


def _base(language: str) -> str:
    return language.partition("-")[0]

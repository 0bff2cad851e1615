"""How alike two courses are, field by field, as numbers that a model can weigh and a person can read.

`WITHIN` and `ACROSS` name the features of pairs in one language and in two; all lie about between 0 and 1, and what a
course does not state counts 0 in every feature about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log, log10

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from synchromesh.engine.deduplication.corpus import LONGEST_TEXT, Corpus, Prepared
from synchromesh.engine.deduplication.meaning import Meaning
from synchromesh.engine.deduplication.titles import are_marks_alike

_TITLE = (
    "title_ratio", "title_same", "title_exchanged", "title_added", "title_explained", "title_slips", "words_exchanged",
    "words_added",
)  # fmt: skip
_MARKS = ("marks_differ", "mark_added", "level_differs", "level_added")
OFFER = (
    "provider", "provider_differs", "provider_unknown", "provider_named", "page", "site", "dates_shared",
    "dates_differ", "minutes_same", "minutes_differ",
)  # fmt: skip
_TEXT = ("text_contained", "text_alike", "text_exchanged", "text_unknown")
WITHIN = (*_TITLE, *_MARKS, *OFFER, *_TEXT)
ACROSS = (
    *_MARKS, "marks_shared", "level_shared", "shape_shared", "shape_differs", "text_length_differs", *OFFER,
    "text_contained", "title_shared", "length_differs", "page_twin", "standing", "margin", "gap", "gap_here", "rank",
    "far", "small", "small_standing", "no_meaning",
)  # fmt: skip
_MOST_ALIGNED = 4  # words that differ; more are no slips
_RARE = 2  # a word that more titles have is no slip of the keyboard
_SAME_LANGUAGE_AFTER_ALL = 0.5  # titles that share more say that a language is stated wrongly
_UNSURE = 0.5  # a provider's name below this likeness is another one
_HARDLY_ALIKE = 0.3  # texts that share fewer words share no runs of words worth counting
_FEW_TITLES = 2  # a page with more different titles is a list of courses


@dataclass(frozen=True, slots=True)
class Likeness:
    """The features of a pair, in the order of `WITHIN` and `ACROSS`.

    `within` is None for two languages whose titles share little, `across` for one language. `same` tells that both
    courses state the same in every field.
    """

    within: tuple[float, ...] | None
    across: tuple[float, ...] | None
    same: bool


def compare(one: Prepared, other: Prepared, corpus: Corpus, meaning: Meaning | None) -> Likeness:
    """Compare two courses; `meaning` is None in one language and where no vectors are known."""
    offer = compare_offers(one, other, corpus)
    if one.course.language == other.course.language:
        within = (*compare_titles(one, other, corpus), *_compare_marks(one, other), *offer)
        return Likeness((*within, *compare_texts(one, other, corpus)), None, _states_the_same(one, other))
    shared, text = _titles_shared(one, other, corpus), compare_texts(one, other, corpus)
    across = (
        *_marks_across(one, other), *_shapes(one, other), *offer, text[0], shared, _length_differs(one, other),
        _is_page_twin(one, other),
        *_meant(meaning, len(corpus.courses)),
    )  # fmt: skip
    if shared < _SAME_LANGUAGE_AFTER_ALL:
        return Likeness(None, across, same=False)
    within = (*compare_titles(one, other, corpus), *_compare_marks(one, other), *offer, *text)
    return Likeness(within, across, same=False)


def compare_titles(one: Prepared, other: Prepared, corpus: Corpus) -> tuple[float, ...]:
    """The features of the titles; the first is how alike they are as a person sees it."""
    mine, yours = _naming(one, other, corpus), _naming(other, one, corpus)
    ratio = fuzz.token_sort_ratio(" ".join(mine), " ".join(yours)) / 100
    left, right = mine - yours, yours - mine
    slips = _slips(left, right, corpus)
    left, right = left - {slip[0] for slip in slips}, right - {slip[1] for slip in slips}
    whole = max(corpus.title_weight(mine), corpus.title_weight(yours), 1)
    # A word of a title that the other course's text has is left out there, not another word.
    explained = corpus.title_weight(left & other.text) + corpus.title_weight(right & one.text)
    only_mine, only_yours = corpus.title_weight(left - other.text), corpus.title_weight(right - one.text)
    smaller, larger = sorted((only_mine, only_yours))
    fewer, more = sorted((len(left - other.text), len(right - one.text)))
    return (
        ratio, float(mine == yours), smaller / whole, (larger - smaller) / whole, min(1.0, explained / whole),
        min(1.0, len(slips) / 2), min(1.0, fewer / 2), min(1.0, (more - fewer) / 2),
    )  # fmt: skip


def _naming(one: Prepared, other: Prepared, corpus: Corpus) -> frozenset[str]:
    """The words of a title without towns, levels and the names of both providers; all where none would be left."""
    words = frozenset(one.title.words)
    left = words - corpus.places - one.title.level_words
    named = left - one.provider - other.provider
    return named or left or words


def _slips(left: frozenset[str], right: frozenset[str], corpus: Corpus) -> list[tuple[str, str]]:
    """Pairs of words that differ by a slip of the keyboard or by their ending; none where most words differ."""
    if max(len(left), len(right)) > _MOST_ALIGNED:
        return []
    found = []
    free = sorted(right)
    for word in sorted(left):
        match = next((candidate for candidate in free if _is_slip(word, candidate, corpus)), None)
        if match is not None:
            found.append((word, match))
            free.remove(match)
    return found


def _is_slip(word: str, other: str, corpus: Corpus) -> bool:
    if not are_nearly_spelled_alike(word, other):
        return False
    rarer = min(corpus.title_counts[word], corpus.title_counts[other]) if word in corpus.title_counts else 0
    stem = min(len(word), len(other)) - 1
    return rarer <= _RARE or word[:stem] == other[:stem]


def are_nearly_spelled_alike(word: str, other: str) -> bool:
    """Whether one letter of a word of four letters or more differs, or two of a word of eight or more."""
    shorter = min(len(word), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 8 else 2
    if abs(len(word) - len(other)) > allowed:
        return False
    return OSA.distance(word, other, score_cutoff=allowed) <= allowed


def _compare_marks(one: Prepared, other: Prepared) -> tuple[float, ...]:
    marks = one.title.marks, other.title.marks
    levels = _levels(one, other), _levels(other, one)
    return (*_marks(marks), float(bool(levels[0] and levels[1]) and levels[0] != levels[1]), _added(levels))


def _levels(one: Prepared, other: Prepared) -> frozenset[str]:
    """The words of level of a title, also where a slip hides one that the other title has."""
    hidden = {
        level
        for level in other.title.level_words - one.title.level_words
        for word in one.title.words
        if are_nearly_spelled_alike(word, level)
    }
    return one.title.level_words | hidden


def _marks_across(one: Prepared, other: Prepared) -> tuple[float, ...]:
    """Levels of two languages are compared by what they mean; few courses have the same mark by chance."""
    marks, levels = (one.title.marks, other.title.marks), sorted((one.title.level, other.title.level))
    differ = bool(levels[0]) and levels[0] != levels[1]
    added = levels[1] > 0 and levels[0] == 0
    shared = bool(marks[0]) and marks[0] == marks[1], levels[0] > 0 and not differ
    return (*_marks(marks), float(differ), float(added), *map(float, shared))


def _shapes(one: Prepared, other: Prepared) -> tuple[float, ...]:
    """Whether titles are divided alike (translators keep brackets and colons), and how the texts differ in length."""
    shapes = one.title.shape, other.title.shape
    lengths = sorted((len(one.course.text[:LONGEST_TEXT]), len(other.course.text[:LONGEST_TEXT])))
    apart = min(1.0, log(lengths[1] / lengths[0])) if lengths[0] else 0.0
    return float(bool(shapes[0]) and shapes[0] == shapes[1]), float(shapes[0] != shapes[1]), apart


def _marks(marks: tuple[frozenset[str], frozenset[str]]) -> tuple[float, float]:
    if are_marks_alike(*marks):
        return 0.0, float(marks[0] != marks[1])
    return 1.0, 0.0


def _added(words: tuple[frozenset[str], frozenset[str]]) -> float:
    return float(bool(words[0]) != bool(words[1]))


def compare_offers(one: Prepared, other: Prepared, corpus: Corpus) -> tuple[float, ...]:
    """The features of provider, address, days and workload, in the order of `OFFER`."""
    mine, yours = one.course, other.course
    known = bool(one.provider and other.provider)
    provider = _provider_likeness(one.provider, other.provider, corpus) if known else 0.0
    named = 0.0
    if provider < _UNSURE:
        named = max(_named(one, other, corpus), _named(other, one, corpus))
    dates = set(mine.starts_on), set(yours.starts_on)
    shared = len(dates[0] & dates[1]) / min(map(len, dates)) if all(dates) else 0.0
    minutes = mine.minutes is not None and yours.minutes is not None
    as_long = minutes and mine.minutes == yours.minutes
    return (
        provider, float(known and provider < _UNSURE), float(not known), named, *_compare_addresses(one, other, corpus),
        shared, float(all(dates) and shared == 0), corpus.minutes.get(mine.minutes or 0, 0.0) if as_long else 0.0,
        float(minutes and not as_long),
    )  # fmt: skip


def _provider_likeness(one: frozenset[str], other: frozenset[str], corpus: Corpus) -> float:
    if one == other:
        return 1.0
    return _names_alike(one, other, corpus.provider_weight(one & other), corpus.provider_weight(one),
                        corpus.provider_weight(other))  # fmt: skip


@lru_cache(maxsize=20_000)
def _names_alike(one: frozenset[str], other: frozenset[str], shared: int, mine: int, yours: int) -> float:
    """Mean of what the shorter name has in common and what both have, at least the likeness of their letters."""
    contained, alike = shared / max(1, min(mine, yours)), shared / max(1, mine + yours - shared)
    letters = fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other))) / 100
    return max((contained + alike) / 2, letters if letters > 0.85 else 0.0)


def _named(one: Prepared, other: Prepared, corpus: Corpus) -> float:
    """Which share of a provider's name the other course's title and text have."""
    if not one.provider:
        return 0.0
    present = one.provider & (other.text | frozenset(other.title.words))
    return corpus.provider_weight(present) / max(1, corpus.provider_weight(one.provider))


def _compare_addresses(one: Prepared, other: Prepared, corpus: Corpus) -> tuple[float, float]:
    if not one.address.site or one.address.site != other.address.site:
        return 0.0, 0.0
    if not one.address.page or one.address != other.address:
        return 0.0, 1.0
    return min(1.0, _FEW_TITLES / max(1, corpus.titles_on_page.get(one.address, 1))), 1.0


def compare_texts(one: Prepared, other: Prepared, corpus: Corpus) -> tuple[float, ...]:
    """The features of the texts; the first is which share of the shorter one the other has."""
    if not one.text or not other.text:
        return 0.0, 0.0, 0.0, 1.0
    mine, yours = corpus.text_totals[one.row], corpus.text_totals[other.row]
    shared = corpus.text_weight(one.text & other.text)
    smaller = max(1, min(mine, yours))
    alike = 0.0
    if shared / smaller > _HARDLY_ALIKE:
        runs = np.intersect1d(one.shingles, other.shingles, assume_unique=True)
        alike = len(runs) / max(1, min(len(one.shingles), len(other.shingles)))
    return min(1.0, shared / smaller), alike, min(1.0, (min(mine, yours) - shared) / smaller), 0.0


def _titles_shared(one: Prepared, other: Prepared, corpus: Corpus) -> float:
    """Which share of the shorter title the other has: names and loan words are the same in many languages."""
    mine, yours = frozenset(one.title.words), frozenset(other.title.words)
    smaller = min(corpus.title_weight(mine), corpus.title_weight(yours))
    return corpus.title_weight(mine & yours) / max(1, smaller)


def _length_differs(one: Prepared, other: Prepared) -> float:
    """How much longer one title is than the other: 0 as long, 1 three times as long or more."""
    lengths = sorted((len(one.plain_title) + 5, len(other.plain_title) + 5))
    return min(1.0, log(lengths[1] / lengths[0]))


def _is_page_twin(one: Prepared, other: Prepared) -> float:
    """Whether the addresses name the same page in two languages."""
    mine, yours = one.address, other.address
    return float(bool(mine.neutral) and mine.site == yours.site and mine.neutral == yours.neutral)


def _meant(meaning: Meaning | None, courses: int) -> tuple[float, ...]:
    """Scaled so that usual values lie about between 0 and 1.

    In a small catalogue a stranger is easily the nearest, so that there it must stand out more.
    """
    if meaning is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0
    standing, small = meaning.standing / 8, max(0.0, 1 - log10(courses) / 4)
    return (
        standing, meaning.margin / 2, meaning.gap / 2, meaning.gap_here / 4, meaning.rank / 4,
        max(0.0, 1 - 2 * standing), small, small * standing, 0.0,
    )  # fmt: skip


def _states_the_same(one: Prepared, other: Prepared) -> bool:
    mine, yours = one.course, other.course
    return (
        mine.title == yours.title and mine.language == yours.language and mine.provider == yours.provider
        and mine.address == yours.address and mine.text == yours.text and mine.minutes == yours.minutes
        and mine.starts_on == yours.starts_on and mine.places == yours.places
    )  # fmt: skip

"""The words that name a concept, against a formulation that goes through every label of every concept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.matching.evidence import Evidence, PieceWords
from synchromesh.engine.matching.lexical import LexicalIndex, build_lexical_arrays
from synchromesh.engine.matching.segments import Span
from synchromesh.engine.matching.words import Word, words

WORDS = ["weld", "welding", "welder", "steel", "sheet", "sheets", "team", "teams", "a", "and", "teaming", "--"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
LABELS = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=3), min_size=1, max_size=4
)


def _find(labels: list[list[str]], texts: list[str]) -> list[list[tuple[Span, ...]]]:
    """The evidence of every concept in every text, all asked for at once."""
    evidence = Evidence(LexicalIndex(build_lexical_arrays(labels)))
    pieces = [PieceWords(text, Span(0, len(text))) for text in texts]
    found = evidence.find(pieces, [list(range(len(labels)))] * len(texts))
    return [found[at * len(labels) : (at + 1) * len(labels)] for at in range(len(texts))]


def _is_form(one: str, other: str) -> bool:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return one == other or (same >= 4 and same >= 0.6 * max(len(one), len(other)))


def _named(label: str, held: list[Word]) -> dict[str, list[Word]]:
    wanted = dict.fromkeys(word.folded for word in words(label))
    return {one: found for one in wanted if (found := [word for word in held if _is_form(word.folded, one)])}


def _slowly(several: list[str], text: str) -> set[int]:
    """The signs that the first of the best named labels stands on; all where none is named well enough."""
    best, shown = 0.0, set(range(len(text)))
    for label in several:
        wanted = {word.folded for word in words(label)}
        named = _named(label, words(text))
        if wanted and len(named) / len(wanted) > best:
            best = len(named) / len(wanted)
            if best >= 0.5:
                shown = {at for found in named.values() for word in found for at in range(word.start, word.end)}
    return shown


@given(labels=LABELS, texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_evidence_is_what_going_through_every_label_finds(labels: list[list[str]], texts: list[str]) -> None:
    for text, found in zip(texts, _find(labels, texts), strict=True):
        for several, spans in zip(labels, found, strict=True):
            covered = {at for span in spans for at in range(span.start, span.end)}
            expected = _slowly(several, text)
            # Words that stand together are shown as one place with what is between them.
            assert expected <= covered
            assert all(text[at] in " -" or at in expected for at in covered)
            assert list(spans) == sorted(spans, key=lambda span: (span.start - span.end, span.start))


@pytest.mark.parametrize(
    ("labels", "text", "shown"),
    [
        (["weld steel sheets"], "We weld sheets of steel here", ["weld sheets", "steel"]),
        (["manage a team"], "Two teams weld", ["teams"]),
        (["manage a large team"], "Two teams weld", ["Two teams weld"]),
        (["lead people", "weld"], "People who weld", ["weld"]),
        (["weld weld steel"], "Only steel", ["steel"]),
        (["---"], "Only steel", ["Only steel"]),
    ],
)
def test_the_best_named_label_is_shown(labels: list[str], text: str, shown: list[str]) -> None:
    [[spans]] = _find([labels], [text])
    assert [text[span.start : span.end] for span in spans] == shown


def test_nothing_is_asked_and_nothing_is_found() -> None:
    evidence = Evidence(LexicalIndex(build_lexical_arrays([["weld"]])))
    assert evidence.find([], []) == []

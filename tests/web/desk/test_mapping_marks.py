"""Marked texts stay the texts they were, whatever is marked in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from synchromesh.web.desk.mapping_marks import cut


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, int]]]:
    text = draw(st.text(min_size=1, max_size=40))
    marks = []
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        marks.append((start, draw(st.integers(start + 1, len(text))), number))
    return text, marks


@given(marked_texts())
def test_the_pieces_are_the_text_and_each_character_has_its_marks(
    sample: tuple[str, list[tuple[int, int, int]]],
) -> None:
    text, marks = sample
    pieces = cut(text, marks)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    at = 0
    for piece in pieces:
        for place in range(at, at + len(piece.text)):
            assert set(piece.numbers) == {number for start, end, number in marks if start <= place < end}
        at += len(piece.text)
    assert sorted(number for piece in pieces for number in piece.ends) == [number for *_, number in marks]


def test_overlapping_marks_are_cut_where_they_begin_and_end() -> None:
    pieces = cut("weld steel alone", [(0, 10, 1), (5, 16, 2)])
    assert [(piece.text, piece.numbers, piece.ends) for piece in pieces] == [
        ("weld ", (1,), ()),
        ("steel", (1, 2), (1,)),
        (" alone", (2,), (2,)),
    ]


def test_a_text_without_marks_is_one_piece() -> None:
    assert [piece.text for piece in cut("weld", [])] == ["weld"]

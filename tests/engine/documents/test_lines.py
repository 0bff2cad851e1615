"""Lines of print back into paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.engine.documents.lines import joined_lines

WIDE = "This line is as long as the others of its paragraph and reaches the margin"


def joined(*lines: str) -> list[str]:
    """The texts that come of the lines."""
    return [text for _, text in joined_lines(lines)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("die Unterweisung in der Hochvolt-", "sicherheit", "die Unterweisung in der Hochvoltsicherheit"),
        ("gelernter Kfz-", "Mechatroniker", "gelernter Kfz-Mechatroniker"),
        ("die Vor-", "und Nachteile", "die Vor- und Nachteile"),
        ("in der Fer\u00ad", "tigung", "in der Fertigung"),
        ("the years 2018 -", "2020", None),
    ],
)
def test_a_word_divided_at_the_line_end_is_put_together(first: str, second: str, expected: str | None) -> None:
    assert joined(first, second) == ([expected] if expected else [first, second])


def test_a_hyphen_stays_where_the_text_writes_the_word_with_it_elsewhere() -> None:
    text = joined("Work on high-voltage systems is", "", "more than work with high-", "voltage tools.")
    assert text[1] == "more than work with high-voltage tools."


def test_full_lines_go_on_and_short_ones_end_a_paragraph() -> None:
    assert joined(WIDE, WIDE, "and ends here.", "Another begins.") == [
        f"{WIDE} {WIDE} and ends here.",
        "Another begins.",
    ]


def test_short_words_in_small_letters_stay_apart() -> None:
    assert joined("python", "excel", "welding") == ["python", "excel", "welding"]


def test_a_day_at_the_start_of_a_line_does_not_begin_a_list() -> None:
    assert joined(f"{WIDE} on the", "12. March") == [f"{WIDE} on the 12. March"]


def test_a_numbered_list_keeps_its_numbers() -> None:
    assert list(joined_lines(["1. cells", "2. modules"])) == [("list_item", "1. cells"), ("list_item", "2. modules")]


def test_a_list_item_over_two_lines_is_one_item() -> None:
    assert list(joined_lines([f"- {WIDE}", "until here", "- next"])) == [
        ("list_item", f"{WIDE} until here"),
        ("list_item", "next"),
    ]


@pytest.mark.parametrize("line", ["e o curso de 2020", "o curso", "z. B. Zellen", "-5 degrees", "–"])
def test_what_only_looks_like_a_list_mark_stays(line: str) -> None:
    assert list(joined_lines([line])) == [("paragraph", line)]


@given(lines=st.lists(st.text(alphabet="ab-A.:• 1\u00ad", max_size=60), max_size=12))
def test_letters_and_digits_are_kept_in_their_order(lines: list[str]) -> None:
    kept = [c for text in joined(*lines) for c in text if c.isalnum()]
    assert kept == [c for line in lines for c in line if c.isalnum()]

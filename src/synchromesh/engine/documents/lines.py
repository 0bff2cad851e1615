"""Lines of print back into paragraphs and list items.

A page or a plain text says where lines end, not where paragraphs do. What tells: empty lines, list marks, how far a
line reaches compared with its neighbours, hyphens at line ends, and small letters at line starts. When in doubt lines
stay apart, since a join that is wrong makes words that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from synchromesh.engine.documents.model import Kind

_LIST_MARK = re.compile(r"\s*(?:[•‣⁃▪▫■□●○◦◆◇★✓✔➢➤►▶→\uf0a7\uf0b7·*]\s*|[–—-]\s+|o(?:\t\s*|\s{2,}))(?=\S)")
# A number may also be a day ("12. März"), so it stays in the text and counts only where no line goes on.
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_HYPHENS = ("-", "\u2010", "\u00ad")
_SOFT_HYPHEN = "\u00ad"
# "Vor- und Nachteile": a hyphen before such a word stays, with its space.
_CONJUNCTIONS = frozenset(
    (
        *("und", "oder", "bzw", "sowie", "und/oder", "and", "or", "and/or", "et", "ou", "e", "o", "y", "i", "a"),
        *("és", "vagy", "en", "of", "och", "eller"),
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS_A_SENTENCE = (".", "!", "?", ":", ";")
_LONGEST_HEADING = 60
_LONGEST_PARAGRAPH = 5_000
# Outside these widths lines were not broken by a program that fills columns.
_NARROWEST_COLUMN = 35
_WIDEST_COLUMN = 180
_REACHES_THE_MARGIN = 0.8
_TOO_LONG_FOR_AN_ITEM = 0.5


def joined_lines(lines: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """Yield (kind, text) for the paragraphs, list items and headings in the lines of a page, in order.

    Hyphens at line ends are taken out where the word goes on in small letters, unless the same lines have the word
    with its hyphen elsewhere.
    """
    margin = _margin(lines)
    words = _words(lines)
    kind: Kind = "paragraph"
    parts = ""
    last = ""
    for line in [*lines, ""]:
        stripped = line.strip()
        mark = _LIST_MARK.match(line) if stripped else None
        may_go_on = parts and len(parts) < _LONGEST_PARAGRAPH and stripped and not mark
        if may_go_on and _goes_on(last, line, margin, kind):
            parts = _joined(parts, stripped, words)
        else:
            if parts:
                yield _named(kind, parts)
            kind = "list_item" if mark or (stripped and _NUMBER.match(line)) else "paragraph"
            parts = line[mark.end() :].strip() if mark else stripped
        last = line.rstrip()


def _named(kind: Kind, text: str) -> tuple[Kind, str]:
    return ("heading" if kind == "paragraph" and _is_heading(text) else kind), text


def _is_heading(text: str) -> bool:
    """Return whether a paragraph is short and in capitals, or ends like the title of what follows."""
    letters = [character for character in text if character.isalpha()]
    if len(text) > _LONGEST_HEADING or len(letters) < 4:
        return False
    return all(letter.isupper() for letter in letters) or (text.endswith(":") and text.count(" ") < 5)


def _margin(lines: Sequence[str]) -> int:
    """Return how far full lines reach: the length that one line in ten exceeds."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _goes_on(last: str, line: str, margin: int, kind: Kind) -> bool:
    """Return whether the paragraph that ends with the line `last` goes on in `line`."""
    begins = line.lstrip()[0]
    if last.endswith(_HYPHENS) and last[-2:-1].isalpha() and begins.isalpha():
        return True
    if _is_heading(last.strip()) and kind == "paragraph":
        return False
    in_columns = _NARROWEST_COLUMN <= margin <= _WIDEST_COLUMN
    reaches = in_columns and len(last) >= _REACHES_THE_MARGIN * margin
    if _NUMBER.match(line) and (not reaches or last.endswith(_ENDS_A_SENTENCE) or kind == "list_item"):
        return False
    if reaches:
        return not _is_heading(line.strip())
    # A list of short words in small letters has one item in each line.
    is_long = in_columns and len(last) >= _TOO_LONG_FOR_AN_ITEM * margin
    return is_long and begins.islower() and not last.endswith(_ENDS_A_SENTENCE)


def _joined(before: str, after: str, words: frozenset[str]) -> str:
    """Return two lines as one, with the word between them mended."""
    if before.endswith(_SOFT_HYPHEN):
        return before[:-1] + after
    if not before.endswith(_HYPHENS) or not before[-2:-1].isalpha():
        return f"{before} {after}"
    first = _WORD.findall(before[-60:-1])
    second = _WORD.match(after)
    if second is None or not first or second[0].lower().rstrip(".") in _CONJUNCTIONS:
        return f"{before} {after}"
    with_hyphen = f"{first[-1]}-{second[0]}".lower()
    if not second[0][0].islower() or with_hyphen in words:
        return before + after
    return before[:-1] + after


def _words(lines: Sequence[str]) -> frozenset[str]:
    """Return the words with a hyphen inside, as evidence of how the text writes them."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line) if "-" in word)

"""Two texts side by side: which words went and which came, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# Below this likeness (0 to 1) two sentences share only small words; then the whole text is marked.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words in a row; `marked` where the other text lacks them."""

    text: str
    marked: bool


def mark_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The pieces of the old text, with what went marked, and those of the new text, with what came marked."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before != after and matcher.ratio() < _ALIKE:
        return _whole(before), _whole(after)
    gone, came = [], []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        gone.append((kind != "equal", "".join(old[i1:i2])))
        came.append((kind != "equal", "".join(new[j1:j2])))
    return _joined(gone), _joined(came)


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text, marked=True),) if text else ()


def _joined(pieces: Iterable[tuple[bool, str]]) -> tuple[Piece, ...]:
    """Without empty pieces, and neighbours of the same kind in one; a blank between two marked words is marked too."""
    rows = [(marked, text) for marked, text in pieces if text]
    bridged = [(marked or (text.isspace() and 0 < at < len(rows) - 1), text) for at, (marked, text) in enumerate(rows)]
    joined: list[tuple[bool, str]] = []
    for marked, text in bridged:
        if joined and joined[-1][0] == marked:
            joined[-1] = (marked, joined[-1][1] + text)
        else:
            joined.append((marked, text))
    return tuple(Piece(text=text, marked=marked) for marked, text in joined)

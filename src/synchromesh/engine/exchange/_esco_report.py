"""Clean the texts of ESCO and keep count of what had to be cleaned or left out.

Public packs contain labels with soft hyphens, zero-width spaces and no-break spaces, alternative labels that repeat,
and relations to concepts that are not there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from synchromesh.engine.errors import Problem

LISTED = 20
"""So many problems of a kind are listed one by one; the rest is only counted."""

_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_INVISIBLE = re.compile(f"[{_CONTROLS}\u061c\u200c-\u200f]")
# Arabic script needs its joiners and direction marks to be written rightly.
_INVISIBLE_IN_ARABIC = re.compile(f"[{_CONTROLS}]")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_SEPARATED = re.compile(r"\r?\n|\s\|\s")


class EscoReport:
    """Counts by kind of problem, and the first problems of each kind with their place."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []

    def add(self, kind: str, position: str, field: str, message: str) -> None:
        """Count one problem and list it unless there were many of its kind."""
        self.counts[kind] += 1
        if self.counts[kind] <= LISTED:
            self.problems.append(Problem(position=position, field=field, message=message))


class TextCleaner:
    """Cleans the texts of one row; what was invisible is reported once per column."""

    def __init__(self, report: EscoReport, *, position: str, language: str) -> None:
        self._report, self._position = report, position
        self._invisible = _INVISIBLE_IN_ARABIC if language == "ar" else _INVISIBLE

    def label(self, column: str, text: str) -> str:
        """Return one label on one line."""
        return " ".join(self._visible(column, text).split())

    def labels(self, column: str, text: str, *, but: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the labels of a cell, one a line or separated by " | ", each once and none of those in `but`."""
        kept: dict[str, None] = {}
        for part in _SEPARATED.split(self._visible(column, text)):
            label = " ".join(part.split())
            if not label:
                continue
            if label in kept or label in but:
                message = f"'{label[:80]}' repeats another label of the concept; it is kept once."
                self._report.add("duplicate_label", self._position, column, message)
            else:
                kept[label] = None
        return tuple(kept)

    def description(self, column: str, text: str) -> str:
        """Return a text with its line breaks."""
        lines = (" ".join(line.split()) for line in self._visible(column, text).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _visible(self, column: str, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        plain = _ODD_SPACE.sub(" ", self._invisible.sub("", text))
        if plain != text:
            message = "Invisible characters or unusual spaces were taken out."
            self._report.add("invisible_characters", self._position, column, message)
        return unicodedata.normalize("NFC", plain)

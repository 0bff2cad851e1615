"""Cut a text into sentences and clauses, each with its exact place.

People name skills in short pieces: a list item, half a sentence, three words between commas. So evidence is looked for
in sentences and in their clauses. A segment is a pair of offsets into the text as it was given; nothing is rewritten.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every pattern here reads a text once: what repeats never gives back, and none starts with blanks.
LONGEST_SENTENCE = 400  # characters; a longer piece without an end is cut at a blank
MOST_SENTENCES = 600  # a text of more is cut: about 60,000 characters of running text
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”’»)\]]*+\s++(?=[^\d]|\d++[.)]?\s)"  # an end mark, then a new beginning
    r"|[\r\n\u2028\u2029]+"  # a line of a list or a paragraph
    r"|[•▪●◦‣⁃]\s*+"  # a bullet in running text
    r"|(?<=\s)[-–*]\s++(?=[A-ZÀ-ŽΑ-Ω])"  # a dash that stands for a bullet
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|z\.\s?B|d\.\s?h|bzw|ca|inkl|usw|etc|vs|approx|incl|resp|tzv|např|mj|tj|př|p\.\s?ej|ej|"
    r"Dr|Mr|Mrs|Ms|Ing|Bc|Mgr|St|Std|Min|max|[A-ZÀ-Ž])\.$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:Nr|No|Art|Abs|čl|str)\.$", re.IGNORECASE)  # "state of the art." ends
_CLAUSE_END = re.compile(
    r"(?<![,;:()\[\]{}/|&])[,;:()\[\]{}/|&]++(?=\s|$)|(?<=\s)[,;:()\[\]{}/|&+–—-]++(?=\s|$)"
    r"|[()\[\]]|\s[–—-]\s"
    r"|\s(?:and|or|und|oder|sowie|et|ou|y|o|e|a|nebo|i|oraz|lub|och|eller|og|en|of|as well as|including|such as)\s",
    re.IGNORECASE,
)
_TRIM = " \t\r\n\f\v.,;:!?…•▪●◦‣⁃*–—-\"'“”„‚’‘«»()[]{}|/\\\u00a0\u200b\ufeff"
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of a text."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences, lines and list items of a text in order, without their end marks and bullets.

    They do not overlap; what has no letter or digit is left out. At most `MOST_SENTENCES`.
    """
    found: list[Span] = []
    for piece in _pieces(text):
        for part in _shorter(text, piece):
            trimmed = _trim(text, part)
            if trimmed is not None:
                found.append(trimmed)
                if len(found) == MOST_SENTENCES:
                    return found
    return found


def clauses(text: str, sentence: Span) -> list[Span]:
    """The parts of a sentence between commas, brackets and conjunctions; empty when there is only one part."""
    cuts = [sentence.start]
    for match in _CLAUSE_END.finditer(text, sentence.start, sentence.end):
        cuts += [match.start(), match.end()]
    cuts.append(sentence.end)
    parts = [_trim(text, Span(start, end)) for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    kept = [part for part in parts if part is not None and part.end - part.start >= 2]
    return kept if len(kept) > 1 else []


def _pieces(text: str) -> list[Span]:
    pieces, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        before = text[max(start, match.start() - 12) : match.start()]
        if "\n" not in match.group() and _is_abbreviated(before, text[match.end() : match.end() + 1]):
            continue
        pieces.append(Span(start, match.start()))
        start = match.end()
    pieces.append(Span(start, len(text)))
    return pieces


def _is_abbreviated(before: str, following: str) -> bool:
    return bool(_ABBREVIATION.search(before) or (following.isdecimal() and _BEFORE_NUMBER.search(before)))


def _shorter(text: str, piece: Span) -> list[Span]:
    """Cut a piece that never ends at blanks, so that work per sentence is bounded."""
    parts, start = [], piece.start
    while piece.end - start > LONGEST_SENTENCE:
        blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        end = blank if blank > 0 else start + LONGEST_SENTENCE
        parts.append(Span(start, end))
        start = end
    parts.append(Span(start, piece.end))
    return parts


def _trim(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and _is_trimmed(text[start]) and not _opens_a_name(text, start):
        start += 1
    while end > start and _is_trimmed(text[end - 1]):
        end -= 1
    return Span(start, end) if _LETTER_OR_DIGIT.search(text, start, end) else None


def _is_trimmed(sign: str) -> bool:
    return sign in _TRIM or sign.isspace()


def _opens_a_name(text: str, at: int) -> bool:
    """Whether a full stop belongs to the word after it, as in ".NET"."""
    return text[at] == "." and text[at + 1 : at + 2].isalpha() and text[at - 1 : at] != "."

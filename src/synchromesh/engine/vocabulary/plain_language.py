"""How easily a text is read: its words, its sentences, and phrases that say nothing.

Texts are Markdown. What counts as a sentence: something that ends like one, or a line of eight words and more; a
heading or a cell of a table is none, so that short lines do not make long sentences look short.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from synchromesh.engine.vocabulary._stock_phrases import STOCK_PHRASES

LONGEST_MEAN = 20
"""Words of a sentence on average that plain language stays below."""
_LEAST_WORDS = 8
_WORD = re.compile(r"\w[\w’'-]*")
_LINK = re.compile(r"\]\([^)]*\)")
_FOOTNOTE = re.compile(r"\s?\[\^[^\]]*\]")
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)|`")
_NEW_LINE = re.compile(r"\s*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s?)")
_RULE = re.compile(r"[\s|:-]+")
_END = re.compile(r"([.!?…]+)((?:\s?\[\^[^\]]*\])*[\"”“»«’)\]*_]*\s+)")
_ENGLISH = "no nos e.g i.e approx fig vs dr mr mrs ms st art cf etc par sec reg"
_GERMAN = "nr z.b d.h bzw ca usw abs vgl evtl ggf inkl max min u.a o.ä str tel"
_CZECH = "č čl odst např tzn tj apod atd př resp tzv mj popř ing obr tab"
_ABBREVIATIONS = frozenset(" ".join((_ENGLISH, _GERMAN, _CZECH)).split())
_ORDINAL = re.compile(r"\d{1,2}")
_NO_ORDINALS = frozenset({"en", "es", "fr", "it", "pt"})
_ENDED = re.compile(r"[.!?…][\"”“»«’)\]]*$")


def count_words(markdown: str) -> int:
    """The words that somebody reads, without addresses and marks of sources."""
    return len(_WORD.findall(_FOOTNOTE.sub("", _LINK.sub("]", markdown))))


def sentences_in(markdown: str, language: str) -> list[str]:
    """The sentences of a text as they are read."""
    parts = (_readable(part) for part in _parts(markdown, language))
    return [part for part in parts if _ENDED.search(part) or count_words(part) >= _LEAST_WORDS]


def sentences_citing(markdown: str, key: str, language: str) -> list[str]:
    """The sentences and lines that point at a source with `[^key]`, without the marks."""
    return [_readable(part) for part in _parts(markdown, language) if f"[^{key}]" in part]


def mean_sentence_words(texts: Iterable[str], language: str) -> float | None:
    """Words of a sentence on average; None where there is no sentence."""
    sentences = [sentence for text in texts for sentence in sentences_in(text, language)]
    return sum(map(count_words, sentences)) / len(sentences) if sentences else None


def stock_phrases_in(markdown: str, language: str) -> list[str]:
    """The phrases in a text that say nothing, as they stand there. Languages without a list have none."""
    text = " ".join(_readable(markdown).split())
    return [match.group() for phrase in STOCK_PHRASES.get(language, ()) for match in phrase.finditer(text)]


def _parts(markdown: str, language: str) -> Iterator[str]:
    """Sentences, headings and cells, without addresses, still with their marks of sources."""
    for line in _lines(_LINK.sub("]", markdown)):
        yield from _split(line, has_ordinals=language not in _NO_ORDINALS)


def _readable(text: str) -> str:
    bare = _FOOTNOTE.sub("", _LINK.sub("]", text)).replace("[", "").replace("]", "")
    return _EMPHASIS.sub("", bare).strip()


def _lines(markdown: str) -> Iterator[str]:
    """Paragraphs, list items, headings and cells, each on one line."""
    waiting: list[str] = []
    for line in [*markdown.splitlines(), ""]:
        begins = _NEW_LINE.match(line)
        is_row = line.strip().startswith("|")
        if waiting and (begins or is_row or not line.strip()):
            yield " ".join(waiting)
            waiting = []
        if is_row:
            yield from (cell.strip() for cell in line.strip(" |").split("|") if not _RULE.fullmatch(cell))
        elif begins and begins.group().strip().startswith("#"):
            yield line[begins.end() :].strip()
        elif line.strip():
            waiting.append((line[begins.end() :] if begins else line).strip())


def _split(line: str, *, has_ordinals: bool) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        before = line[start : end.start()].rsplit(None, 1)[-1:] or [""]
        following = line[end.end() :].lstrip('"„“”»«‚‘(*_[')[:1]
        ends = following.isupper() or following.isdigit()
        if not ends or (end[1] == "." and _goes_on(before[0], has_ordinals)):
            continue
        yield line[start : end.end()].strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def _goes_on(word: str, has_ordinals: bool) -> bool:
    """Whether the dot behind this word ends no sentence: an abbreviation, an initial, or "3." for the third."""
    bare = word.lstrip('("„“»«[*_').casefold()
    is_ordinal = has_ordinals and _ORDINAL.fullmatch(bare) is not None
    return bare in _ABBREVIATIONS or is_ordinal or (len(bare) == 1 and bare.isalpha())

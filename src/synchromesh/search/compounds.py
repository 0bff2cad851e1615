"""Words written as one that consist of others: "Batterietechnik" is also found by "Technik" and by "Batterie Technik".

German, Dutch, the Scandinavian languages and Finnish join words freely, so no dictionary has them all. The parts are
those words that stand alone in titles and labels of the index itself, and what stands before at least two of them
("Hochvolt" in "Hochvoltsicherheit" and "Hochvolttechnik"). This is the dictionary method of P. Koehn and K. Knight,
"Empirical methods for compound splitting", EACL 2003, https://aclanthology.org/E03-1076/, without its frequencies:
a wrong split only adds a late hit, because a part is worth less than any other way to match (see `ranking`).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from synchromesh.engine.vocabulary.folding import fold
from synchromesh.search.analysis import stem_of, words_of
from synchromesh.search.contract import Document

LINKS: dict[str, tuple[str, ...]] = {
    "de": ("", "s", "n", "es", "en", "er", "e"),
    "nl": ("", "s", "e", "en"),
    "sv": ("", "s"),
    "da": ("", "s", "e"),
    "nb": ("", "s", "e"),
    "nn": ("", "s", "e"),
    "no": ("", "s", "e"),
    "fi": ("", "n"),
}
"""Languages whose compounds are taken apart, with the letters that may stand between two parts."""

_SHORTEST_PART, _SHORTEST_WHOLE, _SHORTEST_BEGINNING = 4, 8, 5
_MOST_PARTS = 4
# Words that stand alone but are a prefix or an ending of others, where they mean something else (folded).
_NEVER_PARTS = frozenset((
    "aber", "achter", "alle", "andra", "auch", "auss", "beim", "boven", "dass", "dein", "denn", "deze", "dies",
    "diese", "door", "durch", "efter", "eine", "einem", "einen", "einer", "eines", "eller", "etter", "fort",
    "fra", "fran", "gegen", "haar", "haben", "hier", "hinter", "ihre", "ikke", "inom", "inte", "kein", "maar",
    "med", "mehr", "mein", "mellan", "mellem", "mellom", "met", "naar", "nach", "neben", "nicht", "niet", "och",
    "oder", "ohne", "onder", "over", "sein", "seine", "sich", "sind", "som", "tegen", "till", "trans", "tussen",
    "uber", "uden", "ueber", "under", "unter", "utan", "utom", "vara", "vare", "vom", "voor", "vor", "waar",
    "wegen", "weiter", "welche", "wenn", "werden", "wieder", "wird", "worden", "zijn", "zwischen",
))  # fmt: skip


@dataclass(slots=True)
class Parts:
    """The words that may be parts of others, by language; `split` remembers what it found."""

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _stems: dict[str, frozenset[str]] = field(default_factory=dict)
    _found: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def split(self, word: str, language: str) -> tuple[str, ...]:
        """The parts of a folded word, () where it is none or not known to be a compound."""
        if len(word) < _SHORTEST_WHOLE or language not in self.known:
            return ()
        found = self._found.get((language, word))
        if found is None:
            found = self._found[language, word] = tuple(self._split(word, language, _MOST_PARTS))
        return found

    def _split(self, word: str, language: str, most: int) -> list[str]:
        """The split into the fewest parts; of several the one whose first part is longest."""
        best: list[str] = []
        for place in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first = self._without_link(word[:place], language)
            if not first:
                continue
            rest = word[place:]
            if self._is_known(rest, language):
                return [first, rest]
            if most > 2 and (others := self._split(rest, language, most - 1)):
                best = best if best and len(best) <= len(others) + 1 else [first, *others]
        return best

    def _without_link(self, beginning: str, language: str) -> str:
        """The part that a beginning stands for, "" if none: "sicherheits" gives "sicherheit"."""
        known = self.known[language]
        for link in LINKS[language]:
            if beginning.endswith(link):
                part = beginning[: len(beginning) - len(link)]
                if part in known:
                    return part
        return ""

    def _is_known(self, ending: str, language: str) -> bool:
        """The last part may have an ending of its own: "techniken"."""
        if language not in self._stems:
            self._stems[language] = frozenset(stem_of(word, language) for word in self.known[language])
        return ending in self.known[language] or (
            ending not in _NEVER_PARTS and stem_of(ending, language) in self._stems[language]
        )


def collect_parts(documents: Iterable[Document]) -> Parts:
    """The parts that the titles and labels of the documents show."""
    alone: defaultdict[str, set[str]] = defaultdict(set)
    for document in documents:
        for language, texts in _names(document):
            if language in LINKS:
                alone[language].update(word for text in texts for word in words_of(fold(text)))
    return Parts(known={language: _parts_of(words, language) for language, words in alone.items()})


def drained(first: deque[Document], rest: Iterable[Document]) -> Iterator[Document]:
    """The documents that were kept to collect parts from, each let go as it is taken, and then the rest."""
    while first:
        yield first.popleft()
    yield from rest


def write_parts(parts: Parts, file: Path) -> None:
    """Keep the parts beside an index, so that what is put into it later is split alike: one a line."""
    lines = [f"{language}\t{word}\n" for language, words in sorted(parts.known.items()) for word in sorted(words)]
    file.write_text("".join(lines), encoding="utf-8")


def read_parts(file: Path) -> Parts:
    """Read what `write_parts` wrote. Raises OSError and ValueError."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for line in file.read_text(encoding="utf-8").splitlines():
        language, word = line.split("\t")
        known[language].add(word)
    return Parts(known={language: frozenset(words) for language, words in known.items()})


def _names(document: Document) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield from ((language, (title,)) for language, title in document.titles.items())
    yield from document.labels.items()


def _parts_of(words: set[str], language: str) -> frozenset[str]:
    usable = {word for word in words if len(word) >= _SHORTEST_PART and word.isalpha() and word not in _NEVER_PARTS}
    endings: defaultdict[str, set[str]] = defaultdict(set)
    for word in usable:
        for place in range(_SHORTEST_BEGINNING, len(word) - _SHORTEST_PART):
            if word[place:] in usable:
                endings[word[:place]].add(word[place:])
    return frozenset(usable | {beginning for beginning, heads in endings.items() if len(heads) > 1})

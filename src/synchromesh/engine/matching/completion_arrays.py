"""What completion reads: the labels of a vocabulary as sorted, packed arrays that a file holds and memory maps.

A million labels as Python strings take some 200 MB in each process; packed they take a third, and processes that map
the same files share them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.concepts import Concept, Vocabulary
from synchromesh.engine.matching.folding import fold_label
from synchromesh.engine.matching.titles import both_genders

Integers = NDArray[np.integer]
Bytes = NDArray[np.uint8]
GRAM_BUCKETS = 1 << 16
FORMAT = 1  # changes when files of an earlier program cannot be read any more
_NAMES = "languages.json"


@dataclass(frozen=True, slots=True)
class PackedTexts:
    """Texts one after the other as UTF-8; `starts` has one place more than there are texts."""

    data: Bytes
    starts: Integers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, at: int) -> bytes:
        return self.data[self.starts[at] : self.starts[at + 1]].tobytes()

    def text(self, at: int) -> str:
        """The text at a place."""
        return self[at].decode()

    def __iter__(self) -> Iterator[bytes]:
        return (self[at] for at in range(len(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionArrays:
    """Rows are labels in order of their folded form (as UTF-8, which is the order of code points).

    `rank` orders rows regardless of the reader: preferred labels first, then short ones. `concept_*` are the rows of
    each concept, `posting_*` the rows that hold each word, `gram_*` the words that hold each bucket of letter triples.
    """

    languages: tuple[str, ...]
    text: PackedTexts  # labels as they are written
    folded: PackedTexts  # sorted
    concept: Integers  # (rows,)
    language: Integers  # (rows,) place in `languages`
    preferred: NDArray[np.bool_]  # (rows,)
    rank: Integers  # (rows,)
    concept_start: Integers  # (concepts + 1,)
    concept_row: Integers
    uri: PackedTexts  # by concept
    word: PackedTexts  # distinct folded words, sorted
    posting_start: Integers  # (words + 1,)
    posting_row: Integers
    gram_start: Integers  # (GRAM_BUCKETS + 1,)
    gram_word: Integers


def build_arrays(vocabulary: Vocabulary) -> CompletionArrays:
    """Sort and pack the labels; some five seconds for a million of them. A label without a letter is left out."""
    languages = tuple(sorted({code for concept in vocabulary.concepts for code, _, _ in _labels(concept)}))
    number = {code: at for at, code in enumerate(languages)}
    rows = sorted(
        (fold_label(text).encode(), text, number[code], preferred, at)
        for at, concept in enumerate(vocabulary.concepts)
        for code, text, preferred in _labels(concept)
    )
    rows = [row for row in rows if row[0]]
    folded = pack(row[0] for row in rows)
    concept = np.array([row[4] for row in rows], dtype=np.int32)
    preferred = np.array([row[3] for row in rows], dtype=np.bool_)
    rank = np.empty(len(rows), dtype=np.int32)
    rank[np.lexsort((np.arange(len(rows)), np.diff(folded.starts), ~preferred))] = np.arange(len(rows), dtype=np.int32)
    word, posting_start, posting_row = _postings([row[0] for row in rows])
    gram_start, gram_word = _grams(word)
    return CompletionArrays(
        languages=languages,
        text=pack(row[1].encode() for row in rows),
        folded=folded,
        concept=concept,
        language=np.array([row[2] for row in rows], dtype=np.uint8),
        preferred=preferred,
        rank=rank,
        concept_start=_starts(np.bincount(concept, minlength=len(vocabulary.concepts))),
        concept_row=np.argsort(concept, kind="stable").astype(np.int32),
        uri=pack(concept.uri.encode() for concept in vocabulary.concepts),
        word=word,
        posting_start=posting_start,
        posting_row=posting_row,
        gram_start=gram_start,
        gram_word=gram_word,
    )


def _labels(concept: Concept) -> Iterator[tuple[str, str, bool]]:
    """Language, text, and whether it is the preferred label; of occupations also each gender by itself."""
    for code, text in concept.preferred.items():
        yield code, text, True
    others = [(code, text) for code, texts in concept.alternatives.items() for text in texts]
    if concept.kind == "occupation":
        named = [*concept.preferred.items(), *others]
        others += [(code, form) for code, text in named for form in both_genders(text) if form != text]
    for code, text in dict.fromkeys(others):
        yield code, text, False


def pack(texts: Iterable[bytes]) -> PackedTexts:
    """Put texts one after the other."""
    held = list(texts)
    starts = _starts([len(text) for text in held])
    return PackedTexts(np.frombuffer(b"".join(held), dtype=np.uint8), starts)


def _starts(counts: Sequence[int] | Integers) -> Integers:
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    starts[1:] = np.cumsum(counts)
    return starts


def _postings(folded: Sequence[bytes]) -> tuple[PackedTexts, Integers, Integers]:
    split = [list(dict.fromkeys(text.split(b" "))) for text in folded]
    words = sorted({word for row in split for word in row})
    number = {word: at for at, word in enumerate(words)}
    of_row = np.array([number[word] for row in split for word in row], dtype=np.int32)
    row = np.repeat(np.arange(len(split), dtype=np.int32), [len(found) for found in split])
    order = np.argsort(of_row, kind="stable")
    return pack(words), _starts(np.bincount(of_row, minlength=len(words))), row[order]


def _grams(words: PackedTexts) -> tuple[Integers, Integers]:
    """For each bucket the words that hold one of its letter triples, a blank before the word counted as a letter."""
    texts = [f" {word.decode()}" for word in words]
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    word_of = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    inside = word_of[:-2] == word_of[2:]
    buckets = gram_buckets(letters)[inside]
    held = np.unique(buckets.astype(np.int64) * max(len(texts), 1) + word_of[:-2][inside])
    found = held // max(len(texts), 1)
    return _starts(np.bincount(found, minlength=GRAM_BUCKETS)), (held % max(len(texts), 1)).astype(np.int32)


def gram_buckets(letters: NDArray[np.uint32]) -> Integers:
    """The bucket of each three letters that follow each other; different triples may share one."""
    wide = letters.astype(np.uint64)
    mixed = wide[:-2] * np.uint64(1_000_003) ^ wide[1:-1] * np.uint64(8_191) ^ wide[2:]
    return (mixed % np.uint64(GRAM_BUCKETS)).astype(np.int64)


def write_arrays(arrays: CompletionArrays, folder: Path) -> None:
    """Write all arrays into a new folder; one file each, so that they can be mapped."""
    folder.mkdir(parents=True)
    for name, array in _files(arrays).items():
        np.save(folder / f"{name}.npy", array)
    (folder / _NAMES).write_text(json.dumps(arrays.languages), encoding="utf-8")


def read_arrays(folder: Path) -> CompletionArrays:
    """Map what `write_arrays` wrote. Raises OSError or ValueError where a file is missing or damaged."""
    languages = tuple(json.loads((folder / _NAMES).read_text(encoding="utf-8")))

    def mapped(name: str) -> NDArray[np.generic]:
        # As a plain array: indexing the class `memmap` costs a call of Python each time.
        return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))

    held: dict[str, object] = {"languages": languages}
    for field in fields(CompletionArrays):
        if field.name in PACKED:
            held[field.name] = PackedTexts(mapped(field.name), mapped(f"{field.name}_starts"))  # type: ignore[arg-type]
        elif field.name != "languages":
            held[field.name] = mapped(field.name)
    return CompletionArrays(**held)  # type: ignore[arg-type]


PACKED = frozenset({"text", "folded", "uri", "word"})


def _files(arrays: CompletionArrays) -> dict[str, NDArray[np.generic]]:
    found: dict[str, NDArray[np.generic]] = {}
    for field in fields(CompletionArrays):
        value = getattr(arrays, field.name)
        if isinstance(value, PackedTexts):
            found |= {field.name: value.data, f"{field.name}_starts": value.starts}
        elif field.name != "languages":
            found[field.name] = value
    return found

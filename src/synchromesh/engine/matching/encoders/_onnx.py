"""What encoders that run an ONNX model share: word pieces in, mean of the last layer out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.encoders import TextKind, Vectors, readable, unit_length

_LONGEST = 4000  # characters; more than any tokenizer keeps
_NO_TOKEN = [[0]]  # what stands for a text when only the length of a vector is wanted
_MOST_TOKENS = 256  # of a batch; beyond, a batch is not quicker, and what is between two layers leaves the cache
_MOST_PADDED = 1.1  # tokens of a batch with padding for one without
_SLACK = 4  # tokens of padding that are always worth a larger batch
_SLOW_FUSIONS = ("SkipLayerNormFusion",)  # on processors five times as slow as what it replaces


def open_session(model: Path | bytes, *, threads: int) -> Any:
    """A session of onnxruntime, which states no types, on the processor."""
    import onnxruntime

    runtime = cast("Any", onnxruntime)  # its names are put together while it loads
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    given = model if isinstance(model, bytes) else str(model)
    return runtime.InferenceSession(
        given, options, providers=["CPUExecutionProvider"], disabled_optimizers=[*_SLOW_FUSIONS]
    )


class OnnxEncoder:
    """A transformer in ONNX with its tokenizer; the mean over tokens is the vector of a text.

    `prefixes` are put before a text by its side ("query: ", "passage: "), as the model was trained.
    """

    def __init__(
        self, *, identity: str, model: Path, tokenizer: Any, threads: int, prefixes: dict[TextKind, str] | None = None
    ) -> None:
        self.identity = identity
        self._session = open_session(model, threads=threads)
        self._inputs = {one.name for one in self._session.get_inputs()}
        self._tokenizer = tokenizer
        self._prefixes = prefixes or {}
        self._dimensions = self._run(_NO_TOKEN).shape[1]

    def encode(self, texts: Sequence[str], *, kind: TextKind) -> Vectors:
        """See the contract. Texts of like length share a batch, so that little is spent on padding."""
        prefix = self._prefixes.get(kind, "")
        tokens = [
            one.ids or [0] for one in self._tokenizer.encode_batch([prefix + readable(t, _LONGEST) for t in texts])
        ]
        out = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for rows in batches_of_like_length([len(one) for one in tokens]):
            out[rows] = self._run([tokens[at] for at in rows])
        return out

    def _run(self, ids: Sequence[Sequence[int]]) -> Vectors:
        longest = max(len(row) for row in ids)
        padded = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros((len(ids), longest), dtype=np.int64)
        for at, row in enumerate(ids):
            padded[at, : len(row)] = row
            mask[at, : len(row)] = 1
        given = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(padded)}
        wanted = {name: value for name, value in given.items() if name in self._inputs}
        output = np.asarray(self._session.run(None, wanted)[0], dtype=np.float32)
        # A model of two dimensions pools by itself.
        return unit_length(output) if output.ndim == 2 else mean_of_tokens(output, mask)


def batches_of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of texts in batches whose lengths in tokens differ little, the shortest first; each text once."""
    batch: list[int] = []
    tokens = 0
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        padded = lengths[at] * (len(batch) + 1)
        if batch and (padded > _MOST_TOKENS or padded > _MOST_PADDED * (tokens + lengths[at]) + _SLACK):
            yield batch
            batch, tokens = [], 0
        batch.append(at)
        tokens += lengths[at]
    if batch:
        yield batch


def mean_of_tokens(vectors: NDArray[np.float32], mask: NDArray[np.integer]) -> Vectors:
    """The mean vector of each text's tokens (texts, tokens, width), of unit length; the mask is 1 where a token is."""
    weights = mask[:, :, None].astype(np.float32)
    return unit_length((vectors * weights).sum(axis=1) / weights.sum(axis=1))


def sha256_of(file: Path) -> str:
    """The checksum of a file, read piece by piece since models are large."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

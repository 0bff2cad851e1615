"""What encoders on onnxruntime share: batches, means, and models that are written without their package."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synchromesh.engine.matching.encoders._onnx import batches_of_like_length, mean_of_tokens, open_session
from synchromesh.engine.matching.encoders._onnx_format import write_constant, write_model, write_node, write_value

needs_runtime = pytest.mark.skipif(find_spec("onnxruntime") is None, reason="onnxruntime is not installed")


@given(lengths=st.lists(st.integers(1, 300), max_size=60))
def test_each_text_is_in_one_batch_and_little_is_padded(lengths: list[int]) -> None:
    batches = list(batches_of_like_length(lengths))
    assert sorted(at for batch in batches for at in batch) == list(range(len(lengths)))
    for batch in batches:
        padded = max(lengths[at] for at in batch) * len(batch)
        assert len(batch) == 1 or padded <= min(256, 1.1 * sum(lengths[at] for at in batch) + 4)


def test_the_mean_counts_tokens_alone() -> None:
    vectors = np.array([[[3, 4], [9, 9]], [[1, 0], [0, 1]]], dtype=np.float32)
    found = mean_of_tokens(vectors, np.array([[1, 0], [1, 1]]))
    assert found == pytest.approx(np.array([[0.6, 0.8], [0.5**0.5, 0.5**0.5]]))


@needs_runtime
@settings(max_examples=10, deadline=None)
@given(rows=st.integers(1, 40), seed=st.integers(0, 99))
def test_a_written_model_computes_what_its_nodes_say(rows: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    weights = generator.normal(size=(8, 300)).astype(np.float32)  # 300 takes two bytes to write
    bias = generator.normal(size=300).astype(np.float32)
    model = write_model(
        [
            write_node("MatMul", ["given", "weights"], "product"),
            write_node("Add", ["product", "bias"], "sum"),
            write_node("LayerNormalization", ["sum", "bias"], "normal", epsilon=0.5, axis=1),
        ],
        [write_constant("weights", weights), write_constant("bias", bias)],
        [write_value("given", "float32", ["rows", 8])],
        [write_value("sum", "float32", ["rows", 300]), write_value("normal", "float32", ["rows", 300])],
    )
    given_rows = generator.normal(size=(rows, 8)).astype(np.float32)
    summed, normal = open_session(model, threads=1).run(None, {"given": given_rows})
    expected = given_rows @ weights + bias
    assert summed == pytest.approx(expected, abs=1e-4)
    centred = expected - expected.mean(axis=1, keepdims=True)
    assert normal == pytest.approx(centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 0.5) * bias, abs=1e-4)

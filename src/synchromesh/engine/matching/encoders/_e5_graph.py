"""The network of multilingual-e5-small as a graph for onnxruntime, with weights of four bits.

onnxruntime multiplies them with eight bits of what a layer gets, as the engine of the package does, but two to three
times as quick. Source of the network: Vaswani et al. 2017, Attention Is All You Need (arXiv 1706.03762), as BERT and
XLM-RoBERTa have it.
"""

from __future__ import annotations

import numpy as np

from synchromesh.engine.matching.encoders._e5_file import BLOCK, E5File, split_blocks
from synchromesh.engine.matching.encoders._onnx_format import write_constant, write_model, write_node, write_value

EMBEDDED, MASK = "embedded", "mask"  # inputs: (texts, tokens, width) and (texts, tokens), 1 where a token is
_EIGHT_BITS = 4  # how exactly a layer's input is taken, as MatMulNBits counts it


def write_e5_graph(file: E5File) -> bytes:
    """The model, from embedded tokens to the vectors of the last layer."""
    graph = _Graph(file)
    values = graph.normalised(EMBEDDED, "emb.ln")
    for layer in range(file.layers):
        values = graph.layer(values, f"l{layer}.")
    shape: list[str | int] = ["texts", "tokens", file.width]
    inputs = [write_value(EMBEDDED, "float32", shape), write_value(MASK, "int32", shape[:2])]
    return write_model(graph.nodes, graph.constants, inputs, [write_value(values, "float32", shape)])


class _Graph:
    """Nodes and constants so far. Each method adds some and gives the name of what comes out."""

    def __init__(self, file: E5File) -> None:
        self._file = file
        self.nodes: list[bytes] = []
        self.constants: list[bytes] = []

    def layer(self, values: str, name: str) -> str:
        """Attention, then two matrices for each token by itself; each adds to what it got."""
        parts = [self._product(values, f"{name}{part}") for part in "qkv"]
        bias = np.concatenate([self._file.numbers(f"{name}{part}.b") for part in "qkv"])
        self.constants.append(write_constant(f"{name}qkv.b", bias))
        attended = self._add(
            "MultiHeadAttention", [*parts, f"{name}qkv.b", MASK], f"{name}attended", num_heads=self._file.heads
        )
        summed = self._plus(self._biased(self._product(attended, f"{name}ao"), f"{name}ao"), values)
        values = self.normalised(summed, f"{name}aln")
        inner = self._add("BiasGelu", [self._product(values, f"{name}fi"), self._bias(f"{name}fi")], f"{name}inner")
        summed = self._plus(self._biased(self._product(inner, f"{name}fo"), f"{name}fo"), values)
        return self.normalised(summed, f"{name}oln")

    def normalised(self, values: str, name: str) -> str:
        """Layer normalisation (Ba et al. 2016, arXiv 1607.06450)."""
        for part in "wb":
            self.constants.append(write_constant(f"{name}.{part}", self._file.numbers(f"{name}.{part}")))
        inputs = [values, f"{name}.w", f"{name}.b"]
        return self._add("LayerNormalization", inputs, f"{name}.out", epsilon=float(self._file.epsilon))

    def _product(self, values: str, name: str) -> str:
        """The product with a matrix of four bits. Neighbours share a byte here, in the file they are 16 apart."""
        halves, scales = split_blocks(self._file.blocks(f"{name}.w"))
        weights = np.concatenate([halves & 15, halves >> 4], axis=-1)
        packed = weights[..., 0::2] | (weights[..., 1::2] << 4)
        self.constants.append(write_constant(f"{name}.packed", packed))
        self.constants.append(write_constant(f"{name}.scales", scales.reshape(-1)))
        return self._add(
            "MatMulNBits",
            [values, f"{name}.packed", f"{name}.scales"],
            f"{name}.product",
            K=packed.shape[1] * BLOCK,
            N=packed.shape[0],
            bits=4,
            block_size=BLOCK,
            accuracy_level=_EIGHT_BITS,
        )

    def _bias(self, name: str) -> str:
        self.constants.append(write_constant(f"{name}.b", self._file.numbers(f"{name}.b")))
        return f"{name}.b"

    def _biased(self, values: str, name: str) -> str:
        return self._plus(values, self._bias(name))

    def _plus(self, values: str, other: str) -> str:
        return self._add("Add", [values, other], f"{values}+")

    def _add(self, operator: str, inputs: list[str], output: str, **attributes: int | float) -> str:
        self.nodes.append(write_node(operator, inputs, output, **attributes))
        return output

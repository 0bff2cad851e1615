"""Write a network as an ONNX model: the few messages that a graph is made of, so that no package is needed for it.

Source: onnx.proto3 of ONNX (https://github.com/onnx/onnx), whose field numbers stand beside each function, in the
encoding of Protocol Buffers (https://protobuf.dev/programming-guides/encoding).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ELEMENT = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7}  # TensorProto.DataType
_FORMAT_VERSION = 8
_OPERATORS = (("", 17), ("com.microsoft", 1))  # sets of operators and their versions; the second is onnxruntime's own
_OWN_OPERATORS = frozenset({"MatMulNBits", "MultiHeadAttention", "BiasGelu"})
_VARINT, _BYTES, _FLOAT32 = 0, 2, 5  # how a field is written

Attribute = int | float


def write_model(
    nodes: Sequence[bytes], constants: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes]
) -> bytes:
    """A whole model (ModelProto: ir_version 1, graph 7, opset_import 8) of the messages that other functions give."""
    graph = b"".join(  # GraphProto: node 1, name 2, initializer 5, input 11, output 12
        [
            *(_bytes(1, node) for node in nodes),
            _bytes(2, b"graph"),
            *(_bytes(5, constant) for constant in constants),
            *(_bytes(11, one) for one in inputs),
            *(_bytes(12, one) for one in outputs),
        ]
    )
    sets = [_bytes(8, _bytes(1, domain.encode()) + _number(2, version)) for domain, version in _OPERATORS]
    return b"".join([_number(1, _FORMAT_VERSION), _bytes(7, graph), *sets])


def write_node(operator: str, inputs: Sequence[str], output: str, **attributes: Attribute) -> bytes:
    """NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7."""
    domain = _OPERATORS[operator in _OWN_OPERATORS][0]
    return b"".join(
        [
            *(_bytes(1, name.encode()) for name in inputs),
            _bytes(2, output.encode()),
            _bytes(4, operator.encode()),
            *(_bytes(5, _attribute(name, value)) for name, value in attributes.items()),
            _bytes(7, domain.encode()),
        ]
    )


def write_constant(name: str, values: NDArray[np.generic]) -> bytes:
    """TensorProto: dims 1, data_type 2, name 8, raw_data 9."""
    dimensions = b"".join(_number(1, size) for size in values.shape)
    return b"".join(
        [
            dimensions,
            _number(2, _ELEMENT[values.dtype.name]),
            _bytes(8, name.encode()),
            _bytes(9, np.ascontiguousarray(values).tobytes()),
        ]
    )


def write_value(name: str, element: str, dimensions: Sequence[str | int]) -> bytes:
    """ValueInfoProto: name 1, type 2 (tensor_type 1: elem_type 1, shape 2). A dimension by name may have any size."""
    shape = b"".join(
        _bytes(1, _number(1, size) if isinstance(size, int) else _bytes(2, size.encode())) for size in dimensions
    )
    tensor = _number(1, _ELEMENT[element]) + _bytes(2, shape)
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _attribute(name: str, value: Attribute) -> bytes:
    """AttributeProto: name 1, f 2, i 3, type 20 (1 is a float, 2 an integer)."""
    if isinstance(value, float):
        written = _varint(2 << 3 | _FLOAT32) + struct.pack("<f", value) + _number(20, 1)
    else:
        written = _number(3, value) + _number(20, 2)
    return _bytes(1, name.encode()) + written


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)

"""What decides about a pair in doubt: one number for each name."""

from __future__ import annotations

from synchromesh.engine.deduplication.deciding import DECIDING, deciding_features
from synchromesh.engine.deduplication.likeness import ACROSS
from synchromesh.engine.deduplication.reading import READ
from synchromesh.engine.deduplication.surroundings import AROUND


def test_each_feature_stands_under_its_name() -> None:
    around = {name: 2.0 + at for at, name in enumerate(AROUND)}
    read = {name: 0.25 + at for at, name in enumerate(READ)}
    across = {name: at / 64 for at, name in enumerate(ACROSS)}
    found = dict(
        zip(DECIDING, deciding_features(*(tuple(one.values()) for one in (around, read, across))), strict=True)
    )
    known = around | read | across
    for name, value in found.items():
        first, _, second = name.partition(" * ")
        assert value == known[first] * (known[second] if second else 1), name

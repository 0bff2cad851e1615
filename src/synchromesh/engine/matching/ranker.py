"""Turn the features of candidates into calibrated probabilities, by small networks and trees trained elsewhere.

They are plain arrays in `weights/*.npz`: nothing in them can run. They are trained by
`python -m benchmarks.matching.training`. Where there are trees, the networks order all candidates of a text, and trees
look at the first ones alone; that is several times quicker and costs nothing that was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.trees import Trees, read_trees

Floats = NDArray[np.float32]
WEIGHTS = Path(__file__).parent / "weights"
_CLIP = 6.0  # standard deviations; beyond, a feature says nothing new
UNLIKELY = np.float32(-8)  # what trees would say of candidates that they do not look at, about


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """A mean of networks over named features, and the table that turns its output into a probability.

    Every network is a list of (weight, bias); layers but the last are followed by max(0, x). `trees` look at the first
    `looked_at` candidates of a text; their output and that of the networks count the same.
    """

    features: tuple[str, ...]
    mean: Floats
    spread: Floats
    networks: tuple[tuple[tuple[Floats, Floats], ...], ...]
    calibration: tuple[Floats, Floats]  # outputs, rising, and the probabilities that were measured at them
    thresholds: Mapping[str, float]
    outright: tuple[float, float]  # outputs that stand for a label of one word, and of several, named outright
    trees: Trees | None = None
    looked_at: int = 0

    def outputs(self, features: Mapping[str, NDArray[np.floating]], starts: NDArray[np.integer]) -> Floats:
        """The uncalibrated output for each candidate; higher is better. `starts` is where those of each text begin."""
        table = np.stack([np.asarray(features[name], dtype=np.float32) for name in self.features], axis=1)
        outputs = self._of_networks(table)
        if self.trees is not None:
            first = first_of_each(outputs, starts, self.looked_at)
            of_trees = np.full(len(table), UNLIKELY)
            of_trees[first] = self.trees.outputs(table[first])
            outputs = (outputs + of_trees) / np.float32(2)
        return outputs

    def _of_networks(self, table: Floats) -> Floats:
        table = np.clip((table - self.mean) / self.spread, -_CLIP, _CLIP)
        total = np.zeros(len(table), dtype=np.float32)
        for network in self.networks:
            values = table
            for depth, (weight, bias) in enumerate(network):
                values = values @ weight + bias
                if depth < len(network) - 1:
                    values = np.maximum(values, 0)
            total += values[:, 0]
        return total / np.float32(len(self.networks))

    def named_outright(self, exact: NDArray[np.floating], label_words: NDArray[np.floating]) -> Floats:
        """The least output of candidates all of whose label words stand in the text, by what was measured for them.

        -inf for the others; labels of one word are more often chance than longer ones.
        """
        several = np.where(label_words >= 2, self.outright[1], self.outright[0])
        return np.where(exact >= 0.999, several, -np.inf).astype(np.float32)

    def probabilities(self, outputs: Floats) -> Floats:
        """Calibrated probabilities: straight lines between the measured points, so the order is kept."""
        return np.interp(outputs, *self.calibration).astype(np.float32)


@lru_cache(maxsize=8)
def load_weights(name: str) -> dict[str, NDArray[np.generic]]:
    """Read a file of weights; pickled objects are refused."""
    with np.load(WEIGHTS / f"{name}.npz", allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


@lru_cache(maxsize=16)
def load_ranker(name: str) -> Ranker:
    """The ranker of a kind of text and a set of encoders, e.g. "short-meu"."""
    stored = load_weights(f"ranker-{name}")
    networks = []
    for number in range(int(stored["networks"])):
        layers: list[tuple[Floats, Floats]] = []
        while f"{number}.{len(layers)}.weight" in stored:
            at = f"{number}.{len(layers)}"
            layers.append((_floats(stored[f"{at}.weight"]), _floats(stored[f"{at}.bias"])))
        networks.append(tuple(layers))
    return Ranker(
        features=tuple(stored["features"].tolist()),
        mean=_floats(stored["mean"]),
        spread=_floats(stored["spread"]),
        networks=tuple(networks),
        calibration=(_floats(stored["calibration.outputs"]), _floats(stored["calibration.probabilities"])),
        outright=(float(stored["outright.one"]), float(stored["outright.several"])),
        thresholds={"suggest": float(stored["threshold.suggest"]), "tag": float(stored["threshold.tag"])},
        trees=read_trees(stored),
        looked_at=int(stored.get("trees.looked_at", np.array(0))),
    )


def first_of_each(outputs: NDArray[np.floating], starts: NDArray[np.integer], number: int) -> NDArray[np.int64]:
    """The places of the `number` highest outputs of each text; those of a text begin where `starts` says."""
    text = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.lexsort((-outputs, text))
    return order[np.arange(len(order)) - starts[text] < number]


def _floats(array: NDArray[np.generic]) -> Floats:
    return np.asarray(array, dtype=np.float32)

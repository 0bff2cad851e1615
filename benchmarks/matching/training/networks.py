"""Train small networks that order candidates, and the tables that make their outputs probabilities.

Loss: softmax over the candidates of a text with the mass on the right ones (ListNet, Cao et al. 2007), plus a share of
the plain yes-or-no loss so that outputs of different texts can be compared. Calibration: isotonic regression (Zadrozny
and Elkan 2002) on outputs for texts that the network did not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

Floats = NDArray[np.floating]
Network = list[tuple[Floats, Floats]]
_YES_OR_NO = 0.075
_TABLE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One text: features of its candidates (already scaled), how right each is (0 or more), how much it counts."""

    features: Floats
    gains: Floats
    weight: float


def train_network(
    listings: Sequence[Listing], *, hidden: Sequence[int], epochs: int, decay: float, seed: int, rate: float = 2e-3
) -> Network:
    """A network with the given hidden layers, none for a linear one."""
    generator = np.random.default_rng(seed)
    sizes = [listings[0].features.shape[1], *hidden, 1]
    start = 0.0 if not hidden else 1.0
    network: Network = [
        (
            (start * generator.normal(0, np.sqrt(2 / before), (before, after))).astype(np.float32),
            np.zeros(after, dtype=np.float32),
        )
        for before, after in pairwise(sizes)
    ]
    flat = [part for layer in network for part in layer]
    means, squares = [np.zeros_like(part) for part in flat], [np.zeros_like(part) for part in flat]
    batch = 16 if len(listings) > 200 else len(listings)
    steps, step = epochs * (len(listings) // batch), 0
    for _epoch in range(epochs):
        order = generator.permutation(len(listings))
        for at in range(0, len(listings) - batch + 1, batch):
            step += 1
            now = rate * min(1, step / 100) * max(0.03, 1 - step / steps)
            gradients = _gradients(network, [listings[row] for row in order[at : at + batch]])
            for number, (part, gradient) in enumerate(zip(flat, gradients, strict=True)):
                means[number] = 0.9 * means[number] + 0.1 * gradient
                squares[number] = 0.999 * squares[number] + 0.001 * gradient**2
                move = means[number] / (1 - 0.9**step) / (np.sqrt(squares[number] / (1 - 0.999**step)) + 1e-8)
                flat[number] -= now * (move + (decay * part if part.ndim == 2 else 0))
    return network


def run(network: Network, features: Floats) -> Floats:
    """Outputs of a network for scaled features."""
    return _layers(network, features)[-1][:, 0]


def calibration_table(outputs: Floats, right: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Outputs and the share of right candidates at them, as at most `_TABLE` points; rising, never 0 or 1."""
    regression = IsotonicRegression(y_min=0.0005, y_max=0.995, out_of_bounds="clip")  # type: ignore[no-untyped-call]
    fitted = regression.fit(outputs, right.astype(float))
    at = np.unique(np.quantile(outputs, 1 - np.geomspace(1, 1 / len(outputs), _TABLE)))
    smooth = np.convolve(np.pad(fitted.predict(at), 2, mode="edge"), np.full(5, 0.2), mode="valid")
    return at.astype(np.float32), np.maximum.accumulate(smooth).astype(np.float32)


def _layers(network: Network, features: Floats) -> list[Floats]:
    values = [features]
    for depth, (weight, bias) in enumerate(network):
        product = values[-1] @ weight + bias
        values.append(np.maximum(product, 0) if depth < len(network) - 1 else product)
    return values


def _gradients(network: Network, listings: Sequence[Listing]) -> list[Floats]:
    values = _layers(network, np.vstack([listing.features for listing in listings]))
    outputs, slopes, at = values[-1][:, 0], np.zeros(len(values[-1]), dtype=np.float32), 0
    for listing in listings:
        own = slice(at, at + len(listing.gains))
        at = own.stop
        if listing.gains.sum():
            share = np.exp(outputs[own] - outputs[own].max())
            slopes[own] += listing.weight * (share / share.sum() - listing.gains / listing.gains.sum())
        yes = 1 / (1 + np.exp(-np.clip(outputs[own], -30, 30)))
        slopes[own] += listing.weight * _YES_OR_NO * (yes - (listing.gains > 0))
    back: Floats = (slopes / len(listings))[:, None].astype(np.float32)
    found: list[Floats] = []
    for depth in reversed(range(len(network))):
        found[:0] = [values[depth].T @ back, back.sum(axis=0)]
        if depth:
            back = (back @ network[depth][0].T) * (values[depth] > 0)
    return found

"""The highest values of a long array, found without sorting it."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

_BLOCKS_PER_WANTED = 4
_MOST_NEAR = 8


def strongest(values: NDArray[np.floating], number: int) -> NDArray[np.int64]:
    """The numbers of the `number` highest values, in no order; of equal ones those that come first. All where fewer.

    Dealt out into blocks like cards, the highest values of the blocks tell a bound that enough values reach, so that
    few are compared with each other.
    """
    if len(values) <= number:
        return np.arange(len(values))
    blocks = min(_BLOCKS_PER_WANTED * number, len(values))
    some = values[: len(values) // blocks * blocks].reshape(-1, blocks)
    bound = _nth_highest(some.max(axis=0), number)
    near = (values >= bound).nonzero()[0]
    if len(near) > _MOST_NEAR * number:  # most are equal, say 0: only those above are worth comparing
        above = (values > bound).nonzero()[0]
        if len(above) < number:
            return np.concatenate((above, near[values[near] == bound][: number - len(above)]))
        near = above
    among = values[near]
    bound = _nth_highest(among, number)
    above = near[among > bound]
    return np.concatenate((above, near[among == bound][: number - len(above)]))


def _nth_highest(values: NDArray[np.floating], number: int) -> np.floating:
    return cast("np.floating", np.partition(values, len(values) - number)[len(values) - number])

"""Where trained parts are put together, and where work in progress is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from synchromesh.engine.matching.ranker import WEIGHTS

MOST_BYTES = 2_000_000


def write_weights(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Path:
    """Write a file of weights, floats as float16 unless they must be exact; no pickled object can be in it."""
    file = WEIGHTS / f"{name}.npz"
    file.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for key in sorted(arrays):
            # A fixed date makes the same arrays the same bytes.
            with packed.open(zipfile.ZipInfo(f"{key}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asarray(arrays[key]), allow_pickle=False)
    total = sum(one.stat().st_size for one in WEIGHTS.glob("*.npz"))
    if total > MOST_BYTES:
        raise SystemExit(f"The weights have {total} bytes, more than the {MOST_BYTES} that may be committed.")
    return file


def half(array: NDArray[np.floating]) -> NDArray[np.float16]:
    """To two bytes a number, which changes no figure that was measured."""
    return array.astype(np.float16)

"""Measure how the course catalogue is kept; run as `python -m benchmarks.catalogue`, with a part's name for one part.

Parts: `duplicates` (precision, recall and time of the near-duplicate finder) and `importing` (speed and memory of the
import of feeds; a quarter of an hour, or `importing --courses 10000`). `fit-duplicates` measures nothing: it
fits the weights of that finder anew and writes them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

PARTS = {"duplicates": "benchmarks.catalogue.duplicates", "importing": "benchmarks.catalogue.importing"}
TOOLS = {"fit-duplicates": "benchmarks.catalogue.fitting"}


def main(given: Sequence[str]) -> int:
    """Run one part or all of them."""
    # One thread for each product of matrices: several wait for each other where other programs run too.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    name, *rest = given or [""]
    known = PARTS | TOOLS
    if name and name not in known:
        print(f"There is no part '{name}'. Parts: {', '.join(known)}.")
        return 2
    for module in [known[name]] if name else PARTS.values():
        import_module(module).main(rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

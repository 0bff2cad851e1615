"""Entry point: see the package's docstring."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.matching.training.rankers import train_rankers

from synchromesh.engine.matching.matcher import RANKED


def main() -> None:
    """Train what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.training", description=__doc__)
    parser.add_argument("step", choices=["spaces", "rankers", "names"])
    parser.add_argument("--cache", type=Path, default=Path("var/matching-training"), help="folder for vectors")
    parser.add_argument("--encoders", choices=sorted(RANKED), help="one set of encoders only, by their letters")
    parser.add_argument("--kind", choices=["short", "long"], help="rankers of one kind of text only")
    parser.add_argument("--verdicts", type=Path, help="what people confirmed and refused, from `mapping export`")
    chosen = parser.parse_args()
    if chosen.step == "spaces":
        from benchmarks.matching.training.spaces import train_spaces

        train_spaces(cache=chosen.cache)
        return
    if chosen.step == "names":
        from benchmarks.matching.training.names import train_names

        train_names(cache=chosen.cache)
        return
    for letters in RANKED:
        if chosen.encoders in (None, letters):
            kinds = [chosen.kind] if chosen.kind else ["short", "long"]
            train_rankers(letters, cache=chosen.cache, threads=1, kinds=kinds, verdicts=chosen.verdicts)


if __name__ == "__main__":
    main()

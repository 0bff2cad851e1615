"""Measure the search; run as `python -m benchmarks.search`, with `--courses 240 10000` for these sizes only.

For each size it builds and asks the product's embedded index and its peers in processes of their own, with 300
questions of 1 to 3 words, three choices and four counts, and prints milliseconds, processor time, memory, and the
product's processor time over that of each peer. Start it with `scripts/with-postgres` for PostgreSQL's. The index is
made from documents in memory: cut into words and stems, compounds taken apart, written, committed. The time for making
the documents up is measured before and taken off. `SYNCHROMESH_SHARED` names the folder whose `data/esco` has the files
of ESCO. Limits at a million courses are for a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.catalogue.topics import missing_files
from benchmarks.search import lucene, postgresql
from benchmarks.search.courses import make_courses, make_questions, read_labels
from benchmarks.search.worker import QUESTIONS

SIZES = (240, 10_000, 1_000_000)
LIMITS = {"p95 ms": 10.0, "index s": 25.0, "index MB": 250.0, "RSS MB": 300.0, "all filters": 3.0}
_PRODUCT, _ALL_FILTERS = "product", "product, all filters"
_LUCENE = "Lucene"
_PEERS = ("numpy floor", "SQLite FTS5", postgresql.NAME, _LUCENE)
_REASONS = {_LUCENE: lucene.why_not, postgresql.NAME: postgresql.why_not}


def main(given: Sequence[str]) -> int:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--courses", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--peers", nargs="*", default=list(_PEERS), choices=_PEERS)
    parser.add_argument("--keep", type=Path, help="a folder for the indexes; what lies there is asked and not built")
    arguments = parser.parse_args(given)
    esco = Path(os.environ.get("SYNCHROMESH_SHARED", "")) / "data/esco"
    if missing := missing_files(esco):
        print(f"Skipped: SYNCHROMESH_SHARED names no folder with the files of ESCO (without {missing[0]} in {esco}).")
        return 0
    peers = list(arguments.peers)
    for name, why_not in _REASONS.items():
        if name in peers and (reason := why_not()):
            print(f"{name} is left out: {reason}.")
            peers.remove(name)
    spent: dict[int, float] = {}
    for number in arguments.courses:
        with tempfile.TemporaryDirectory(prefix="search-benchmark-") as passing:
            folder = arguments.keep / str(number) if arguments.keep else Path(passing)
            spent[number] = _measure(number, folder, esco, peers)
    first, last = min(spent), max(spent)
    if first != last:
        print(f"search.growth {first}->{last} = {spent[last] / spent[first]:.1f} times the processor time")
    return 0


def _measure(number: int, folder: Path, esco: Path, peers: Sequence[str]) -> float:
    """Measure one size and print it; returns the mean processor time of the product."""
    print(f"{number} courses; load of the machine {os.getloadavg()[0]:.1f}")
    asked: dict[str, dict[str, Any]] = {}
    built: dict[str, dict[str, Any]] = {}
    for name in (_PRODUCT, *peers):
        note = folder / f"{name}.json"
        if name == postgresql.NAME or not note.exists():  # its server does not outlive the run
            folder.mkdir(parents=True, exist_ok=True)
            note.write_text(json.dumps(_run("build", name, folder, number, esco)))
        built[name] = json.loads(note.read_text())
        print(f"  {name}: index " + ", ".join(f"{value:.1f} {what}" for what, value in built[name].items()))
    for name in (_PRODUCT, _ALL_FILTERS, *peers):
        asked[name] = _run("ask", name, folder, number, esco)
        print(f"  {name}: {_milliseconds(asked[name])}, RSS {asked[name]['megabytes']:.0f} MB")
    ratios = {name: _mean(asked[_PRODUCT]) / _mean(asked[name]) for name in peers}
    ratios["(all filters)/product"] = _mean(asked[_ALL_FILTERS]) / _mean(asked[_PRODUCT])
    print("  search.facets " + " ".join(f"product/{name}={ratio:.2f}" for name, ratio in ratios.items()))
    _check(asked, peers)
    if number == max(SIZES):
        _print_limits(built[_PRODUCT], asked, ratios["(all filters)/product"])
    return _mean(asked[_PRODUCT])


def _run(work: str, name: str, folder: Path, number: int, esco: Path) -> dict[str, Any]:
    if name == _LUCENE:
        labels = read_labels(esco)
        if work == "build":
            return lucene.build(folder / "lucene", make_courses(labels, number))
        return lucene.ask(folder / "lucene", make_questions(labels, QUESTIONS))
    place = folder / name.replace(_ALL_FILTERS, _PRODUCT).replace(" ", "-")
    command = [sys.executable, "-m", "benchmarks.search.worker", work, name, str(place), str(number), str(esco)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _milliseconds(measured: dict[str, Any]) -> str:
    parts = []
    for what in ("wall", "processor"):
        values = sorted(measured[what])
        parts.append(f"{what} p50 {_share(values, 0.5):.2f} p95 {_share(values, 0.95):.2f} ms")
    return ", ".join(parts) + f", {sum(measured['fitting']) / len(measured['fitting']):.0f} fit on average"


def _share(values: Sequence[float], share: float) -> float:
    return values[int(share * (len(values) - 1))]


def _mean(measured: dict[str, Any]) -> float:
    return float(sum(measured["processor"]) / len(measured["processor"]))


def _check(asked: dict[str, dict[str, Any]], peers: Sequence[str]) -> None:
    """Peers must agree with each other; the product finds at least as much, because it knows more ways to match."""
    for peer in peers:
        less = sum(a < b for a, b in zip(asked[_PRODUCT]["fitting"], asked[peer]["fitting"], strict=True))
        different = sum(a != b for a, b in zip(asked[peers[0]]["fitting"], asked[peer]["fitting"], strict=True))
        if less or different:
            raise SystemExit(f"{peer}: {different} answers differ from {peers[0]}, the product finds less in {less}.")


def _print_limits(built: dict[str, Any], asked: dict[str, dict[str, Any]], all_filters: float) -> None:
    reached = {
        "p95 ms": _share(sorted(asked[_PRODUCT]["wall"]), 0.95),
        "index s": built["seconds"],
        "index MB": built["megabytes"],
        "RSS MB": asked[_PRODUCT]["megabytes"],
        "all filters": all_filters,
    }
    for name, limit in LIMITS.items():
        verdict = "kept" if reached[name] <= limit else "MISSED"
        print(f"  limit {name}: {reached[name]:.1f} of {limit:.0f}: {verdict}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

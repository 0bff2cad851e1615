"""Start one process per system and vocabulary, and read back what it answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from benchmarks.matching.data import ROOT, BenchmarkSet
from benchmarks.matching.peer import ENVIRONMENT
from benchmarks.matching.sets import load_vocabulary
from benchmarks.matching.systems import PEER
from benchmarks.matching.worker import Answers, Request, SetRequest

CACHE = ROOT / "var" / "benchmarks" / "matching"
_WORKER = (sys.executable, "-m", "benchmarks.matching.worker")
_PEER_PROCESS = (str(ENVIRONMENT / "bin" / "python"), str(ROOT / "benchmarks" / "matching" / "peer_process.py"))
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class PeerRequest(Request):
    """A request to the peer's own process, which cannot read our vocabularies."""

    known: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRun:
    """What one system answered to the sets of one vocabulary; `failed` says why there is nothing."""

    system: str
    answers: Answers | None
    failed: str = ""


def run_system(system: str, vocabulary: str, sets: Sequence[BenchmarkSet]) -> SystemRun:
    """Run a system over sets of one vocabulary, after a process that only prepares vectors.

    The peer runs by itself where its environment and weights are there, else as peer.py does it.
    """
    request = Request(system=system, vocabulary=vocabulary, cache=str(CACHE), sets=[])
    wanted = [_ask(one) for one in sets]
    if system == PEER and Path(_PEER_PROCESS[0]).is_file():
        known = [concept.uri for concept in load_vocabulary(vocabulary).concepts]
        whole = PeerRequest(**request, known=known)
        prepared = _run(_PEER_PROCESS, whole)
        if isinstance(prepared, dict):
            return _outcome(system, _run(_PEER_PROCESS, PeerRequest(**{**whole, "sets": wanted})))
        print(f"{system}: the package itself could not run ({prepared})", file=sys.stderr)
    prepared = _run(_WORKER, request)
    if isinstance(prepared, str):
        return SystemRun(system=system, answers=None, failed=prepared)
    return _outcome(system, _run(_WORKER, Request(**{**request, "sets": wanted})))


def _ask(one: BenchmarkSet) -> SetRequest:
    return SetRequest(
        name=one.name,
        texts=[item.text for item in one.items],
        languages=[item.language for item in one.items],
        ranked=[at for at, item in enumerate(one.items) if item.gains],
        answers=one.task != "names",
    )


def _outcome(system: str, result: Answers | str) -> SystemRun:
    if isinstance(result, str):
        return SystemRun(system=system, answers=None, failed=result)
    return SystemRun(system=system, answers=result)


def _run(command: Sequence[str], request: Request) -> Answers | str:
    """The answers, or the last line of what went wrong."""
    with tempfile.TemporaryDirectory(prefix="synchromesh-matching-") as folder:
        asked, answered = Path(folder) / "request.json", Path(folder) / "answers.json"
        asked.write_text(json.dumps(request), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 (fixed commands)
            [*command, str(asked), str(answered)],
            cwd=ROOT,
            env=os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            return lines[-1] if lines else f"ended with {done.returncode}"
        return cast("Answers", json.loads(answered.read_text(encoding="utf-8")))

"""One system in a process of its own, so that its time and memory are nobody else's.

    python -m benchmarks.matching.worker REQUEST.json ANSWERS.json

The peer's process speaks the same two forms (peer_process.py), so that a report never asks who answered.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np

STATUS = Path("/proc/self/status")
CALIBRATION_ROUNDS = 5
FIRST_TEXT = "You maintain high-voltage batteries."


class SetRequest(TypedDict):
    """Texts to answer; `ranked` are the numbers of those whose ranking is judged. Without `answers`, only rank."""

    name: str
    texts: list[str]
    languages: list[str]
    ranked: list[int]
    answers: bool


class Request(TypedDict):
    """What one process has to do."""

    system: str
    vocabulary: str
    cache: str
    sets: list[SetRequest]


class SetAnswers(TypedDict):
    """`answers` of all texts (uri, probability, accepted), `rankings` of the ranked ones; CPU seconds of `answers`."""

    answers: list[list[tuple[str, float, bool]]]
    rankings: list[list[str]]
    cpu_seconds: float


class Answers(TypedDict):
    """What a process gives back. `ready_*`: seconds from the vocabulary in memory to the first answer.

    `calibration_ms` is what a fixed piece of work took before and after: where it is long, others used the processor.
    """

    note: str
    calibration_ms: list[float]
    ready_seconds: float
    ready_cpu_seconds: float
    memory_bytes: int
    sets: dict[str, SetAnswers]


def main() -> None:
    """Read the request, answer it, write the answers."""
    request: Request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(json.dumps(answer_request(request)), encoding="utf-8")


def answer_request(request: Request) -> Answers:
    """Make the system ready, answer one text, then time and rank each set.

    Answers come before rankings: what a system remembers of a text must not make it look quick.
    """
    # The vocabulary comes from a database in the product, so that reading files is not part of getting ready.
    from benchmarks.matching.sets import load_vocabulary

    vocabulary = load_vocabulary(request["vocabulary"])
    wall, spent = time.perf_counter(), time.process_time()
    from benchmarks.matching.peer import load_peer
    from benchmarks.matching.systems import PEER, System, load_system

    cache = Path(request["cache"])
    system: System = (
        load_peer(vocabulary, cache) if request["system"] == PEER else load_system(request["system"], vocabulary, cache)
    )
    system.answer([FIRST_TEXT], ["en"])
    ready, ready_cpu = time.perf_counter() - wall, time.process_time() - spent
    calibration = [calibrate()]
    answered = {one["name"]: answer_set(one, system.answer, system.rank) for one in request["sets"]}
    return Answers(
        note=system.note,
        calibration_ms=[*calibration, calibrate()],
        ready_seconds=ready,
        ready_cpu_seconds=ready_cpu,
        memory_bytes=peak_memory(),
        sets=answered,
    )


def answer_set(
    one: SetRequest,
    answer: Callable[[Sequence[str], Sequence[str]], Sequence[Sequence[tuple[str, float, bool]]]],
    rank: Callable[[Sequence[str], Sequence[str]], list[list[str]]],
) -> SetAnswers:
    """Answer all texts and rank those that are judged."""
    texts, languages = one["texts"], one["languages"]
    start = time.process_time()
    answers = answer(texts, languages) if one["answers"] else []
    spent = time.process_time() - start
    rankings = rank([texts[at] for at in one["ranked"]], [languages[at] for at in one["ranked"]])
    return SetAnswers(answers=[list(found) for found in answers], rankings=rankings, cpu_seconds=spent)


def calibrate() -> float:
    """Milliseconds of processor time that products of matrices and a loop take, the best of several."""
    matrix = np.random.default_rng(0).normal(size=(400, 400)).astype(np.float32)
    found = []
    for _round in range(CALIBRATION_ROUNDS):
        start = time.process_time()
        for _product in range(20):
            matrix @ matrix
        sum(number & 3 for number in range(300_000))
        found.append(1000 * (time.process_time() - start))
    return round(min(found), 1)


def peak_memory() -> int:
    """The largest resident set of this process in bytes.

    On Linux from the kernel's status file: what getrusage tells is never below the memory of the process that started
    this one.
    """
    if STATUS.is_file():
        line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()

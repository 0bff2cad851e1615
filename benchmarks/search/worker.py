"""One engine in a process of its own, so that its memory is its own: `worker build|ask ENGINE FOLDER NUMBER ESCO`.

Prints one line of JSON: for `build` the seconds and the size, for `ask` the milliseconds of each question, how many fit
and the largest resident memory of the process (of a server asked by it only the client's).
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.search.courses import Question, make_courses, make_questions, read_labels
from benchmarks.search.engines import ENGINES, Engine

QUESTIONS = 300
_REPEATS = 3


def main() -> None:
    """Build or ask, and say what it took."""
    work, name, folder, number, esco = sys.argv[1:]
    labels = read_labels(Path(esco))
    engine = ENGINES[name](Path(folder))
    answer: dict[str, Any]
    if work == "build":
        answer = _build(engine, labels, int(number))
    else:
        questions = make_questions(labels, QUESTIONS)
        labels.clear()
        answer = _ask(engine, questions)
    print(json.dumps(answer))


def _build(engine: Engine, labels: dict[str, list[str]], number: int) -> dict[str, Any]:
    """Seconds without those for making the courses up, which are measured alone first."""
    wall, processor = time.perf_counter(), time.process_time()
    for _course in make_courses(labels, number):
        pass
    made_wall, made_processor = time.perf_counter() - wall, time.process_time() - processor
    wall, processor = time.perf_counter(), _processor(engine)
    engine.build(make_courses(labels, number))
    return {
        "seconds": time.perf_counter() - wall - made_wall,
        "processor": _processor(engine) - processor - made_processor,
        "megabytes": engine.size() / 1e6,
    }


def _processor(engine: Engine) -> float:
    return time.process_time() + engine.elsewhere()


def _ask(engine: Engine, questions: list[Question]) -> dict[str, Any]:
    """The least of the repeats for each question, after one that warms up: other programs only add."""
    fitting = [engine.ask(question) for question in questions]
    wall, processor = [1e9] * len(questions), [1e9] * len(questions)
    for _repeat in range(_REPEATS):
        for place, question in enumerate(questions):
            at, spent = time.perf_counter(), _processor(engine)
            engine.ask(question)
            wall[place] = min(wall[place], (time.perf_counter() - at) * 1000)
            processor[place] = min(processor[place], (_processor(engine) - spent) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return {"wall": wall, "processor": processor, "fitting": fitting, "megabytes": memory}


if __name__ == "__main__":
    main()

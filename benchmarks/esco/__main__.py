"""Load ESCO 1.1.1 in English into an empty SQLite database; run as `python -m benchmarks.esco`.

Prints each number as a ratio to its limit (1.00 is the limit):
    import    seconds on the clock for classification and relations, limit 60
    memory    largest resident set of the process, limit 1 GB
    listing   the slowest of several lists of 10,800 skills (first page, last page, words, collection), limit 200 ms
    concept   one concept with everything around it, limit 200 ms
    queries   questions to the database of the worst of these, limit 10
Needs the packs in the folder that SYNCHROMESH_SHARED names, and is skipped without them.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.own_site import set_up_site

IMPORT_SECONDS = 60.0
MEMORY_BYTES = 1_000_000_000
ANSWER_SECONDS = 0.2
QUERIES = 10
PACKS = ("esco-v1.1.1-classification-en.zip", "esco-v1.1.1-relations.zip")
OCCUPATION = "http://data.europa.eu/esco/occupation/00030d09-2b3a-4efd-87cc-c4ea39d27c34"
NEEDED_MOST = "http://data.europa.eu/esco/skill/03b9b491-fc9b-4868-914a-bf7cd47b5041"


def main() -> None:
    """Load, look and print one line."""
    folder = Path(os.environ.get("SYNCHROMESH_SHARED", "../shared")) / "data" / "esco"
    paths = [folder / name for name in PACKS]
    if not all(path.is_file() for path in paths):
        print(f"skipped: the packs {', '.join(PACKS)} are not in {folder}; set SYNCHROMESH_SHARED")
        return
    with tempfile.TemporaryDirectory(prefix="synchromesh-esco-") as data:
        set_up_site(Path(data))
        print(_measure(paths))


def _measure(paths: list[Path]) -> str:
    from synchromesh.accounts.permissions import OPERATOR
    from synchromesh.framework.operations.esco import import_esco
    from synchromesh.framework.queries.esco import get_version, list_concepts
    from synchromesh.framework.queries.esco_concepts import find_concept

    start = time.perf_counter()
    done = import_esco(by=OPERATOR, paths=paths, languages=["en"])
    spent = time.perf_counter() - start
    version = get_version(done.label)
    wanted: tuple[dict[str, str], ...] = (
        {"page": "1"}, {"page": "9999"}, {"query": "battery"}, {"query": "weld metal"}, {"query": "a"},
        {"collection": "digital"},
    )  # fmt: skip
    lists = [_answer(partial(list_concepts, version=version, kind="skill", **filters)) for filters in wanted]
    concepts = [_answer(partial(find_concept, uri)) for uri in (OCCUPATION, NEEDED_MOST)]
    unit = 1 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return (
        f"rows={sum(done.written.values())} import={spent / IMPORT_SECONDS:.2f} memory={memory / MEMORY_BYTES:.2f} "
        f"listing={max(seconds for seconds, _ in lists) / ANSWER_SECONDS:.2f} "
        f"concept={max(seconds for seconds, _ in concepts) / ANSWER_SECONDS:.2f} "
        f"queries={max(number for _, number in (*lists, *concepts)) / QUERIES:.2f}"
    )


def _answer(work: Callable[[], object]) -> tuple[float, int]:
    """The median of five runs in seconds, after one that warms up, and the number of questions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[2], len(asked)


if __name__ == "__main__":
    main()

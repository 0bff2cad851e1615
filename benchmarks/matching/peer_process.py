"""The peer esco-skill-extractor itself, run by the interpreter of its own environment; stands on nothing of ours.

    var/benchmarks/peer/bin/python benchmarks/matching/peer_process.py REQUEST.json ANSWERS.json

Takes and gives the forms of worker.py. It answers as the package does; the package does not rank, so that a ranking is
the order of its own vectors by likeness to the whole text. Skills that the request does not call known are left out.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

_RANKED = 100


def main() -> None:
    """Load the package, answer, write."""
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    # Vectors lie in the folder of the package, so that a second run starts as quickly as the package allows.
    wall, spent = time.perf_counter(), time.process_time()
    extractor = _load()
    extractor.get_skills(["You maintain high-voltage batteries."])
    ready, ready_cpu = time.perf_counter() - wall, time.process_time() - spent
    known = set(request["known"])
    sets = {one["name"]: _answer_set(extractor, one, known) for one in request["sets"]}
    answers = {
        "note": "its own process, weights and rule",
        "ready_seconds": ready,
        "ready_cpu_seconds": ready_cpu,
        "memory_bytes": _peak_memory(),
        "sets": sets,
    }
    Path(sys.argv[2]).write_text(json.dumps(answers), encoding="utf-8")


def _load() -> Any:
    importlib.import_module("torch").set_num_threads(1)
    package = importlib.import_module("esco_skill_extractor")
    model = os.environ.get("SYNCHROMESH_PEER_MODEL")
    return package.SkillExtractor(device="cpu", **({"model": model} if model else {}))


def _answer_set(extractor: Any, one: dict[str, Any], known: set[str]) -> dict[str, Any]:
    texts = one["texts"]
    start = time.process_time()
    named = extractor.get_skills(texts) if one["answers"] else []
    spent = time.process_time() - start
    return {
        "answers": [[(uri, extractor.skills_threshold, True) for uri in uris if uri in known] for uris in named],
        "rankings": _rank(extractor, [texts[at] for at in one["ranked"]], known),
        "cpu_seconds": spent,
    }


def _rank(extractor: Any, texts: list[str], known: set[str]) -> list[list[str]]:
    if not texts:
        return []
    uris = extractor._skill_ids.tolist()
    vectors = extractor._model.encode(texts, device="cpu", normalize_embeddings=True, convert_to_tensor=True)
    found = []
    for row in (vectors @ extractor._skill_embeddings.T).argsort(dim=1, descending=True).tolist():
        found.append([uris[at] for at in row[: 2 * _RANKED] if uris[at] in known][:_RANKED])
    return found


def _peak_memory() -> int:
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main()

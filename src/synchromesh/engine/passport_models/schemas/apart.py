"""The check in a process apart, bounded in time and memory, because a schema is somebody else's program.

A pattern can take for ever on a text that is made for it, and nothing can stop it from inside. The process gets the
document and the schema as JSON on its standard input and answers with the findings as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from time import monotonic
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.schemas.checking import SchemaVerdict, check_against
from synchromesh.engine.passport_models.schemas.explaining import SchemaFinding
from synchromesh.engine.passport_models.schemas.library import Schema
from synchromesh.engine.passport_models.schemas.validation import findings_of

LONGEST_SECONDS = 20.0
_MEMORY = 2 * 1024**3  # bytes


def check_apart(data: object, schemas: Sequence[Schema], *, seconds: float = LONGEST_SECONDS) -> SchemaVerdict:
    """What `check_against` finds, each schema in a process of its own, all of them within the seconds.

    Raises InvalidInput where that is not enough.
    """
    ends = monotonic() + seconds

    def find(part: Any, schema: Mapping[str, Any], name: str) -> tuple[SchemaFinding, ...]:
        return _find_apart(part, schema, name, max(ends - monotonic(), 0.1))

    return check_against(data, schemas, find=find)


def _find_apart(data: Any, schema: Mapping[str, Any], name: str, seconds: float) -> tuple[SchemaFinding, ...]:
    question = json.dumps({"data": data, "schema": schema, "name": name})
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 - our own module under our own interpreter
            command, input=question, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        words = f"The schema {name} cannot be used: it took longer than {seconds:.0f} seconds."
        raise InvalidInput(words, field="schema") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        words = f"The schema {name} cannot be used: the check ended early, for want of memory or depth."
        raise InvalidInput(words, field="schema") from None
    if "refused" in answer:
        raise InvalidInput(answer["refused"], field="schema")
    return tuple(SchemaFinding(**finding) for finding in answer["findings"])


def _answer(question: Mapping[str, Any]) -> dict[str, Any]:
    try:
        findings = findings_of(question["data"], question["schema"], name=question["name"])
    except InvalidInput as error:
        return {"refused": error.message}
    return {"findings": [asdict(finding) for finding in findings]}


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # only Unix has it; the bound of time holds everywhere
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _bound_memory()
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)

"""The answer of a check of a passport as data: the console and the interface for machines give the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from synchromesh.engine.errors import Problem
from synchromesh.engine.passport_models.passport import Finding, is_valid
from synchromesh.engine.passport_models.readers import ReadPassport
from synchromesh.engine.passport_models.verdict import judge

MOST_NAMED = 10


def passport_answer(read: ReadPassport, *, today: date) -> dict[str, Any]:
    """Whether the passport is valid for practice, its data model, and what was found; `lost` where something was."""
    verdict = judge(read, today=today)
    findings = [
        *(_shown_problem(problem) for problem in read.problems),
        *_shown_places(verdict.without_place),
        *(_shown(found) for found in verdict.findings),
    ]
    answer = {"valid": is_valid(verdict.findings), "model": read.model, "findings": findings}
    lost = [{"path": loss.path, "reason": loss.reason} for loss in read.losses]
    return answer | ({"lost": lost} if lost else {})


def _shown(found: Finding) -> dict[str, str]:
    return {
        "field": found.field,
        "clause": found.clause,
        "severity": found.severity.value,
        "message": found.message,
        "remedy": found.remedy,
    }


def _shown_problem(problem: Problem) -> dict[str, str]:
    remedy = "Correct it in the file, or say it with --kind where it is the kind of battery."
    return {"field": problem.field, "clause": "", "severity": "warning", "message": problem.message, "remedy": remedy}


def _shown_places(keys: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """One hint for all fields that are due and have no place in the file."""
    if keys:
        named = ", ".join(keys[:MOST_NAMED]) + (" and others" if len(keys) > MOST_NAMED else "")
        message = f"{len(keys)} fields that are due have no place in this file: {named}."
        remedy = "Check the whole passport with all of its parts."
        yield {"field": "", "clause": "", "severity": "hint", "message": message, "remedy": remedy}

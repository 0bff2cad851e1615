"""The command that checks a practice battery passport from a file."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Finding, is_valid
from synchromesh.engine.passport_models.readers import LARGEST_FILE, parse_file, read_passport
from synchromesh.plumbing.audit import Actor


def add_passport_commands(group: Any, *, add_json: Any) -> None:
    """Attach `passport ...`."""
    check = group.add_parser("check", help="what is wrong with a battery passport; practice, not a legal check")
    check.add_argument("file", help="a battery passport as JSON")
    words = "kind of battery; default: what the file says"
    check.add_argument("--kind", choices=[kind.value for kind in BatteryKind], help=words)
    add_json(check)
    check.set_defaults(run=passport_check)


def passport_check(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """Read a passport, check it and say what was found; a passport with errors is an answer, not a failure."""
    del by
    data = parse_file(_content(arguments.file))
    read = read_passport(data, kind=BatteryKind(arguments.kind) if arguments.kind else None)
    findings = check_passport(read.passport, today=datetime.now(UTC).date())
    return {"valid": is_valid(findings), "model": read.model, "findings": [_shown(found) for found in findings]}


def _content(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise InvalidInput(f"{name} cannot be read: {reason}.", field="file") from None


def _shown(found: Finding) -> dict[str, str]:
    return {
        "field": found.field,
        "clause": found.clause,
        "severity": found.severity.value,
        "message": found.message,
        "remedy": found.remedy,
    }

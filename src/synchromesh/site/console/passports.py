"""The commands for practice battery passports: check a file, list what is kept, write one to a file."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.readers import LARGEST_FILE, parse_file, read_passport
from synchromesh.engine.passport_models.schemas.apart import check_apart
from synchromesh.engine.passport_models.schemas.library import Schema, is_schema
from synchromesh.passports.queries.exports import FORMATS, get_export
from synchromesh.passports.queries.lists import list_kept, own_row_of
from synchromesh.plumbing.audit import Actor
from synchromesh.site.passport_answers import passport_answer

LARGEST_SCHEMA = 5_000_000  # bytes
MOST_SCHEMAS = 500


def add_passport_commands(group: Any, *, add_json: Any) -> None:
    """Attach `passport ...`."""
    check = group.add_parser("check", help="what is wrong with a battery passport; practice, not a legal check")
    check.add_argument("file", help="a battery passport as JSON")
    words = "kind of battery; default: what the file says"
    check.add_argument("--kind", choices=[kind.value for kind in BatteryKind], help=words)
    words = "check against a JSON schema, or against the one of a folder that fits, instead of against our rules"
    check.add_argument("--schema", metavar="FOLDER_OR_FILE", help=words)
    add_json(check)
    check.set_defaults(run=passport_check)
    kept = group.add_parser("list", help="passports of the person, or all of them for the operator")
    kept.add_argument("--limit", type=int, default=100, help="how many at most; default: 100")
    add_json(kept)
    kept.set_defaults(run=passport_list)
    written = group.add_parser("export", help="a passport as a file, with what the person may see")
    written.add_argument("uid", help="the uid of the passport")
    written.add_argument("--format", choices=list(FORMATS), default="json", help="default: json")
    written.set_defaults(run=passport_export)


def passport_check(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """Read a passport, check it and say what was found; a passport with errors is an answer, not a failure."""
    del by
    data = parse_file(_content(Path(arguments.file)))
    if arguments.schema:
        return _by_schema(data, _schemas(Path(arguments.schema)))
    read = read_passport(data, kind=BatteryKind(arguments.kind) if arguments.kind else None)
    return passport_answer(read, today=datetime.now(UTC).date())


def passport_list(arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    """The passports that one keeps, the last changed first."""
    if arguments.limit < 1:
        raise InvalidInput("The limit is at least 1.", field="limit")
    found = list_kept(by)
    rows = [asdict(own_row_of(passport)) for passport in found[: arguments.limit]]
    return {"total": found.count(), "passports": rows}


def passport_export(arguments: argparse.Namespace, *, by: Actor) -> bytes:
    """The file itself, on standard output."""
    try:
        uid = UUID(arguments.uid)
    except ValueError:
        raise InvalidInput("This is no uid. 'synchromesh passport list' shows them.", field="uid") from None
    return get_export(uid, arguments.format, visible_to=by).data


def _by_schema(data: object, schemas: list[Schema]) -> dict[str, Any]:
    """The answer of the schemas alone."""
    verdict = check_apart(data, schemas)
    findings = [
        {"field": found.field, "clause": "", "severity": "error", "message": found.message, "remedy": found.remedy}
        for found in verdict.findings
    ]
    return {"valid": verdict.valid, "model": verdict.model, "findings": findings}


def _content(path: Path, *, most: int = LARGEST_FILE, field: str = "file") -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a file name"
        raise InvalidInput(f"{path} cannot be read: {reason}.", field=field) from None


def _schemas(path: Path) -> list[Schema]:
    """The schema in a file, or every schema below a folder; other files of a folder are passed over."""
    try:
        folder = path.is_dir()
        files = sorted(file for file in path.rglob("*.json") if file.is_file())[:MOST_SCHEMAS] if folder else [path]
    except (OSError, ValueError):
        raise InvalidInput(f"{path} cannot be read.", field="schema") from None
    found = [schema for file in files for schema in _schema(file, lenient=folder)]
    if not found:
        raise InvalidInput(f"{path} holds no JSON schema: a file that says so with '$schema'.", field="schema")
    return found


def _schema(file: Path, *, lenient: bool) -> Iterator[Schema]:
    content = _content(file, most=LARGEST_SCHEMA, field="schema")
    if len(content) > LARGEST_SCHEMA and lenient:
        return
    if len(content) > LARGEST_SCHEMA:
        raise InvalidInput(f"{file} is larger than {LARGEST_SCHEMA // 1_000_000} MB.", field="schema")
    try:
        data = parse_file(content)
    except InvalidInput as error:
        if lenient:
            return
        raise InvalidInput(f"{file}: {error.message}", field="schema") from None
    if isinstance(data, dict) and is_schema(data):
        yield Schema(file=file.name, content=data)

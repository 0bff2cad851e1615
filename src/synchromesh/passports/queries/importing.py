"""What a file would become as a practice passport. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from synchromesh.engine.errors import Problem
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Finding, is_valid
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.readers import Loss, parse_file, read_passport
from synchromesh.engine.passport_models.verdict import judge


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """The data model of the file, what comes over, what is lost on the way, and what the rules say of the rest.

    `without_place` are fields that are due and for which the data model has no place.
    """

    model: str
    content: Content
    losses: tuple[Loss, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    without_place: tuple[str, ...]
    valid: bool


def preview_import(data: bytes, *, kind: BatteryKind | None = None) -> ImportPreview:
    """Read a file of any data model that is known. `kind` is needed where the file does not say it.

    Raises InvalidInput for a file that is no use.
    """
    read = read_passport(parse_file(data), kind=kind)
    verdict = judge(read, today=timezone.localdate())
    return ImportPreview(
        model=read.model,
        content=read.passport,
        losses=read.losses,
        problems=read.problems,
        findings=verdict.findings,
        without_place=verdict.without_place,
        valid=is_valid(verdict.findings),
    )

"""The checks on a passport that was read from a file of any data model.

A file of one aspect, or of a model that is not made for batteries, cannot hold every field. What it has no place for is
named once and is no finding, so that the findings are about what the file does say, and about what it could.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.passport import Finding
from synchromesh.engine.passport_models.readers import ReadPassport

_MISSING = frozenset({"missing", "missing_in_use"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The findings, and the keys of the fields that are due but have no place in the file."""

    findings: tuple[Finding, ...]
    without_place: tuple[str, ...]


def judge(read: ReadPassport, *, today: date) -> Verdict:
    """Everything that the rules find in what the file can carry."""
    found = check_passport(read.passport, today=today)
    covers = read.covers
    if covers is None:
        return Verdict(findings=found, without_place=())
    apart = tuple(finding for finding in found if finding.rule in _MISSING and finding.field not in covers)
    return Verdict(
        findings=tuple(finding for finding in found if finding not in apart),
        without_place=tuple(finding.field for finding in apart),
    )

"""A passport from outside, read and checked, as the page of the check shows it. Nothing of it is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from synchromesh.engine.passport_models.examination import shown
from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Passport
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.passports.queries.importing import ImportPreview
from synchromesh.web.passports.passport_words import KINDS, table_text
from synchromesh.web.passports.shown_findings import SeverityCount, ShownFinding, count_severities, show_findings
from synchromesh.web.passports.shown_pictures import Picture, show_pictures

MOST_FINDINGS = 300
MOST_NAMES = 200
LONGEST_DOCUMENT = 300_000  # characters that a page carries to be sent back


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPassport:
    """The verdict and everything below it. `document` is the passport as text, empty where it is too long to carry."""

    verdict: str
    tone: str
    model: str
    kind: str
    field_count: int
    severities: tuple[SeverityCount, ...]
    findings: tuple[ShownFinding, ...]
    findings_count: int
    more: int
    lost: tuple[tuple[str, str], ...]
    lost_count: int
    without_place: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    pictures: tuple[Picture, ...]
    document: str


def show_checked(preview: ImportPreview, *, severities: Sequence[str]) -> CheckedPassport:
    """The outcome in the reader's language; `severities` are those that shall be shown, none for all."""
    findings, valid = preview.findings, preview.valid
    chosen = [found for found in findings if not severities or found.severity.value in severities]
    return CheckedPassport(
        verdict=gettext("Valid for practice") if valid else gettext("Not valid"),
        tone="good" if valid else "bad",
        model=shown(preview.model),
        kind=str(KINDS[preview.content.kind.value]),
        field_count=len(preview.content.values),
        severities=count_severities(findings, chosen=severities),
        findings=show_findings(chosen, most=MOST_FINDINGS),
        findings_count=len(findings),
        more=max(0, len(chosen) - MOST_FINDINGS),
        lost=tuple((shown(loss.path, most=160), table_text(loss.reason)) for loss in preview.losses[:MOST_NAMES]),
        lost_count=len(preview.losses),
        without_place=tuple(table_text(fields()[key].title) for key in preview.without_place if key in fields()),
        problems=tuple(
            (shown(problem.position), shown(problem.message, most=300)) for problem in preview.problems[:MOST_NAMES]
        ),
        pictures=show_pictures(preview.content),
        document=_document(preview.content),
    )


def _document(passport: Passport) -> str:
    """The passport as a text of plain ASCII; empty where it cannot be carried."""
    try:
        text = json.dumps(as_document(passport), separators=(",", ":"))
    except (RecursionError, ValueError):
        return ""
    return text if len(text) <= LONGEST_DOCUMENT else ""

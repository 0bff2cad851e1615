"""What the checks found, in words, and as a table to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Finding, Severity
from synchromesh.engine.passport_models.rules import rules
from synchromesh.engine.tables.writing import write_csv
from synchromesh.web.passports.passport_words import CATEGORIES, SEVERITIES, table_text

COLUMNS = ("field", "title", "severity", "clause", "clause_checked", "row", "message", "remedy", "rule")
TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """One finding in the reader's language. `known` says whether the field is one of the list."""

    finding: Finding
    title: str
    category: str
    category_key: str
    severity: str
    tone: str
    message: str
    remedy: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityCount:
    """How often something of a severity was found, and whether it is shown."""

    value: str
    label: str
    count: int
    checked: bool


def show_findings(findings: Iterable[Finding], *, most: int | None = None) -> tuple[ShownFinding, ...]:
    """Findings in words, the gravest first, within that in the order of the field list; `most` at the utmost."""
    order = {severity: place for place, severity in enumerate(Severity)}
    gravest = sorted(findings, key=lambda found: order[found.severity])
    return tuple(_shown(found) for found in gravest[:most])


def _shown(found: Finding) -> ShownFinding:
    field = fields().get(found.field)
    return ShownFinding(
        finding=found,
        title=table_text(field.title) if field else found.field,
        category=str(CATEGORIES[field.category]) if field else "",
        category_key=field.category if field else "",
        severity=str(SEVERITIES[found.severity.value]),
        tone=TONES[found.severity],
        message=_sentence(rules()[found.rule].message, found, found.message),
        remedy=_sentence(rules()[found.rule].remedy, found, found.remedy),
        known=field is not None,
    )


def _sentence(template: str, found: Finding, english: str) -> str:
    """The sentence of a rule, filled; where the rule is not translated the English sentence, marked as that."""
    words = table_text(template)
    if words == template:
        return english
    if words.startswith("<span"):
        return table_text(english)
    return words.format_map(dict(found.values) | _titles(found.values))


def _titles(values: Mapping[str, str]) -> dict[str, str]:
    """The titles of fields among the values, in the reader's language as the sentence around them."""
    return {name: gettext(values[name]) for name in ("title", "other") if values.get(name)}


def count_severities(findings: Sequence[Finding], *, chosen: Sequence[str]) -> tuple[SeverityCount, ...]:
    """How many findings there are of each severity; with none chosen all are shown."""
    counts = Counter(found.severity.value for found in findings)
    return tuple(
        SeverityCount(value=value, label=str(label), count=counts[value], checked=not chosen or value in chosen)
        for value, label in SEVERITIES.items()
    )


def findings_csv(findings: Iterable[Finding]) -> bytes:
    """The findings as CSV, in English as the command line says them, safe to open in a spreadsheet."""
    return write_csv(COLUMNS, [_cells(found) for found in findings], byte_order_mark=True)


def _cells(found: Finding) -> tuple[str, ...]:
    field = fields().get(found.field)
    return (
        found.field,
        field.title if field else "",
        found.severity.value,
        found.clause,
        "yes" if found.clause_checked else "no",
        str(found.row or ""),
        found.message,
        found.remedy,
        found.rule,
    )

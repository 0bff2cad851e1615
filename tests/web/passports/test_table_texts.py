"""The texts that translators get are those of the tables, no more and no less, and pages show their translations."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.utils.translation import override

from synchromesh.engine.passport_models.model import fields
from synchromesh.engine.passport_models.passport import Finding, Severity
from synchromesh.engine.passport_models.rules import rules
from synchromesh.web.passports import passport_words, shown_findings
from synchromesh.web.passports.shown_findings import show_findings
from synchromesh.web.passports.table_texts import helps, remedies, rule_messages, titles

TABLES: dict[ModuleType, list[str]] = {
    titles: [
        *(field.title for field in fields().values()),
        *(column.title for field in fields().values() for column in field.columns),
    ],
    helps: [field.help for field in fields().values()],
    rule_messages: [rule.message for rule in rules().values()],
    remedies: [rule.remedy for rule in rules().values()],
}
GERMAN = {
    "Mass of the battery": "Masse der Batterie",
    "{title} is {value}, which is after today ({today}).": "{title} liegt mit {value} nach heute ({today}).",
    "Correct the year, or wait until it has happened.": "Warten Sie.",
}


@pytest.mark.parametrize("module", list(TABLES), ids=lambda module: str(module.__name__).rpartition(".")[2])
def test_translators_get_exactly_the_texts_of_the_table(module: ModuleType) -> None:
    texts: tuple[str, ...] = module.TEXTS
    assert set(texts) == set(filter(None, TABLES[module])), "Bring table_texts up to date with the table."
    assert len(texts) == len(set(texts))


def found(rule: str, field: str) -> Finding:
    """A finding as the checks write it."""
    values = {"title": fields()[field].title, "value": "2099-01-01", "today": "2026-11-23"}
    return Finding(
        field=field,
        rule=rule,
        clause="",
        clause_checked=False,
        row=0,
        severity=Severity.ERROR,
        message="In English.",
        remedy="Do it.",
        values=values,
    )


def test_a_finding_is_said_in_the_language_of_the_reader_with_its_title(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (passport_words, shown_findings):
        monkeypatch.setattr(module, "gettext", lambda text: GERMAN.get(text, text))
    with override("de"):
        (shown,) = show_findings([found("in_future", "battery_mass")])
    assert shown.title == "Masse der Batterie"
    assert shown.message == "Masse der Batterie liegt mit 2099-01-01 nach heute (2026-11-23)."
    assert shown.remedy == "Warten Sie."

"""A practice passport as values, and what a check finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from synchromesh.engine.passport_models.model import BatteryKind

MODEL = "synchromesh-practice-passport/1"
NOTICE = "Practice, not a legal passport."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An earlier value with the day on which it held (ISO 8601)."""

    value: Any
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """What a passport states for one field.

    `value` is JSON: a text, a number, a truth value, a list of texts, or a list of records. `unit` is as stated, empty
    for the unit of the field list. `at` is the day of a dynamic value; `history` holds earlier ones, oldest first. What
    is wrong in it is for the checks to say, so that any content can be held.
    """

    value: Any
    unit: str = ""
    at: str = ""
    history: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A battery passport for practice: the kind of battery and the fields by their keys. Treat it as unchangeable."""

    kind: BatteryKind
    values: Mapping[str, FieldValue] = field(default_factory=dict)

    def value_of(self, key: str) -> Any:
        """The present value of a field, None where it is not given."""
        stated = self.values.get(key)
        return stated.value if stated is not None else None

    def with_value(self, key: str, value: FieldValue) -> Passport:
        """The same passport with one field stated anew."""
        return replace(self, values={**self.values, key: value})

    def without(self, *keys: str) -> Passport:
        """The same passport without these fields."""
        return replace(self, values={key: value for key, value in self.values.items() if key not in keys})


class Severity(StrEnum):
    """How grave a finding is. A passport is valid for practice when it has no error."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a check says.

    `rule` is the code of the rule and `values` what its sentences are filled with: pages translate by them, the command
    line uses the English `message` and `remedy`. `row` is the place in a list of records, counted from 1; 0 means the
    field as a whole. `clause_checked` is False until a person has compared the citation with the text of the law.
    """

    field: str
    clause: str
    clause_checked: bool
    severity: Severity
    rule: str
    values: Mapping[str, str]
    row: int
    message: str
    remedy: str


def is_valid(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing found is an error."""
    return all(found.severity is not Severity.ERROR for found in findings)

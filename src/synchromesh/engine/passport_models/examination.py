"""One passport under examination: its values as the checks may use them, and what they have found.

Values are read once. A check gets a number only where the passport states one that can be used; a value that a finding
already concerns counts as doubted, and rules that compare it with others pass over it. So one slip leads to one
finding, at the field that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from synchromesh.engine.passport_models.chemistries import Chemistry, chemistries
from synchromesh.engine.passport_models.model import BatteryKind, Duty, fields
from synchromesh.engine.passport_models.passport import FieldValue, Finding, Passport, Severity
from synchromesh.engine.passport_models.rules import rules

Row = Mapping[str, Any]
_LONGEST_NUMBER = 10**15


def shown(value: object, *, most: int = 60) -> str:
    """A value in at most `most` characters, safe to print."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _shown_number(value)
    if isinstance(value, str):
        text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in value[: most + 1])
        return text if len(text) <= most else f"{text[: most - 1]}…"
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list | tuple) else "a record"


def _shown_number(value: float) -> str:
    if not -_LONGEST_NUMBER < value < _LONGEST_NUMBER:
        return "a very large number" if value == value else "not a number"
    return str(int(value)) if value == int(value) else f"{value:.6g}"


class Examination:
    """The usable values of a passport and the findings so far."""

    __slots__ = ("_good", "chemistry", "doubted", "found", "kind", "passport", "today")

    def __init__(self, passport: Passport, *, today: date) -> None:
        self.passport = passport
        self.kind: BatteryKind = passport.kind
        self.today = today
        self.found: list[Finding] = []
        self.doubted: set[str] = set()
        self.chemistry: Chemistry | None = None
        self._good: dict[str, Any] = {}

    def keep(self, key: str, value: Any) -> None:
        """Keep a value that has the type of its field and lies within its bounds."""
        self._good[key] = value
        if key == "battery_chemistry":
            self.chemistry = chemistries().get(value)

    def report(self, key: str, rule: str, row: int = 0, /, **values: object) -> None:
        """Note what a rule found at a field, and doubt the value from now on."""
        known, asked = fields().get(key), rules()[rule]
        said = {name: shown(value, most=60 if name == "value" else 300) for name, value in values.items()}
        said.setdefault("title", known.title if known is not None else shown(key))
        said["row"] = str(row)
        if asked.severity is not Severity.HINT:
            self.doubted.add(key)
        clause = asked.clause or (known.clause if known is not None else "")
        self.found.append(
            Finding(
                field=key if known is not None else shown(key),
                clause=clause,
                clause_checked=known is not None and known.checked and not asked.clause,
                severity=asked.severity,
                rule=rule,
                values=said,
                row=row,
                message=asked.message.format_map(said),
                remedy=asked.remedy.format_map(said),
            )
        )

    def stated(self, key: str) -> FieldValue | None:
        """What the passport says, as it is."""
        return self.passport.values.get(key)

    def number(self, key: str) -> float | None:
        """A number that nothing speaks against so far."""
        if key in self.doubted:
            return None
        value: float | None = self._good.get(key)
        return value

    def numbers(self, *keys: str) -> tuple[float, ...] | None:
        """All these numbers, or None where one of them cannot be used."""
        values = [self.number(key) for key in keys]
        usable = tuple(value for value in values if value is not None)
        return usable if len(usable) == len(keys) else None

    def day(self, key: str) -> date | None:
        """A day that nothing speaks against so far."""
        value: date | None = self._good.get(key) if key not in self.doubted else None
        return value

    def text(self, key: str) -> str:
        """A text that nothing speaks against so far, else ""."""
        value: str = self._good.get(key, "") if key not in self.doubted else ""
        return value

    def rows(self, key: str) -> tuple[Row, ...]:
        """The records of a field; empty where it is missing or one of them cannot be used."""
        value: tuple[Row, ...] = self._good.get(key, ()) if key not in self.doubted else ()
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of words of a field, empty as above."""
        value: tuple[str, ...] = self._good.get(key, ()) if key not in self.doubted else ()
        return value

    def applies(self, key: str) -> bool:
        """Whether this kind of battery states the field at all."""
        return fields()[key].duties[self.kind] is not Duty.NOT_APPLICABLE

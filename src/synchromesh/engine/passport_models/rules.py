"""What the checks can say: `rules.csv` holds one rule a line, with its sentences.

The sentences are templates, so that a page can say them in another language and fill them with the same values.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from synchromesh.engine.passport_models.passport import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule: how grave it is to break it, what is then said and advised, and its own clause, if any.

    A rule without a clause of its own cites that of the field. `message` and `remedy` have places in braces.
    """

    code: str
    severity: Severity
    clause: str
    message: str
    remedy: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code."""
    text = (files("synchromesh.engine.passport_models") / "rules.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["code"]: Rule(
                code=row["code"],
                severity=Severity(row["severity"]),
                clause=row["clause"],
                message=row["message"],
                remedy=row["remedy"],
            )
            for row in csv.DictReader(text.splitlines())
        }
    )

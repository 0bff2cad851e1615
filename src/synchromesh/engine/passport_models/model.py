"""The field list of a practice battery passport, read from `fields.csv` and `columns.csv`.

What a field is called, who must give it, who may see it and which clause asks for it stand in the tables, so that a
person who compares a citation with the text of Regulation (EU) 2023/1542 changes one cell (`checked`). `source` names
the property of the Battery Pass data model that carries the same fact (Battery Pass consortium, CC BY 4.0; ours adds
no words of theirs). Titles and help are ours.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_SOURCE_ADDRESS = "https://github.com/batterypass/BatteryPassDataModel/tree/main/BatteryPass/io.BatteryPass.{aspect}"


class BatteryKind(StrEnum):
    """The categories of battery that need a passport (Article 77(1))."""

    EV = "ev"
    LMT = "lmt"
    INDUSTRIAL = "industrial"


class Duty(StrEnum):
    """Whether a kind of battery must give a field."""

    MANDATORY = "mandatory"
    IN_USE = "in_use"  # mandatory once the battery is put into service
    OPTIONAL = "optional"
    NOT_APPLICABLE = "not_applicable"


class ValueType(StrEnum):
    """What a value is; `records` are rows with columns, `texts` a list of words."""

    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    ADDRESS = "address"
    EMAIL = "email"
    COUNTRY = "country"
    IDENTIFIER = "identifier"
    CAS = "cas"
    CHOICE = "choice"
    TEXTS = "texts"
    RECORDS = "records"


class Scope(StrEnum):
    """Whether a value is the same for the whole model or belongs to a single battery."""

    MODEL = "model"
    BATTERY = "battery"


class Update(StrEnum):
    """Whether a value changes while the battery is used."""

    STATIC = "static"
    DYNAMIC = "dynamic"


class Tier(StrEnum):
    """Who is looking (Article 77(2)): anybody, a person with a legitimate interest, or an authority."""

    PUBLIC = "public"
    INTEREST = "interest"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a field whose value is records. `least` and `most` are the widest believable values."""

    name: str
    title: str
    type: ValueType
    required: bool
    unit: str
    least: float | None
    most: float | None
    allowed: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the passport. `seen_by` holds every tier that may see it; `clause` is unchecked unless `checked`."""

    key: str
    category: str
    title: str
    help: str
    clause: str
    checked: bool
    unit: str
    type: ValueType
    least: float | None
    most: float | None
    allowed: tuple[str, ...]
    duties: Mapping[BatteryKind, Duty]
    update: Update
    scope: Scope
    seen_by: frozenset[Tier]
    source: str
    columns: tuple[Column, ...]

    @property
    def source_address(self) -> str:
        """Where the Battery Pass data model defines the property; empty where it has none."""
        return _SOURCE_ADDRESS.format(aspect=self.source.partition("/")[0]) if self.source else ""


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("synchromesh.engine.passport_models") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _bound(text: str) -> float | None:
    return float(text) if text else None


def _column(row: Mapping[str, str]) -> Column:
    return Column(
        name=row["column"],
        title=row["title"],
        type=ValueType(row["type"]),
        required=row["required"] == "yes",
        unit=row["unit"],
        least=_bound(row["least"]),
        most=_bound(row["most"]),
        allowed=tuple(row["allowed"].split("|")) if row["allowed"] else (),
        source=row["source"],
    )


def _field(row: Mapping[str, str], columns: tuple[Column, ...]) -> Field:
    public = row["seen_by"] == "public"
    return Field(
        key=row["key"],
        category=row["category"],
        title=row["title"],
        help=row["help"],
        clause=row["clause"],
        checked=row["checked"] == "yes",
        unit=row["unit"],
        type=ValueType(row["type"]),
        least=_bound(row["least"]),
        most=_bound(row["most"]),
        allowed=tuple(row["allowed"].split("|")) if row["allowed"] else (),
        duties=MappingProxyType({kind: Duty(row[kind]) for kind in BatteryKind}),
        update=Update(row["update"]),
        scope=Scope(row["scope"]),
        seen_by=frozenset(Tier) if public else frozenset(Tier(tier) for tier in row["seen_by"].split()),
        source=row["source"],
        columns=columns,
    )


@cache
def fields() -> Mapping[str, Field]:
    """Every field by its key, in the order of the list."""
    columns: dict[str, list[Column]] = {}
    for row in _rows("columns.csv"):
        columns.setdefault(row["field"], []).append(_column(row))
    return MappingProxyType(
        {row["key"]: _field(row, tuple(columns.get(row["key"], ()))) for row in _rows("fields.csv")}
    )


@cache
def categories() -> tuple[str, ...]:
    """The keys of the categories in their order."""
    return tuple(dict.fromkeys(field.category for field in fields().values()))

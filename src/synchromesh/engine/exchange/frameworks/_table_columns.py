"""The columns of the five tables, and which table a file is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.reading import read_columns
from synchromesh.engine.tables.workbooks import sheet_titles

SKILLS, ROLES, REQUIREMENTS, FAMILIES, UNITS = "skills", "roles", "requirements", "families", "units"

_PROVENANCE = ("source", "source_url", "source_on", "confidence")
FIXED: Mapping[str, tuple[str, ...]] = {
    SKILLS: ("id", "slug", "kind", "topics", "esco_uri", "esco_match", *_PROVENANCE),
    ROLES: (
        "id", "slug", "family", "topics", "area", "eqf_min", "eqf_max", "eqf_source", "esco_uri", "esco_match",
        *_PROVENANCE,
    ),
    REQUIREMENTS: ("role", "skill", "level", "need", "weight", *_PROVENANCE, "quote"),
    FAMILIES: ("id", "slug", *_PROVENANCE),
    UNITS: ("role", "code", "level", "skill", *_PROVENANCE),
}  # fmt: skip
TRANSLATED: Mapping[str, tuple[str, ...]] = {
    SKILLS: ("title", "description", "anchor_1", "anchor_2", "anchor_3"),
    ROLES: ("title", "summary", "tasks"),
    REQUIREMENTS: (),
    FAMILIES: ("title",),
    UNITS: ("title",),
}
REQUIRED: Mapping[str, tuple[str, ...]] = {
    SKILLS: ("kind",),
    ROLES: (),
    REQUIREMENTS: ("role", "skill", "level", "need", "weight"),
    FAMILIES: (),
    UNITS: ("role", "code", "level"),
}
_ONLY_ROLES = frozenset({"family", "area", "eqf_min", "eqf_max", "eqf_source"})
_LANGUAGE_COLUMN = re.compile(r"(\w+)_([a-z]{2})", re.ASCII)


def table_of(name: str, data: bytes) -> str | None:
    """Return which table a file is: by its name if it is one of the five, else by its headings; None for others."""
    stem = PurePosixPath(name.lower()).stem
    if stem in FIXED:
        return stem
    try:
        columns = set(read_columns(data, name=name))
    except InvalidInput:
        return None
    return table_by_columns(columns)


def table_by_columns(columns: Collection[str]) -> str | None:
    """Return which table has these headings; None when they could be of anything, as those of families always are."""
    if {"role", "code", "level"} <= set(columns):
        return UNITS
    if {"role", "skill", "level"} <= set(columns):
        return REQUIREMENTS
    texts = {text for column in columns for text, _ in [split_language(column)] if text}
    if "title" not in texts:
        return None
    # A title and a summary alone could be anything, such as a table of topics.
    if "tasks" in texts or _ONLY_ROLES & set(columns):
        return ROLES
    return SKILLS if "kind" in columns else None


def split_language(column: str) -> tuple[str, str]:
    """Return ("title", "de") for "title_de", ("", "") for a column that holds no translated text."""
    match = _LANGUAGE_COLUMN.fullmatch(column)
    known = match is not None and any(match[1] in texts for texts in TRANSLATED.values())
    return (match[1], match[2]) if match is not None and known else ("", "")


def missing_columns(table: str, columns: Collection[str]) -> list[str]:
    """Return the needed columns that are not there; tables with titles need one in at least one language."""
    missing = [column for column in REQUIRED[table] if column not in columns]
    if TRANSLATED[table] and not any(split_language(column)[0] == "title" for column in columns):
        missing.insert(0, "title_en")
    return missing


def unknown_columns(table: str, columns: Collection[str]) -> list[str]:
    """Return the columns that have no meaning in this table."""
    return [
        column
        for column in columns
        if column not in FIXED[table] and split_language(column)[0] not in TRANSLATED[table]
    ]


def is_framework_workbook(name: str, data: bytes) -> bool:
    """Tell whether a file is a workbook of several sheets of which at least one has the name of a table."""
    try:
        titles = sheet_titles(data, name=name)
    except InvalidInput:
        return False
    return len(titles) > 1 and any(sheet_table(title) for title in titles)


def sheet_table(title: str) -> str | None:
    """Return which table a sheet of this title is, None for others."""
    return key if (key := title.strip().lower()) in FIXED else None

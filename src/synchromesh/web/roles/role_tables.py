"""The tables of a role's details as files: what it needs, its skill card, and its links to ESCO.

Columns that the framework's own tables have keep their names there (docs/glossary.md), so that a row can be put back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from synchromesh.engine.tables.writing import Value, write_csv, write_xlsx
from synchromesh.framework.models import EscoLink, JobRole, Requirement, UnitEntry
from synchromesh.plumbing.sources import SourcedLink
from synchromesh.web.roles.path_words import title_of
from synchromesh.web.templatetags.names import match_name
from synchromesh.web.templatetags.synchromesh import level_name, plain

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_SOURCE_COLUMNS = ("source", "source_url", "source_on", "confidence", "quote")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTables:
    """What the tables of one role are made from."""

    role: JobRole
    requirements: Sequence[Requirement]
    units: Sequence[UnitEntry]
    links: Sequence[EscoLink]


def write_table(tables: RoleTables, *, table: str, file_format: str) -> bytes:
    """Return one table of the role as CSV or XLSX, with titles in the active language. KeyError for another table."""
    columns, rows = _WRITERS[table]
    all_columns = (*columns, *_SOURCE_COLUMNS)
    if file_format == "csv":
        return write_csv(all_columns, rows(tables))
    return write_xlsx(all_columns, rows(tables), title=table)


def _source(link: SourcedLink) -> list[Value]:
    return [link.source, link.source_url, link.source_on, link.confidence, link.quote]


def _requirements(tables: RoleTables) -> list[list[Value]]:
    return [
        [
            tables.role.slug,
            row.skill.slug,
            title_of(row.skill).text,
            row.level,
            level_name(row.level),
            "essential" if row.essential else "optional",
            row.weight,
            *_source(row),
        ]
        for row in tables.requirements
    ]


def _units(tables: RoleTables) -> list[list[Value]]:
    return [
        [
            tables.role.slug,
            row.code,
            row.depth,
            plain(row.titles),
            row.skill.slug if row.skill else "",
            *_source(row),
        ]
        for row in tables.units
    ]


def _links(tables: RoleTables) -> list[list[Value]]:
    return [
        [
            "skill" if row.skill else "role",
            row.skill.slug if row.skill else tables.role.slug,
            title_of(row.skill or tables.role).text,
            row.uri,
            row.match,
            match_name(row.match),
            *_source(row),
        ]
        for row in tables.links
    ]


_WRITERS: dict[str, tuple[tuple[str, ...], Callable[[RoleTables], list[list[Value]]]]] = {
    "requirements": (("role", "skill", "title", "level", "level_name", "need", "weight"), _requirements),
    "units": (("role", "code", "level", "title", "skill"), _units),
    "esco": (("kind", "slug", "title", "esco_uri", "esco_match", "match_in_words"), _links),
}
TABLES = tuple(_WRITERS)

"""A framework document into the five tables, so that reading them gives the same document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synchromesh.engine.exchange.frameworks._document import (
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.engine.exchange.frameworks._table_columns import (
    FAMILIES,
    FIXED,
    REQUIREMENTS,
    ROLES,
    SKILLS,
    TRANSLATED,
    UNITS,
)
from synchromesh.engine.tables.lists import join_list
from synchromesh.engine.tables.writing import Value

_TRANSLATED_AFTER = {SKILLS: "topics", ROLES: "topics", FAMILIES: "slug", UNITS: "level"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """The columns of a table in their order and its rows by column."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]


def written_tables(document: FrameworkDocument) -> dict[str, WrittenTable]:
    """Return the five tables by name; positions and problems are not written."""
    return {
        SKILLS: _table(SKILLS, [_skill(record) for record in document.skills]),
        ROLES: _table(ROLES, [_role(record) for record in document.roles]),
        REQUIREMENTS: _table(REQUIREMENTS, [_requirement(record) for record in document.requirements]),
        FAMILIES: _table(FAMILIES, [_family(record) for record in document.families]),
        UNITS: _table(UNITS, [_unit(record) for record in document.units]),
    }


def _table(kind: str, rows: list[dict[str, Value]]) -> WrittenTable:
    fixed = FIXED[kind]
    used = {column for row in rows for column in row} - set(fixed)
    # English first, then by code; without rows the English columns still show what belongs here.
    languages = sorted({column[-2:] for column in used} | {"en"}, key=lambda code: (code != "en", code))
    translated = [
        f"{text}_{language}"
        for text in TRANSLATED[kind]
        for language in languages
        if language == "en" or f"{text}_{language}" in used
    ]
    place = fixed.index(_TRANSLATED_AFTER[kind]) + 1 if translated else 0
    return WrittenTable(columns=(*fixed[:place], *translated, *fixed[place:]), rows=tuple(rows))


def _skill(record: SkillRecord) -> dict[str, Value]:
    anchors = {
        column: text for level, texts in record.anchors.items() for column, text in _by_column(f"anchor_{level}", texts)
    }
    return {
        "id": record.external_id,
        "slug": record.slug,
        "kind": record.kind,
        "topics": join_list(record.topics),
        **dict(_by_column("title", record.titles)),
        **dict(_by_column("description", record.descriptions)),
        **anchors,
        **_esco(record.esco),
        **_provenance(record.provenance),
    }


def _role(record: RoleRecord) -> dict[str, Value]:
    tasks = {language: join_list(items) for language, items in record.tasks.items()}
    return {
        "id": record.external_id,
        "slug": record.slug,
        "family": record.family,
        "topics": join_list(record.topics),
        **dict(_by_column("title", record.titles)),
        **dict(_by_column("summary", record.summaries)),
        **dict(_by_column("tasks", tasks)),
        "area": record.area,
        "eqf_min": record.eqf_min,
        "eqf_max": record.eqf_max,
        "eqf_source": record.eqf_source,
        **_esco(record.esco),
        **_provenance(record.provenance),
    }


def _requirement(record: RequirementRecord) -> dict[str, Value]:
    return {
        "role": record.role,
        "skill": record.skill,
        "level": record.level,
        "need": "essential" if record.essential else "optional",
        "weight": record.weight,
        **_provenance(record.provenance),
        "quote": record.provenance.quote,
    }


def _family(record: FamilyRecord) -> dict[str, Value]:
    return {
        "id": record.external_id,
        "slug": record.slug,
        **dict(_by_column("title", record.titles)),
        **_provenance(record.provenance),
    }


def _unit(record: UnitRecord) -> dict[str, Value]:
    return {
        "role": record.role,
        "code": record.code,
        "level": record.depth,
        **dict(_by_column("title", record.titles)),
        "skill": record.skill,
        **_provenance(record.provenance),
    }


def _by_column(text: str, by_language: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((f"{text}_{language}", content) for language, content in by_language.items())


def _esco(references: Iterable[EscoReference]) -> dict[str, Value]:
    listed = list(references)
    return {
        "esco_uri": join_list(reference.uri for reference in listed),
        "esco_match": join_list(reference.match for reference in listed),
    }


def _provenance(provenance: Provenance) -> dict[str, Value]:
    return {
        "source": provenance.source,
        "source_url": provenance.source_url,
        "source_on": provenance.source_on,
        "confidence": provenance.confidence,
    }

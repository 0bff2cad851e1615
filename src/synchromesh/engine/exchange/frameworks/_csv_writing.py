"""A framework document into the three tables, so that reading them gives the same document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from synchromesh.engine.exchange.frameworks._csv_columns import FIXED, REQUIREMENTS, ROLES, SKILLS, TRANSLATED
from synchromesh.engine.exchange.frameworks._document import (
    EscoReference,
    FrameworkDocument,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
)
from synchromesh.engine.tables.lists import join_list
from synchromesh.engine.tables.writing import Value, write_csv

_TRANSLATED_AFTER = "topics"


def write(document: FrameworkDocument) -> dict[str, bytes]:
    """Return skills.csv, roles.csv and requirements.csv; positions and problems are not written."""
    return {
        "skills.csv": _table(SKILLS, [_skill(record) for record in document.skills]),
        "roles.csv": _table(ROLES, [_role(record) for record in document.roles]),
        "requirements.csv": _table(REQUIREMENTS, [_requirement(record) for record in document.requirements]),
    }


def _table(kind: str, rows: list[dict[str, Value]]) -> bytes:
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
    place = fixed.index(_TRANSLATED_AFTER) + 1 if translated else 0
    return write_csv([*fixed[:place], *translated, *fixed[place:]], rows)


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

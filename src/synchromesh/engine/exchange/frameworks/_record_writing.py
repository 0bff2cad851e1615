"""Records into plain values (objects, lists, texts, numbers), from which `_record_reading` makes the same records.

What is empty is left out; positions are not written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from synchromesh.engine.exchange.frameworks._document import (
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)

Values: TypeAlias = dict[str, object]


def document_values(document: FrameworkDocument) -> dict[str, list[Values]]:
    """Return the entries by kind, the kinds in an order in which each names only what stands before it."""
    kinds: dict[str, Iterable[Record]] = {
        "families": document.families,
        "skills": document.skills,
        "roles": document.roles,
        "requirements": document.requirements,
        "units": document.units,
    }
    return {kind: [record_values(record) for record in records] for kind, records in kinds.items()}


def record_values(record: Record) -> Values:
    """Return the values of a record."""
    return _filled({**_own(record), "provenance": _provenance(record.provenance)})


def _own(record: Record) -> Values:
    if isinstance(record, SkillRecord):
        return _skill(record)
    if isinstance(record, RoleRecord):
        return _role(record)
    if isinstance(record, RequirementRecord):
        return _requirement(record)
    return _family(record) if isinstance(record, FamilyRecord) else _unit(record)


def _skill(record: SkillRecord) -> Values:
    return {
        "id": record.external_id,
        "slug": record.slug,
        "kind": record.kind,
        "topics": list(record.topics),
        "titles": dict(record.titles),
        "descriptions": dict(record.descriptions),
        "anchors": {str(level): dict(texts) for level, texts in record.anchors.items()},
        "esco": _esco(record.esco),
    }


def _family(record: FamilyRecord) -> Values:
    return {"id": record.external_id, "slug": record.slug, "titles": dict(record.titles)}


def _role(record: RoleRecord) -> Values:
    return {
        "id": record.external_id,
        "slug": record.slug,
        "family": record.family,
        "topics": list(record.topics),
        "titles": dict(record.titles),
        "summaries": dict(record.summaries),
        "tasks": {language: list(tasks) for language, tasks in record.tasks.items()},
        "area": record.area,
        "eqf": _filled({"min": record.eqf_min, "max": record.eqf_max, "source": record.eqf_source}),
        "esco": _esco(record.esco),
    }


def _requirement(record: RequirementRecord) -> Values:
    return {
        "role": record.role,
        "skill": record.skill,
        "level": record.level,
        "need": "essential" if record.essential else "optional",
        "weight": record.weight,
    }


def _unit(record: UnitRecord) -> Values:
    return {
        "role": record.role,
        "code": record.code,
        "level": record.depth,
        "titles": dict(record.titles),
        "skill": record.skill,
    }


def _esco(references: Iterable[EscoReference]) -> list[Values]:
    return [{"uri": reference.uri, "match": reference.match} for reference in references]


def _provenance(provenance: Provenance) -> Values:
    return _filled(
        {
            "source": provenance.source,
            "source_url": provenance.source_url,
            "source_on": provenance.source_on.isoformat() if provenance.source_on else None,
            "confidence": provenance.confidence,
            "quote": provenance.quote,
        }
    )


def _filled(values: Values) -> Values:
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}

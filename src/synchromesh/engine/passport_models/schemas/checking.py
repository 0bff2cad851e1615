"""A document against all the schemas that it is meant for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from synchromesh.engine.passport_models.schemas.explaining import SchemaFinding, place_of
from synchromesh.engine.passport_models.schemas.library import Part, Schema, parts_for
from synchromesh.engine.passport_models.schemas.validation import findings_of

Find = Callable[[Any, Mapping[str, Any], str], tuple[SchemaFinding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaVerdict:
    """What the schemas say: which they were and what they found."""

    model: str
    findings: tuple[SchemaFinding, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def _find_here(data: Any, schema: Mapping[str, Any], name: str) -> tuple[SchemaFinding, ...]:
    return findings_of(data, schema, name=name)


def check_against(data: object, schemas: Sequence[Schema], *, find: Find = _find_here) -> SchemaVerdict:
    """Check each part of a document against its schema; of versions that fit alike, the one that finds least counts."""
    names: list[str] = []
    found: list[SchemaFinding] = []
    for part in parts_for(data, schemas):
        schema, findings = _least(part, find)
        names.append(schema.name)
        prefix = place_of(part.place)
        found.extend(replace(finding, field=_joined(prefix, finding.field)) for finding in findings)
    return SchemaVerdict(model=", ".join(names), findings=tuple(found))


def _joined(prefix: str, place: str) -> str:
    if not prefix or not place:
        return prefix or place
    return f"{prefix}{place}" if place.startswith("[") else f"{prefix}.{place}"


def _least(part: Part, find: Find) -> tuple[Schema, tuple[SchemaFinding, ...]]:
    first, *others = part.schemas
    best = first, find(part.data, first.content, first.name)
    for schema in others:
        if not best[1]:
            break
        findings = find(part.data, schema.content, schema.name)
        if len(findings) < len(best[1]):
            best = schema, findings
    return best

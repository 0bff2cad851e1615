"""The framework as the JSON of `synchromesh framework export` (docs/glossary.md, "Command answers")."""

from __future__ import annotations

from typing import Any

from synchromesh.framework.models import EscoLink, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry
from synchromesh.framework.queries.version_contents import VersionContents


def export_framework(*, version: FrameworkVersion | None = None) -> dict[str, Any]:
    """The published version, or the given one."""
    contents = VersionContents(version)
    return {
        "version": contents.version.number if contents.version else 0,
        "levels": [
            {"level": 1, "name": "Awareness"},
            {"level": 2, "name": "Practitioner"},
            {"level": 3, "name": "Expert"},
        ],
        "families": [
            {"uid": str(family.uid), "slug": family.slug, "labels": family.titles} for family in contents.families
        ],
        "skills": [_skill(skill, contents.anchors.get(skill.pk, {})) for skill in contents.skills],
        "roles": [_role(role, contents) for role in contents.roles],
    }


def _skill(skill: Skill, anchors: dict[int, dict[str, str]]) -> dict[str, Any]:
    return {
        "uid": str(skill.uid),
        "slug": skill.slug,
        "kind": skill.kind,
        "labels": skill.titles,
        "descriptions": skill.descriptions,
        "fields": [topic.slug for topic in skill.topics.all()],
        "anchors": {str(level): texts for level, texts in sorted(anchors.items())},
        "esco": _links(list(skill.esco_links.all())),
        "origin": skill.origin,
    }


def _role(role: JobRole, contents: VersionContents) -> dict[str, Any]:
    return {
        "uid": str(role.uid),
        "slug": role.slug,
        "family": role.family.slug if role.family else None,
        "labels": role.titles,
        "summaries": role.summaries,
        "fields": [topic.slug for topic in role.topics.all()],
        "eqf": {"min": role.eqf_min, "max": role.eqf_max, "source": role.eqf_source},
        "esco": _links(list(role.esco_links.all())),
        "origin": role.origin,
        "requirements": [_requirement(row) for row in contents.requirements.get(role.pk, [])],
        "units": [_unit(row) for row in contents.units.get(role.pk, [])],
    }


def _links(links: list[EscoLink]) -> list[dict[str, str]]:
    return [{"uri": link.uri, "match": link.match} for link in links]


def _requirement(row: Requirement) -> dict[str, Any]:
    return {
        "skill": row.skill.slug,
        "level": row.level,
        "essential": row.essential,
        "weight": row.weight,
        "source": row.source,
        "confidence": float(row.confidence) if row.confidence is not None else None,
    }


def _unit(row: UnitEntry) -> dict[str, Any]:
    return {
        "code": row.code,
        "depth": row.depth,
        "labels": row.titles,
        "skill": row.skill.slug if row.skill else None,
        "source": row.source,
    }

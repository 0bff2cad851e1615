"""The framework as data: the JSON of `synchromesh framework export` and the document that the writers take."""

from __future__ import annotations

from typing import Any

from synchromesh.engine.exchange.frameworks import (
    EscoReference,
    FrameworkDocument,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
)
from synchromesh.framework.models import Anchor, EscoLink, FrameworkVersion, JobRole, Requirement, Skill
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.plumbing.sources import SourcedLink, SourcedRecord


def export_framework(*, version: FrameworkVersion | None = None) -> dict[str, Any]:
    """The published version (or the given one) in the shape that docs/glossary.md fixes for the command."""
    chosen = version or find_published_version()
    anchors, requirements = _anchors(chosen), _requirements(chosen)
    return {
        "version": chosen.number if chosen else 0,
        "levels": [
            {"level": 1, "name": "Awareness"},
            {"level": 2, "name": "Practitioner"},
            {"level": 3, "name": "Expert"},
        ],
        "skills": [_skill_json(skill, anchors.get(skill.pk, {})) for skill in _skills()],
        "roles": [_role_json(role, requirements.get(role.pk, [])) for role in _roles() if role.pk in requirements],
    }


def framework_document(*, version: FrameworkVersion | None = None) -> FrameworkDocument:
    """The same content as records, for writers of files; provenance of each link kept."""
    chosen = version or find_published_version()
    anchors, requirements = _anchors(chosen), _requirements(chosen)
    return FrameworkDocument(
        skills=tuple(_skill_record(skill, anchors.get(skill.pk, {})) for skill in _skills()),
        roles=tuple(_role_record(role) for role in _roles() if role.pk in requirements),
        requirements=tuple(_requirement_record(row) for rows in requirements.values() for row in rows),
        problems=(),
    )


def _skills() -> list[Skill]:
    return list(Skill.objects.filter(retired_at=None).prefetch_related("topics", "esco_links").order_by("slug"))


def _roles() -> list[JobRole]:
    return list(JobRole.objects.filter(retired_at=None).prefetch_related("topics", "esco_links").order_by("slug"))


def _anchors(version: FrameworkVersion | None) -> dict[int, dict[int, dict[str, str]]]:
    found: dict[int, dict[int, dict[str, str]]] = {}
    for anchor in Anchor.objects.filter(version=version):
        found.setdefault(anchor.skill_id, {})[anchor.level] = anchor.texts
    return found


def _requirements(version: FrameworkVersion | None) -> dict[int, list[Requirement]]:
    found: dict[int, list[Requirement]] = {}
    rows = Requirement.objects.filter(version=version).select_related("role", "skill")
    for row in rows.order_by("role__slug", "-essential", "-weight", "skill__slug"):
        found.setdefault(row.role_id, []).append(row)
    return found


def _links(links: list[EscoLink]) -> list[dict[str, str]]:
    return [{"uri": link.uri, "match": link.match} for link in links]


def _skill_json(skill: Skill, anchors: dict[int, dict[str, str]]) -> dict[str, Any]:
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


def _role_json(role: JobRole, requirements: list[Requirement]) -> dict[str, Any]:
    return {
        "uid": str(role.uid),
        "slug": role.slug,
        "labels": role.titles,
        "summaries": role.summaries,
        "fields": [topic.slug for topic in role.topics.all()],
        "eqf": {"min": role.eqf_min, "max": role.eqf_max, "source": role.eqf_source},
        "esco": _links(list(role.esco_links.all())),
        "origin": role.origin,
        "requirements": [
            {
                "skill": row.skill.slug,
                "level": row.level,
                "essential": row.essential,
                "weight": row.weight,
                "source": row.source,
                "confidence": float(row.confidence) if row.confidence is not None else None,
            }
            for row in requirements
        ],
    }


def _record_provenance(row: SourcedRecord) -> Provenance:
    return Provenance(source=row.source, source_url=row.source_url, source_on=row.source_on, confidence=1.0, quote="")


def _link_provenance(row: SourcedLink) -> Provenance:
    return Provenance(
        source=row.source,
        source_url=row.source_url,
        source_on=row.source_on,
        confidence=float(row.confidence) if row.confidence is not None else 1.0,
        quote=row.quote,
    )


def _esco(links: list[EscoLink]) -> tuple[EscoReference, ...]:
    return tuple(EscoReference(uri=link.uri, match=link.match) for link in links)


def _skill_record(skill: Skill, anchors: dict[int, dict[str, str]]) -> SkillRecord:
    return SkillRecord(
        position=skill.slug,
        external_id=skill.external_id or skill.slug,
        slug=skill.slug,
        kind=skill.kind,
        topics=tuple(topic.slug for topic in skill.topics.all()),
        titles=skill.titles,
        descriptions=skill.descriptions,
        anchors=anchors,
        esco=_esco(list(skill.esco_links.all())),
        provenance=_record_provenance(skill),
    )


def _role_record(role: JobRole) -> RoleRecord:
    return RoleRecord(
        position=role.slug,
        external_id=role.external_id or role.slug,
        slug=role.slug,
        topics=tuple(topic.slug for topic in role.topics.all()),
        titles=role.titles,
        summaries=role.summaries,
        tasks={language: tuple(tasks) for language, tasks in role.tasks.items()},
        area=role.area,
        eqf_min=role.eqf_min,
        eqf_max=role.eqf_max,
        eqf_source=role.eqf_source,
        esco=_esco(list(role.esco_links.all())),
        provenance=_record_provenance(role),
    )


def _requirement_record(row: Requirement) -> RequirementRecord:
    return RequirementRecord(
        position=f"{row.role.slug} {row.skill.slug}",
        role=row.role.external_id or row.role.slug,
        skill=row.skill.external_id or row.skill.slug,
        level=row.level,
        essential=row.essential,
        weight=row.weight,
        provenance=_link_provenance(row),
    )

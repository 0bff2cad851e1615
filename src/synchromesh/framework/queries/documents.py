"""The framework as records for the writers of exchange formats, provenance of each link kept."""

from __future__ import annotations

from typing import cast

from synchromesh.engine.exchange.frameworks import (
    Depth,
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Provenance,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.framework.models import EscoLink, Family, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry
from synchromesh.framework.queries.version_contents import VersionContents
from synchromesh.plumbing.sources import SourcedLink, SourcedRecord


def framework_document(*, version: FrameworkVersion | None = None) -> FrameworkDocument:
    """The published version, or the given one."""
    contents = VersionContents(version)
    return FrameworkDocument(
        families=tuple(_family(family) for family in contents.families),
        skills=tuple(_skill(skill, contents.anchors.get(skill.pk, {})) for skill in contents.skills),
        roles=tuple(_role(role) for role in contents.roles),
        requirements=tuple(_requirement(row) for rows in contents.requirements.values() for row in rows),
        units=tuple(_unit(row) for role in contents.roles for row in contents.units.get(role.pk, [])),
    )


def _of_record(row: SourcedRecord, links: list[EscoLink]) -> Provenance:
    """A record has no confidence of its own; the files keep that of its ESCO link in the same row."""
    confidence = next((float(link.confidence) for link in links if link.confidence is not None), 1.0)
    return Provenance(
        source=row.source, source_url=row.source_url, source_on=row.source_on, confidence=confidence, quote=""
    )


def _of_link(row: SourcedLink) -> Provenance:
    return Provenance(
        source=row.source,
        source_url=row.source_url,
        source_on=row.source_on,
        confidence=float(row.confidence) if row.confidence is not None else 1.0,
        quote=row.quote,
    )


def _esco(links: list[EscoLink]) -> tuple[EscoReference, ...]:
    return tuple(EscoReference(uri=link.uri, match=link.match) for link in links)


def _family(family: Family) -> FamilyRecord:
    return FamilyRecord(
        position=family.slug,
        external_id=family.external_id or family.slug,
        slug=family.slug,
        titles=family.titles,
        provenance=_of_record(family, []),
    )


def _skill(skill: Skill, anchors: dict[int, dict[str, str]]) -> SkillRecord:
    links = list(skill.esco_links.all())
    return SkillRecord(
        position=skill.slug,
        external_id=skill.external_id or skill.slug,
        slug=skill.slug,
        kind=skill.kind,
        topics=tuple(topic.slug for topic in skill.topics.all()),
        titles=skill.titles,
        descriptions=skill.descriptions,
        anchors=anchors,
        esco=_esco(links),
        provenance=_of_record(skill, links),
    )


def _role(role: JobRole) -> RoleRecord:
    links = list(role.esco_links.all())
    return RoleRecord(
        position=role.slug,
        external_id=role.external_id or role.slug,
        slug=role.slug,
        family=role.family.slug if role.family else "",
        topics=tuple(topic.slug for topic in role.topics.all()),
        titles=role.titles,
        summaries=role.summaries,
        tasks={language: tuple(tasks) for language, tasks in sorted(role.tasks.items())},
        area=role.area,
        eqf_min=role.eqf_min,
        eqf_max=role.eqf_max,
        eqf_source=role.eqf_source,
        esco=_esco(links),
        provenance=_of_record(role, links),
    )


def _requirement(row: Requirement) -> RequirementRecord:
    return RequirementRecord(
        position=f"{row.role.slug} {row.skill.slug}",
        role=row.role.external_id or row.role.slug,
        skill=row.skill.external_id or row.skill.slug,
        level=row.level,
        essential=row.essential,
        weight=row.weight,
        provenance=_of_link(row),
    )


def _unit(row: UnitEntry) -> UnitRecord:
    return UnitRecord(
        position=row.code,
        role=row.role.external_id or row.role.slug,
        code=row.code,
        depth=cast(Depth, row.depth),
        titles=row.titles,
        skill=(row.skill.external_id or row.skill.slug) if row.skill else "",
        provenance=_of_link(row),
    )

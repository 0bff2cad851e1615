"""Find what a file's rows refer to and say what each row would change. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Model

from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.frameworks import (
    EscoReference,
    FamilyRecord,
    FrameworkDocument,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.framework.models import (
    Anchor,
    EscoLink,
    EscoRejection,
    Family,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    Topic,
    UnitEntry,
)
from synchromesh.framework.queries.esco import same_address
from synchromesh.plumbing.column_limits import limit_problems
from synchromesh.plumbing.imports import FieldChange


class KnownFramework:
    """The stored framework, indexed the ways a row may refer to it."""

    def __init__(self, *, source: str, version: FrameworkVersion | None) -> None:
        self.source = source
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.skills = _index(Skill.objects.prefetch_related("topics", "esco_links"), source)
        self.roles = _index(JobRole.objects.select_related("family").prefetch_related("topics", "esco_links"), source)
        self.anchors = {(a.skill_id, a.level): a.texts for a in Anchor.objects.filter(version=version)}
        self.families = _index(Family.objects.all(), source)
        units = UnitEntry.objects.filter(version=version).select_related("skill")
        self.units = {(unit.role_id, unit.code): unit for unit in units}
        self.requirements = {(r.role_id, r.skill_id): r for r in Requirement.objects.filter(version=version)}
        self._rejected = set(EscoRejection.objects.order_by().values_list("skill", "role", "uri"))

    def skill(self, reference: str) -> Skill | None:
        return self.skills.get(reference)

    def role(self, reference: str) -> JobRole | None:
        return self.roles.get(reference)

    def stored_skill(self, record: SkillRecord) -> Skill | None:
        """The skill that a row describes: by its id, else by its slug."""
        return self.skills.get(record.external_id) or self.skills.get(record.slug)

    def stored_role(self, record: RoleRecord) -> JobRole | None:
        """The role that a row describes: by its id, else by its slug."""
        return self.roles.get(record.external_id) or self.roles.get(record.slug)

    def stored_family(self, record: FamilyRecord) -> Family | None:
        """The family that a row describes: by its id, else by its slug."""
        return self.families.get(record.external_id) or self.families.get(record.slug)

    def esco_references(
        self, owner: Skill | JobRole, record: SkillRecord | RoleRecord
    ) -> Iterator[tuple[str, EscoReference]]:
        """What a row says about ESCO, with the address as ESCO writes it; without concepts that a person rejected."""
        of = (owner.pk, None) if isinstance(owner, Skill) else (None, owner.pk)
        for reference in record.esco:
            address = same_address(reference.uri)
            if (*of, address) not in self._rejected:
                yield address, reference

    def learn(self, document: FrameworkDocument) -> None:
        """Take over the ids by which the file itself calls stored records, for the requirements that name them so."""
        for skill_record in document.skills:
            if skill := self.stored_skill(skill_record):
                self.skills.setdefault(skill_record.external_id, skill)
        for role_record in document.roles:
            if role := self.stored_role(role_record):
                self.roles.setdefault(role_record.external_id, role)


def _index(records: Iterable[Any], source: str) -> dict[str, Any]:
    """By slug and uid for every record, and by external id for those of the same import source, which wins."""
    rows = list(records)
    found = {row.slug: row for row in rows} | {str(row.uid): row for row in rows}
    return found | {row.external_id: row for row in rows if row.external_id and row.import_source == source}


def storable(document: FrameworkDocument) -> FrameworkDocument:
    """The document without the rows that the database cannot hold; they are added to its problems."""
    problems: list[Problem] = []

    def fits(model: type[Model], record: Any, columns: dict[str, Any]) -> bool:
        found = list(limit_problems(model, columns, position=record.position))
        for reference in getattr(record, "esco", ()):
            found += limit_problems(EscoLink, {"uri": reference.uri}, position=record.position)
        problems.extend(found)
        return not found

    return replace(
        document,
        skills=tuple(row for row in document.skills if fits(Skill, row, skill_columns(row) | _names(row))),
        roles=tuple(row for row in document.roles if fits(JobRole, row, role_columns(row) | _names(row))),
        requirements=tuple(row for row in document.requirements if fits(Requirement, row, requirement_columns(row))),
        families=tuple(row for row in document.families if fits(Family, row, family_columns(row) | _names(row))),
        units=tuple(row for row in document.units if fits(UnitEntry, row, unit_columns(row) | {"code": row.code})),
        problems=(*document.problems, *problems),
    )


def _names(record: SkillRecord | RoleRecord | FamilyRecord) -> dict[str, Any]:
    return {"slug": record.slug, "external_id": record.external_id}


def skill_columns(record: SkillRecord) -> dict[str, Any]:
    """The columns of a skill that a row states; texts in languages the row does not have stay."""
    return {"kind": record.kind, "titles": dict(record.titles), "descriptions": dict(record.descriptions)} | _sourced(
        record
    )


def role_columns(record: RoleRecord) -> dict[str, Any]:
    """The columns of a role that a row states."""
    return {
        "titles": dict(record.titles),
        "summaries": dict(record.summaries),
        "tasks": {language: list(tasks) for language, tasks in record.tasks.items()},
        "area": record.area,
        "eqf_min": record.eqf_min,
        "eqf_max": record.eqf_max,
        "eqf_source": record.eqf_source,
    } | _sourced(record)


def requirement_columns(record: RequirementRecord) -> dict[str, Any]:
    """The columns of a requirement that a row states."""
    return {
        "level": record.level,
        "essential": record.essential,
        "weight": record.weight,
        "confidence": round(record.provenance.confidence, 2),
        "quote": record.provenance.quote,
    } | _sourced(record)


def family_columns(record: FamilyRecord) -> dict[str, Any]:
    """The columns of a family that a row states."""
    return {"titles": dict(record.titles)} | _sourced(record)


def unit_columns(record: UnitRecord) -> dict[str, Any]:
    """The columns of a line of a skill card that a row states; its skill is resolved apart."""
    return {
        "depth": record.depth,
        "titles": dict(record.titles),
        "confidence": round(record.provenance.confidence, 2),
        "quote": record.provenance.quote,
    } | _sourced(record)


def _sourced(record: Record) -> dict[str, Any]:
    return {
        "source": record.provenance.source,
        "source_url": record.provenance.source_url,
        "source_on": record.provenance.source_on,
    }


def merged(stored: Any, columns: dict[str, Any]) -> dict[str, Any]:
    """Keep stored languages that the file does not mention: leaving a column out deletes no translation."""
    result = {}
    for name, value in columns.items():
        before = getattr(stored, name)
        result[name] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return result


def differences(stored: Any, columns: dict[str, Any]) -> list[FieldChange]:
    """Which columns would change, from what to what."""
    return [
        FieldChange(field=name, before=_words(getattr(stored, name)), after=_words(value))
        for name, value in merged(stored, columns).items()
        if _comparable(getattr(stored, name)) != _comparable(value)
        and not _unstated(name, getattr(stored, name), value)
    ]


def _unstated(name: str, before: Any, after: Any) -> bool:
    """A confidence that nobody stated stands as 1 in files, which have no word for it; that is no change."""
    return name == "confidence" and before is None and after == 1


def _comparable(value: Any) -> Any:
    return float(value) if hasattr(value, "as_tuple") else value


def _words(value: Any) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in sorted(value.items()))
    return str(value)


def topic_and_esco_differences(
    stored: Any, record: SkillRecord | RoleRecord, known: KnownFramework
) -> list[FieldChange]:
    """Fields and ESCO references that a row adds (a row never removes one)."""
    have_topics = {topic.slug for topic in stored.topics.all()}
    have_esco = {same_address(link.uri): link.match for link in stored.esco_links.all()}
    stated_esco = dict(known.esco_references(stored, record))  # of one stated twice the last counts
    added_topics = [slug for slug in record.topics if slug in known.topics and slug not in have_topics]
    added_esco = [stated.uri for address, stated in stated_esco.items() if have_esco.get(address) != stated.match]
    changes = []
    if added_topics:
        changes.append(
            FieldChange(field="topics", before=_words("; ".join(sorted(have_topics))), after="; ".join(added_topics))
        )
    if added_esco:
        changes.append(FieldChange(field="esco", before="", after="; ".join(added_esco)))
    return changes


def family_difference(stored: JobRole, record: RoleRecord, known: KnownFramework) -> list[FieldChange]:
    """The family that a row names, where it is known and another than the stored one."""
    family = known.families.get(record.family)
    if not record.family or (family is not None and family.pk == stored.family_id):
        return []
    return [FieldChange(field="family", before=_words(str(stored.family or "")), after=record.family)]


def anchor_differences(skill: Skill, record: SkillRecord, known: KnownFramework) -> list[FieldChange]:
    """Anchors that a row adds or words differently."""
    changes = []
    for level, texts in sorted(record.anchors.items()):
        before = known.anchors.get((skill.pk, level), {})
        if {**before, **texts} != before:
            changes.append(FieldChange(field=f"anchor_{level}", before=_words(before), after=_words(dict(texts))))
    return changes

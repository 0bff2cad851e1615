"""Import a framework file: every commit that changes something publishes a new version; undo brings the old one back.

Why a new version each time: a published version never changes (docs/glossary.md), and undo is then exact.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Problem
from synchromesh.engine.exchange.frameworks import (
    FrameworkDocument,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    read_framework,
)
from synchromesh.engine.tables.archives import open_archive
from synchromesh.framework.models import Anchor, EscoLink, FrameworkVersion, JobRole, Requirement, Skill, VersionStatus
from synchromesh.framework.operations import matching_records as rows
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.concepts import find_published_version
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod, stable_uid


class FrameworkImporter:
    """Reads a table, or a zip of tables, of skills, roles and requirements."""

    kind = "framework"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(may_edit_framework(by), "Only alliance staff can change the framework.")

    def plan(self, content: bytes, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the file with the published version."""
        document = _read(content, name)
        known = rows.KnownFramework(source=source, version=find_published_version())
        known.learn(document)
        problems = reference_problems(document, known)
        planned = (
            [_plan_skill(record, known) for record in document.skills]
            + [_plan_role(record, known) for record in document.roles]
            + [_plan_requirement(r, known) for r in document.requirements if not _broken(r, document, known)]
        )
        every = (*document.problems, *problems)
        left_out = imports.count_left_out(every, loaded=[row.position for row in planned])
        return imports.ImportPlan(format="csv-tables", rows=tuple(planned), problems=every, left_out=left_out)

    def apply(self, content: bytes, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write concepts, then a new published version with the old content and what the file states."""
        self.check_permission(by)
        plan = self.plan(content, name=batch.name, source=batch.source, options=batch.options)
        if all(row.effect == "same" for row in plan.rows):
            return
        document = _read(content, batch.name)
        current = find_published_version()
        known = rows.KnownFramework(source=batch.source, version=current)
        writer = _Writer(log=log, known=known, source=batch.source, origin=str(batch.options.get("origin", "real")))
        for skill_record in document.skills:
            writer.write_skill(skill_record)
        for role_record in document.roles:
            writer.write_role(role_record)
        for requirement in document.requirements:
            writer.note_requirement(requirement)
        _publish(log, current=current, writer=writer, note=batch.name)
        jobs.enqueue("search.tasks.rebuild_index")


def _read(content: bytes, name: str) -> FrameworkDocument:
    return rows.storable(read_framework(_files(content, name)))


def _files(content: bytes, name: str) -> dict[str, bytes]:
    """A zip of tables, or one table (a workbook is a zip too, and is one table)."""
    if content[:4] == b"PK\x03\x04" and not name.lower().endswith(".xlsx"):
        return open_archive(content)
    return {name: content}


def pack(files: dict[str, bytes]) -> bytes:
    """Put several tables into one zip, the form in which a folder is previewed and kept."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(name, data)
    return buffer.getvalue()


def reference_problems(document: FrameworkDocument, known: rows.KnownFramework) -> list[Problem]:
    """Fields, roles and skills that rows name but nobody has."""
    problems = []
    concepts: list[SkillRecord | RoleRecord] = [*document.skills, *document.roles]
    for record in concepts:
        for slug in record.topics:
            if slug not in known.topics:
                fields = ", ".join(sorted(known.topics))
                message = f"There is no field '{slug}'. Use one of: {fields}. The row loads without it."
                problems.append(Problem(position=record.position, field="topics", message=message))
    for requirement in document.requirements:
        problems += _broken(requirement, document, known)
    return problems


def _broken(record: RequirementRecord, document: FrameworkDocument, known: rows.KnownFramework) -> list[Problem]:
    new_roles = {role.external_id for role in document.roles} | {role.slug for role in document.roles}
    new_skills = {skill.external_id for skill in document.skills} | {skill.slug for skill in document.skills}
    problems = []
    if record.role not in new_roles and known.role(record.role) is None:
        message = f"There is no job role '{record.role}' here or in this file."
        problems.append(Problem(position=record.position, field="role", message=message))
    if record.skill not in new_skills and known.skill(record.skill) is None:
        message = f"There is no skill '{record.skill}' here or in this file."
        problems.append(Problem(position=record.position, field="skill", message=message))
    return problems


def _plan_skill(record: SkillRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    stored = known.stored_skill(record)
    changes = []
    if stored is not None:
        changes = rows.differences(stored, rows.skill_columns(record))
        changes += rows.topic_and_esco_differences(stored, record, known)
        changes += rows.anchor_differences(stored, record, known)
    return _planned(record.position, f"skill {record.slug}", stored, changes)


def _plan_role(record: RoleRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    stored = known.stored_role(record)
    changes = []
    if stored is not None:
        changes = rows.differences(stored, rows.role_columns(record))
        changes += rows.topic_and_esco_differences(stored, record, known)
    return _planned(record.position, f"role {record.slug}", stored, changes)


def _plan_requirement(record: RequirementRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    role, skill = known.role(record.role), known.skill(record.skill)
    stored = known.requirements.get((role.pk, skill.pk)) if role and skill else None
    changes = rows.differences(stored, rows.requirement_columns(record)) if stored else []
    return _planned(record.position, f"{record.role} needs {record.skill}", stored, changes)


def _planned(position: str, label: str, stored: Any, changes: list[imports.FieldChange]) -> imports.PlannedRow:
    effect = "new" if stored is None else "changed" if changes else "same"
    return imports.PlannedRow(position=position, label=label, effect=effect, changes=tuple(changes))


class _Writer:
    """Writes the lasting concepts at once and collects what the next version will say."""

    def __init__(self, *, log: ChangeLog, known: rows.KnownFramework, source: str, origin: str) -> None:
        self._log, self._known, self._source, self._origin = log, known, source, origin
        self.anchors = {key: dict(texts) for key, texts in known.anchors.items()}
        self.requirements: dict[tuple[int, int], dict[str, Any]] = {
            key: _requirement_values(row) for key, row in known.requirements.items()
        }

    def write_skill(self, record: SkillRecord) -> None:
        skill = self._known.stored_skill(record)
        if skill is None:
            skill = Skill(slug=record.slug, **self._identity("skill", record), **rows.skill_columns(record))
            self._log.create(skill)
        else:
            self._log.change(skill, **rows.merged(skill, rows.skill_columns(record)))
        self._known.skills |= {record.external_id: skill, record.slug: skill}
        self._attach(skill, record, through=Skill.topics.through, column="skill")
        for level, texts in record.anchors.items():
            self.anchors[skill.pk, level] = {**self.anchors.get((skill.pk, level), {}), **texts}

    def write_role(self, record: RoleRecord) -> None:
        role = self._known.stored_role(record)
        if role is None:
            role = JobRole(slug=record.slug, **self._identity("role", record), **rows.role_columns(record))
            self._log.create(role)
        else:
            self._log.change(role, **rows.merged(role, rows.role_columns(record)))
        self._known.roles |= {record.external_id: role, record.slug: role}
        self._attach(role, record, through=JobRole.topics.through, column="role")

    def note_requirement(self, record: RequirementRecord) -> None:
        """Remember a requirement for the next version; one that names nothing known was reported and stays out."""
        role, skill = self._known.role(record.role), self._known.skill(record.skill)
        if role is not None and skill is not None:
            self.requirements[role.pk, skill.pk] = rows.requirement_columns(record) | {"method": LinkMethod.IMPORT}

    def _identity(self, kind: str, record: SkillRecord | RoleRecord) -> dict[str, Any]:
        return {
            "uid": stable_uid(kind, self._source, record.external_id),
            "origin": self._origin,
            "import_source": self._source,
            "external_id": record.external_id,
        }

    def _attach(self, owner: Any, record: SkillRecord | RoleRecord, *, through: Any, column: str) -> None:
        """Add the fields and ESCO references that the row names and the record lacks."""
        owner_column = "jobrole" if column == "role" else column
        have = set(owner.topics.values_list("slug", flat=True))
        for slug in record.topics:
            if slug in self._known.topics and slug not in have:
                have.add(slug)
                self._log.create(through(**{owner_column: owner, "topic": self._known.topics[slug]}))
        linked = {link.uri: link for link in owner.esco_links.all()}
        for reference in record.esco:
            if reference.uri in linked:
                self._log.change(linked[reference.uri], match=reference.match)
                continue
            values = {column: owner, "uri": reference.uri, "match": reference.match, "method": LinkMethod.IMPORT}
            provenance = {"source": record.provenance.source, "confidence": round(record.provenance.confidence, 2)}
            linked[reference.uri] = EscoLink(**values, **provenance, source_on=record.provenance.source_on)
            self._log.create(linked[reference.uri])


def _requirement_values(row: Requirement) -> dict[str, Any]:
    skipped = {"id", "version_id", "role_id", "skill_id"}
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in skipped}


def _publish(log: ChangeLog, *, current: FrameworkVersion | None, writer: _Writer, note: str) -> None:
    """Retire the version in force and publish the next one with everything collected."""
    newest = FrameworkVersion.objects.order_by("-number").first()
    if current is not None:
        log.change(current, status=VersionStatus.RETIRED)
    version = FrameworkVersion(
        number=newest.number + 1 if newest else 1,
        status=VersionStatus.PUBLISHED,
        note=note,
        published_at=timezone.now(),
    )
    log.create(version)
    for (skill_id, level), texts in sorted(writer.anchors.items()):
        log.create(Anchor(version=version, skill_id=skill_id, level=level, texts=texts))
    for (role_id, skill_id), values in sorted(writer.requirements.items()):
        log.create(Requirement(version=version, role_id=role_id, skill_id=skill_id, **values))

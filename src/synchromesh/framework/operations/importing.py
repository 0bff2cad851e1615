"""Import a framework file: every commit that changes something publishes a new version; undo brings the old one back.

Why a new version each time: a published version never changes (docs/glossary.md), and undo is then exact. With the
option `draft` the commit writes to the one draft instead, which `publishing.publish_draft` publishes.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, BinaryIO

from synchromesh.accounts.permissions import require
from synchromesh.engine.exchange.frameworks import (
    FamilyRecord,
    FrameworkDocument,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
    read_framework,
)
from synchromesh.engine.tables.archives import open_archive
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.operations import matching_records as rows
from synchromesh.framework.operations.references import References, without_retired
from synchromesh.framework.operations.version_writing import FrameworkWriter, publish_version, save_draft
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.concepts import find_draft, find_published_version
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.import_plans import count_left_out, make_plan
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog


class FrameworkImporter:
    """Reads a table, or a zip of tables, of skills, roles and requirements."""

    kind = "framework"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(may_edit_framework(by), "Only alliance staff can change the framework.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the file with the published version; with the option `draft`, with the draft if there is one."""
        document = _read(file, name, source=source)
        known = rows.KnownFramework(source=source, version=_base(options))
        known.learn(document)
        references = References(document, known)
        planned = (
            [_plan_family(record, known) for record in document.families]
            + [_plan_skill(record, known) for record in document.skills]
            + [_plan_role(record, known) for record in document.roles]
            + [_plan_requirement(r, known) for r in document.requirements if not any(references.unknown_ends(r))]
            + [_plan_unit(u, known) for u in document.units if not any(references.unknown_ends(u))]
        )
        every = (*document.problems, *references.problems())
        left_out = count_left_out(every, loaded=[row.position for row in planned])
        return make_plan(format_name="framework", rows=planned, problems=every, left_out=left_out)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write concepts, then a version with the old content and what the file states.

        Raises Conflict while a draft waits that the file is not meant for.
        """
        self.check_permission(by)
        plan = self.plan(file, name=batch.name, source=batch.source, options=batch.options)
        if not plan.changes_something:
            return
        file.seek(0)
        document = _read(file, batch.name, source=batch.source)
        current = _base(batch.options)
        known = rows.KnownFramework(source=batch.source, version=current)
        origin = str(batch.options.get("origin", "real"))
        writer = FrameworkWriter(log=log, known=known, source=batch.source, origin=origin)
        for family in document.families:
            writer.write_family(family)
        for skill_record in document.skills:
            writer.write_skill(skill_record)
        for role_record in document.roles:
            writer.write_role(role_record)
        for requirement in document.requirements:
            writer.note_requirement(requirement)
        for unit in document.units:
            writer.note_unit(unit)
        if batch.options.get("draft"):
            save_draft(log, draft=find_draft(), current=current, writer=writer, note=batch.name)
        else:
            publish_version(log, current=current, writer=writer, note=batch.name)
        jobs.enqueue("search.tasks.rebuild_index")

    def after_undo(self) -> None:
        """Skills and roles say something else, or another version is in force."""
        jobs.enqueue("search.tasks.rebuild_index")


def _base(options: dict[str, Any]) -> FrameworkVersion | None:
    """The version that the file continues from."""
    return (find_draft() if options.get("draft") else None) or find_published_version()


def _read(file: BinaryIO, name: str, *, source: str) -> FrameworkDocument:
    return without_retired(rows.storable(read_framework(_files(file.read(), name))), source=source)


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
        changes += rows.family_difference(stored, record, known)
        changes += rows.topic_and_esco_differences(stored, record, known)
    return _planned(record.position, f"role {record.slug}", stored, changes)


def _plan_requirement(record: RequirementRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    role, skill = known.role(record.role), known.skill(record.skill)
    stored = known.requirements.get((role.pk, skill.pk)) if role and skill else None
    changes = rows.differences(stored, rows.requirement_columns(record)) if stored else []
    return _planned(record.position, f"{record.role} needs {record.skill}", stored, changes)


def _plan_family(record: FamilyRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    stored = known.stored_family(record)
    changes = rows.differences(stored, rows.family_columns(record)) if stored else []
    return _planned(record.position, f"family {record.slug}", stored, changes)


def _plan_unit(record: UnitRecord, known: rows.KnownFramework) -> imports.PlannedRow:
    role, skill = known.role(record.role), known.skill(record.skill) if record.skill else None
    stored = known.units.get((role.pk, record.code)) if role else None
    changes = rows.differences(stored, rows.unit_columns(record)) if stored else []
    if stored is not None and stored.skill_id != (skill.pk if skill else None):
        changes.append(imports.FieldChange(field="skill", before=str(stored.skill or ""), after=record.skill))
    return _planned(record.position, f"{record.role} {record.code}", stored, changes)


def _planned(position: str, label: str, stored: Any, changes: list[imports.FieldChange]) -> imports.PlannedRow:
    effect = "new" if stored is None else "changed" if changes else "same"
    return imports.PlannedRow(position=position, label=label, effect=effect, changes=tuple(changes))

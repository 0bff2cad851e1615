"""Write what a framework file states: lasting concepts at once, then a version with everything in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.utils import timezone

from synchromesh.engine.errors import Conflict, NotFound
from synchromesh.engine.exchange.frameworks import FamilyRecord, RequirementRecord, RoleRecord, SkillRecord, UnitRecord
from synchromesh.framework.models import (
    Anchor,
    EscoLink,
    Family,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    UnitEntry,
    VersionStatus,
)
from synchromesh.framework.operations import matching_records as rows
from synchromesh.framework.queries.concepts import find_draft
from synchromesh.framework.queries.esco import same_address
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import LinkMethod, stable_uid

UNCONFIRMED: dict[str, Any] = {"confirmed_by": "", "confirmed_at": None, "esco_version": ""}
"""Columns of a link to ESCO that says something else than what was confirmed."""
_KeyedRows: TypeAlias = list[tuple[dict[str, Any], dict[str, Any]]]


class FrameworkWriter:
    """Writes the lasting concepts at once and collects what the next version will say."""

    def __init__(self, *, log: ChangeLog, known: rows.KnownFramework, source: str, origin: str) -> None:
        self._log, self._known, self._source, self._origin = log, known, source, origin
        self.anchors = {key: dict(texts) for key, texts in known.anchors.items()}
        self.requirements: dict[tuple[int, int], dict[str, Any]] = {
            key: _own_values(row) for key, row in known.requirements.items()
        }
        self.units: dict[tuple[int, str], dict[str, Any]] = {key: _own_values(row) for key, row in known.units.items()}

    def write_family(self, record: FamilyRecord) -> None:
        family = self._known.stored_family(record)
        if family is None:
            family = Family(slug=record.slug, **self._identity("family", record), **rows.family_columns(record))
            self._log.create(family)
        else:
            self._log.change(family, **rows.merged(family, rows.family_columns(record)))
        self._known.families |= {record.external_id: family, record.slug: family}

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
        columns = rows.role_columns(record)
        if record.family in self._known.families:
            columns["family"] = self._known.families[record.family]
        if role is None:
            role = JobRole(slug=record.slug, **self._identity("role", record), **columns)
            self._log.create(role)
        else:
            self._log.change(role, **rows.merged(role, columns))
        self._known.roles |= {record.external_id: role, record.slug: role}
        self._attach(role, record, through=JobRole.topics.through, column="role")

    def note_requirement(self, record: RequirementRecord) -> None:
        """Remember a requirement for the next version; one that names nothing known was reported and stays out."""
        role, skill = self._known.role(record.role), self._known.skill(record.skill)
        if role is not None and skill is not None:
            self.requirements[role.pk, skill.pk] = rows.requirement_columns(record) | {"method": LinkMethod.IMPORT}

    def note_unit(self, record: UnitRecord) -> None:
        """Remember a line of a role's skill card for the next version."""
        role, skill = self._known.role(record.role), self._known.skill(record.skill) if record.skill else None
        if role is not None and (skill is not None or not record.skill):
            columns = rows.unit_columns(record) | {"skill_id": skill.pk if skill else None, "method": LinkMethod.IMPORT}
            self.units[role.pk, record.code] = columns

    def _identity(self, kind: str, record: SkillRecord | RoleRecord | FamilyRecord) -> dict[str, Any]:
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
        linked = {same_address(link.uri): link for link in owner.esco_links.all()}
        for address, reference in self._known.esco_references(owner, record):
            if address in linked:
                self._log.change(linked[address], **_stated(linked[address], reference.match))
                continue
            values = {column: owner, "uri": reference.uri, "match": reference.match, "method": LinkMethod.IMPORT}
            provenance = {"source": record.provenance.source, "confidence": round(record.provenance.confidence, 2)}
            linked[address] = EscoLink(**values, **provenance, source_on=record.provenance.source_on)
            self._log.create(linked[address])


def _stated(link: EscoLink, match: str) -> dict[str, Any]:
    """The match that a file states; another one than somebody confirmed is not what they confirmed."""
    return {"match": match} | (UNCONFIRMED if link.match != match else {})


def lock_draft() -> FrameworkVersion:
    """The draft, locked until the transaction ends. Raises NotFound without one."""
    draft = FrameworkVersion.objects.select_for_update().filter(status=VersionStatus.DRAFT).first()
    if draft is None:
        raise NotFound("There is no draft. Start one at the desk, or import a file as a draft.")
    return draft


def _own_values(row: Requirement | UnitEntry) -> dict[str, Any]:
    """The columns of a version's part that the next version takes over; what it belongs to is its key."""
    skipped = {"id", "version_id", "role_id", "position"} | ({"skill_id"} if isinstance(row, Requirement) else {"code"})
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in skipped}


def publish_version(log: ChangeLog, *, current: FrameworkVersion | None, writer: FrameworkWriter, note: str) -> None:
    """Retire the version in force and publish the next one with everything collected.

    Raises Conflict while a draft waits: it was made from the version in force, so that publishing it later would bring
    back what this version changes.
    """
    draft = find_draft()
    if draft is not None:
        raise Conflict(f"Version {draft.number} is a draft. Publish it or undo its imports first, or import into it.")
    if current is not None:
        log.change(current, status=VersionStatus.RETIRED)
    _create_version(log, writer, status=VersionStatus.PUBLISHED, note=note, published_at=timezone.now())


def save_draft(
    log: ChangeLog,
    *,
    draft: FrameworkVersion | None,
    current: FrameworkVersion | None,
    writer: FrameworkWriter,
    note: str,
) -> None:
    """Write everything collected as the next version, a draft, or change the rows of the draft there is.

    `current` is the version that a new draft is made from; `note` counts where the draft has none yet.
    A draft that changes is no longer what somebody asked to publish, so that request lapses. The line about the draft
    itself comes last in the log: undo meets it first and refuses where something later stands on it.
    """
    if draft is None:
        _create_version(log, writer, status=VersionStatus.DRAFT, note=note, published_at=None, based_on=current)
        return
    _continue_draft(log, draft, writer)
    log.change(draft, note=draft.note or note, revision=draft.revision + 1, requested_by="", requested_at=None)


def _continue_draft(log: ChangeLog, draft: FrameworkVersion, writer: FrameworkWriter) -> None:
    for stored, values in _with_stored_rows(draft, writer):
        if stored is None:
            log.create(values)
        else:
            log.change(stored, **values)


def _create_version(log: ChangeLog, writer: FrameworkWriter, *, note: str, **columns: Any) -> None:
    newest = FrameworkVersion.objects.order_by("-number").first()
    version = FrameworkVersion(number=newest.number + 1 if newest else 1, note=note, **columns)
    log.create(version)
    # The parts of a new version are no changes of their own: they come and go with it.
    for model, rows_by_key in _parts(writer).items():
        found = [model(version=version, **key, **values) for key, values in rows_by_key]
        model._default_manager.bulk_create(found, batch_size=500)


def _parts(writer: FrameworkWriter) -> dict[type[Any], _KeyedRows]:
    """What the version will hold: for each row the columns that name it and the columns that it says."""
    cards = sorted(writer.units.items(), key=_card_order)
    return {
        Anchor: [
            ({"skill_id": skill_id, "level": level}, {"texts": texts})
            for (skill_id, level), texts in sorted(writer.anchors.items())
        ],
        Requirement: [
            ({"role_id": role_id, "skill_id": skill_id}, values)
            for (role_id, skill_id), values in sorted(writer.requirements.items())
        ],
        UnitEntry: [
            ({"role_id": role_id, "code": code}, values | {"position": position})
            for position, ((role_id, code), values) in enumerate(cards, start=1)
        ],
    }


def _with_stored_rows(draft: FrameworkVersion, writer: FrameworkWriter) -> Iterator[tuple[Any, Any]]:
    """Each row that the draft has, with its values of now; and None with each row that it lacks."""
    for model, rows_by_key in _parts(writer).items():
        names = tuple(rows_by_key[0][0]) if rows_by_key else ()
        held = {tuple(getattr(row, n) for n in names): row for row in model._default_manager.filter(version=draft)}
        for key, values in rows_by_key:
            stored = held.get(tuple(key.values()))
            yield stored, values if stored is not None else model(version=draft, **key, **values)


def _card_order(item: tuple[tuple[int, str], Any]) -> tuple[int, list[tuple[str, int, str]]]:
    """Cards in the order of their codes, numbers by value: U2 before U10, a unit before its elements."""
    role_id, code = item[0]
    parts = [re.fullmatch(r"(\D*)(\d*)(.*)", part) for part in code.split(".")]
    return role_id, [(m[1], int(m[2] or 0), m[3]) if m else ("", 0, "") for m in parts]

"""Split a skill or merge several: previewed, committed in one transaction, and undone exactly.

Why two people: ratings, courses and requirements of everybody move, so nobody carries out alone what they prepared. The
operator at the command line of the server may. The previewed batch is the request: it says who prepared it, and keeps
what the preview showed, so that whoever confirms it sees the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction

from synchromesh.accounts.permissions import OPERATOR, is_operator, require
from synchromesh.assessment.operations import skill_references as assessment_references
from synchromesh.catalogue.models import CourseSkill
from synchromesh.catalogue.operations import skill_references as catalogue_references
from synchromesh.community.operations import skill_references as community_references
from synchromesh.credentials.operations import skill_references as credentials_references
from synchromesh.engine.errors import Conflict
from synchromesh.framework.models import Requirement, UnitEntry, VersionStatus
from synchromesh.framework.operations import skill_succession
from synchromesh.framework.operations.skill_succession import Succession
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.pathways.operations import skill_references as pathways_references
from synchromesh.pathways.queries.skill_use import count_uses
from synchromesh.plumbing import audit, import_files, imports, jobs
from synchromesh.plumbing.import_plans import make_plan
from synchromesh.plumbing.models import BatchStatus, ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.site.skill_requests import read_successions

# Every app that holds something about a skill; a test finds the one that is missing here.
_MOVES = (
    skill_succession.move_skill_references,
    catalogue_references.move_skill_references,
    assessment_references.move_skill_references,
    credentials_references.move_skill_references,
    community_references.move_skill_references,
    pathways_references.move_skill_references,
)


class SkillChangeImporter:
    """Reads a request (see `skill_requests`) and applies it. The preview applies it too and takes that back at once."""

    kind = "skill-change"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(may_edit_framework(by), "Only alliance staff can split or merge skills.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Every record that would be touched. Raises InvalidInput, NotFound or Conflict as the commit would."""
        del options
        successions = read_successions(file.read())
        with transaction.atomic():
            log = ChangeLog(ImportBatch.objects.create(kind=self.kind, name=name, source=source))
            rows = _apply(successions, by=OPERATOR, log=log, note=name)
            transaction.set_rollback(True)
        return make_plan(format_name=self.kind, rows=rows)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Move everything, retire, publish a new version and have the search index rebuilt."""
        self.check_permission(by)
        _apply(read_successions(file.read()), by=by, log=log, note=batch.name)
        jobs.enqueue("search.tasks.rebuild_index")

    def after_undo(self) -> None:
        """The old skills are in force again."""
        jobs.enqueue("search.tasks.rebuild_index")


def _apply(successions: list[Succession], *, by: audit.Actor, log: ChangeLog, note: str) -> list[imports.PlannedRow]:
    rows = skill_succession.publish_successions(by=by, log=log, successions=successions, note=note)
    for succession in successions:
        for move in _MOVES:
            rows += move(by=by, log=log, succession=succession)
        rows += skill_succession.retire_skill(by=by, log=log, succession=succession)
    return rows


def preview_skill_change(*, by: audit.Actor, request: Mapping[str, Any]) -> tuple[ImportBatch, imports.ImportPlan]:
    """What a split or merge would touch; keeps the request for `commit_skill_change` and writes nothing else.

    `request` is described in `skill_requests`. Raises NotAllowed, InvalidInput, NotFound or Conflict.
    """
    content = json.dumps(request, ensure_ascii=False, sort_keys=True).encode()
    with transaction.atomic():
        batch, plan = imports.preview(
            SkillChangeImporter(),
            by=by,
            file=BytesIO(content),
            name=_name(request),
            source=SkillChangeImporter.kind,
        )
        batch.options = {"request": dict(request), "touched": count_touched(request)}
        batch.save(update_fields=["options"])
    return batch, plan


def commit_skill_change(*, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Write a previewed change in one transaction.

    Raises NotAllowed, also for the person who prepared it, and Conflict when it does not fit any more.
    """
    importer = SkillChangeImporter()
    importer.check_permission(by)
    require(
        is_operator(by) or batch.actor != by.public_id,
        "You prepared this change, so somebody else of the alliance's staff must carry it out.",
    )
    return imports.commit(importer, by=by, batch=batch)


def withdraw_skill_change(*, by: audit.Actor, batch: ImportBatch) -> None:
    """Take a prepared change back before anybody carries it out, whoever prepared it.

    Raises NotAllowed, and Conflict when it was carried out already.
    """
    SkillChangeImporter().check_permission(by)
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().filter(pk=batch.pk).first()
        if locked is None or locked.kind != SkillChangeImporter.kind or locked.status != BatchStatus.PREVIEWED:
            raise Conflict("This change was carried out or withdrawn already.")
        locked.delete()
        audit.record(by=by, action="withdraw_skill_change", kind=locked.kind, uid=batch.uid, name=batch.name)
        transaction.on_commit(lambda: import_files.remove_file(batch.uid))


def undo_skill_change(*, by: audit.Actor, batch: ImportBatch) -> ImportBatch:
    """Put everything back as it was. Raises NotAllowed, or Conflict where later work stands in the way."""
    return imports.undo(SkillChangeImporter(), by=by, batch=batch)


def count_touched(request: Mapping[str, Any]) -> dict[str, int]:
    """How many roles, lines of skill cards, courses, plans, ratings and people name the skills that would retire.

    Numbers only: nobody sees whose ratings and plans they are. Plans stay as they were calculated. Raises as
    `preview_skill_change` does.
    """
    skills = [succession.retired for succession in read_successions(json.dumps(request).encode())]
    published = {"skill__in": skills, "version__status": VersionStatus.PUBLISHED}
    return {
        "roles": Requirement.objects.filter(**published).values("role").distinct().count(),
        "units": UnitEntry.objects.filter(**published).count(),
        "courses": CourseSkill.objects.filter(skill__in=skills).values("course").distinct().count(),
        **count_uses(skills),
    }


def _name(request: Mapping[str, Any]) -> str:
    """The change in words, as the list of imports and the note of the version show it."""
    kind, stated = next(iter(request.items()), ("", {}))
    if not isinstance(stated, Mapping):
        return str(kind)
    sides = [stated.get(side, "") for side in ("from", "into")]
    before, after = (", ".join(map(str, side)) if isinstance(side, list) else str(side) for side in sides)
    return f"{kind} {before} into {after}"

"""What edits of a course by hand have in common: one step with its changes, its audit line, and its way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

from django.db import IntegrityError, transaction

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.editable_courses import COURSE_EDIT
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.undo import undo_step

Step: TypeAlias = "ImportBatch | None"
"""What was written, to be taken back by its uid; None where nothing had to be."""
Write: TypeAlias = Callable[[Course, ChangeLog], dict[str, Any]]
"""Does the work on the locked course; returns what the audit trail says of it, nothing where nothing was written."""


def check_permission(by: audit.Actor, course: Course) -> None:
    """Raise NotAllowed unless `by` may edit the course."""
    require(
        may_edit_courses_of(by, course.provider),
        "Only editors and managers of the provider, and alliance staff, can edit this course.",
    )


def make_step(*, by: audit.Actor, course: Course, action: str, write: Write) -> Step:
    """Run one edit of a stored course in a transaction. Raises NotAllowed."""
    check_permission(by, course)
    with transaction.atomic():
        locked = Course.objects.select_for_update().get(pk=course.pk)
        step = begin_step(by=by, course=locked, action=action)
        log = ChangeLog(step)
        said = write(locked, log)
        if not said:
            step.delete()
            return None
        finish_step(by=by, course=locked, step=step, log=log, said=said)
    return step


def begin_step(*, by: audit.Actor, course: Course, action: str) -> ImportBatch:
    """A step about the course, inside the caller's transaction."""
    return imports.begin_step(by=by, kind=COURSE_EDIT, name=action, source=str(course.uid))


def finish_step(*, by: audit.Actor, course: Course, step: ImportBatch, log: ChangeLog, said: dict[str, Any]) -> None:
    """Write the log and the audit line, and have the search read the course anew."""
    log.save()
    audit.record(by=by, action=step.name, kind="course", uid=course.uid, **said)
    jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid)])


def undo_course_edit(*, by: audit.Actor, course: Course, uid: UUID) -> ImportBatch:
    """Put a course back as it was before an edit. Raises NotAllowed, NotFound, and Conflict where the step was taken
    back already or later work stands in the way.
    """
    check_permission(by, course)
    try:
        return _undo(by=by, course=course, uid=uid)
    except IntegrityError:
        raise Conflict("Something that was made since takes the place of what was there before.") from None


def _undo(*, by: audit.Actor, course: Course, uid: UUID) -> ImportBatch:
    with transaction.atomic():
        step = undo_step(ImportBatch.objects.filter(kind=COURSE_EDIT, source=str(course.uid), uid=uid))
        audit.record(by=by, action="undo_course_edit", kind="course", uid=course.uid, step=str(step.uid))
        jobs.enqueue("search.tasks.update_index", kind="course", uids=[str(course.uid)])
    return step

"""Write a run in which people learn here. What a person says of it stays: the feed of the course only says otherwise.

The permission is asked by the caller, since the authors of a course's content need not be editors of its provider.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.catalogue.models import Run
from synchromesh.catalogue.operations.course_steps import begin_step, finish_step
from synchromesh.catalogue.operations.field_locks import lock_fields
from synchromesh.catalogue.queries.field_locks import field_value
from synchromesh.plumbing import audit
from synchromesh.plumbing.record_changes import ChangeLog


def save_run(*, by: audit.Actor, run: Run, columns: Mapping[str, Any], action: str) -> bool:
    """Set columns of a run, stored or new, as one step of its course; returns whether anything was written.

    Call inside a transaction, with a stored run locked. `action` names the step and its line in the audit trail. The
    search reads the course anew, since its next date is among what is found.
    """
    course, is_new = run.course, run.pk is None
    step = begin_step(by=by, course=course, action=action)
    log = ChangeLog(step)
    before = {"runs": field_value(course, "runs")}
    if is_new:
        for name, value in columns.items():
            setattr(run, name, value)
        log.create(run)
    elif not log.change(run, **columns):
        step.delete()
        return False
    lock_fields(by=by, log=log, course=course, before=before)
    finish_step(by=by, course=course, step=step, log=log, said={"run": str(run.uid)})
    return True

"""Note that a course can be taken here: its page and plans lead to it without asking anybody else."""

from __future__ import annotations

from datetime import datetime

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_author_course
from synchromesh.plumbing import audit


def mark_learned_here(*, by: audit.Actor, course: Course, now: datetime) -> None:
    """Note since when; the first time counts. Part of publishing content, so call it inside that transaction.

    Raises NotAllowed for all but the course's authors.
    """
    require(may_author_course(by, course), "Only the course's authors publish its content.")
    if course.learned_here_since is not None:
        return
    Course.objects.filter(pk=course.pk, learned_here_since=None).update(learned_here_since=now)
    course.learned_here_since = now
    audit.record(by=by, action="mark_learned_here", kind="course", uid=course.uid)

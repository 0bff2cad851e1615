"""What stands beside a unit for one learner: their note, their open stuck report, how much is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, Q, TextField, UUIDField, Value

from synchromesh.learning.models import Enrolment, Post, PrivateNote, StuckReport, Unit

_NOTE, _STUCK, _POSTS = range(3)
_MISSING: Sequence[Any] = (0, None, None, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideUnit:
    """`stuck_uid` is None where no report is open."""

    note: str
    noted_at: datetime | None
    stuck_uid: UUID | None
    stuck_text: str
    posts: int


def beside_unit(enrolment: Enrolment, unit: Unit) -> BesideUnit:
    """What a learner finds beside a unit. Posts are those of the whole course and of the learner's own cohort.

    One query of three parts, since every page of every learner asks it.
    """
    notes = PrivateNote.objects.filter(person=enrolment.person_id, course=enrolment.course_id, unit_key=unit.key)
    stuck = StuckReport.objects.filter(enrolment=enrolment.pk, unit=unit.pk, settled_at=None)
    shown = Q(run=None) | Q(run=enrolment.run_id) if enrolment.run_id else Q(run=None)
    posts = Post.objects.filter(shown, course=enrolment.course_id, unit_key=unit.key, hidden_at=None)
    counted = posts.order_by().values("course").annotate(count=Count("pk"))
    no_uid, no_text, no_time = Value(None, UUIDField()), Value("", TextField()), Value(None, DateTimeField())
    parts = (
        notes.order_by().values_list(Value(_NOTE), Value(0), "changed_at", no_uid, "text"),
        stuck.order_by().values_list(Value(_STUCK), Value(0), "made_at", "uid", "text"),
        counted.values_list(Value(_POSTS), "count", no_time, no_uid, no_text),
    )
    # The oldest first, so that of several reports, which two devices can make at once, the newest is shown.
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: str(row[2]))
    found = {part: rest for part, *rest in rows}
    _, noted_at, _, note = found.get(_NOTE, _MISSING)
    _, _, stuck_uid, stuck_text = found.get(_STUCK, _MISSING)
    return BesideUnit(
        note=note,
        noted_at=noted_at,
        stuck_uid=stuck_uid,
        stuck_text=stuck_text,
        posts=found.get(_POSTS, _MISSING)[0],
    )

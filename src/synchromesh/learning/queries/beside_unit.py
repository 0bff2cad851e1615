"""What stands beside a unit for one learner: their note, their open stuck report, how much is said, one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from synchromesh.assessment.models import InstrumentPart
from synchromesh.learning.models import Enrolment, Post, PrivateNote, StuckReport, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideUnit:
    """`stuck_uid` is None where no report is open; `questions` is how many one attempt at its instrument asks."""

    note: str
    noted_at: datetime | None
    stuck_uid: UUID | None
    stuck_text: str
    posts: int
    questions: int


def beside_unit(enrolment: Enrolment, unit: Unit) -> BesideUnit:
    """What a learner finds beside a unit. Posts are those of the whole course and of the learner's own cohort."""
    notes = PrivateNote.objects.filter(person=enrolment.person_id, course=enrolment.course_id, unit_key=unit.key)
    stuck = StuckReport.objects.filter(enrolment=OuterRef("pk"), unit=unit.pk, settled_at=None)
    shown = Q(run=None) | Q(run=enrolment.run_id) if enrolment.run_id else Q(run=None)
    posts = Post.objects.filter(shown, course=enrolment.course_id, unit_key=unit.key, hidden_at=None)
    found = (
        Enrolment.objects.filter(pk=enrolment.pk)
        .values(
            note=Subquery(notes.values("text")[:1]),
            noted_at=Subquery(notes.values("changed_at")[:1]),
            stuck_uid=Subquery(stuck.values("uid")[:1]),
            stuck_text=Subquery(stuck.values("text")[:1]),
            posts=_number(posts.order_by().values("course").annotate(number=Count("pk"))),
            questions=_number(_parts(unit)),
        )
        .get()
    )
    return BesideUnit(**found | {"note": found["note"] or "", "stuck_text": found["stuck_text"] or ""})


def _parts(unit: Unit) -> QuerySet[Any, Any]:
    parts = InstrumentPart.objects.filter(instrument=unit.instrument_id)
    return parts.order_by().values("instrument").annotate(number=Sum("count"))


def _number(grouped: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(grouped.values("number")[:1], output_field=IntegerField()), 0)

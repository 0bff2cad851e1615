"""What stands beside a unit for one learner: their note, their open stuck report, how much is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from synchromesh.learning.models import Enrolment, Post, PrivateNote, StuckReport, Unit


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

    Three queries, which are asked faster one by one than as parts of one.
    """
    notes = PrivateNote.objects.filter(person=enrolment.person_id, course=enrolment.course_id, unit_key=unit.key)
    note, noted_at = notes.order_by("pk").values_list("text", "changed_at").first() or ("", None)
    stuck = StuckReport.objects.filter(enrolment=enrolment.pk, unit=unit.pk, settled_at=None)
    stuck_uid, stuck_text = stuck.order_by("-made_at", "-pk").values_list("uid", "text").first() or (None, "")
    shown = Q(run=None) | Q(run=enrolment.run_id) if enrolment.run_id else Q(run=None)
    posts = Post.objects.filter(shown, course=enrolment.course_id, unit_key=unit.key, hidden_at=None)
    return BesideUnit(note=note, noted_at=noted_at, stuck_uid=stuck_uid, stuck_text=stuck_text, posts=posts.count())

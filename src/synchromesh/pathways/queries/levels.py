"""Which level a person has in a skill: the one rule that combines ratings.

Unexpired credential or assessed evidence counts before a self rating; within a kind the latest counts; a colleague's
or superior's rating is shown but does not close a gap (docs/glossary.md, "Rating").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.learning.models import Unit
from synchromesh.pathways.models import Rating, RatingKind
from synchromesh.pathways.permissions import may_see_profile

_EVIDENCE = (RatingKind.CREDENTIAL, RatingKind.ASSESSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLevel:
    """A level and how it is known."""

    level: int
    kind: str

    @property
    def is_proof(self) -> bool:
        return self.kind in _EVIDENCE


def list_held_levels(person: User, *, visible_to: User, today: date) -> dict[int, HeldLevel]:
    """The level that counts, by skill row. Raises NotAllowed for anybody but the person."""
    if not may_see_profile(visible_to, person):
        raise NotAllowed("Only the person can see these ratings.")
    unexpired = Q(expires_on=None) | Q(expires_on__gte=today)
    held: dict[int, HeldLevel] = {}
    for kinds in ((RatingKind.SELF,), _EVIDENCE):  # evidence is read last and replaces the self rating
        ratings = Rating.objects.filter(unexpired, person=person, kind__in=kinds).order_by("rated_at", "pk")
        for rating in ratings:
            held[rating.skill_id] = HeldLevel(level=rating.level, kind=rating.kind)
    return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows a level: the unit of a course in which it was shown, where it was there."""

    skill: Skill
    level: int
    kind: str
    on: date
    until: date | None
    unit: Unit | None
    course: Course | None
    words: str


def list_proofs(person: User, *, visible_to: User) -> list[Proof]:
    """Credential and assessed evidence of a person, also what has expired, the latest first; one query.

    Raises NotAllowed for anybody but the person.
    """
    if not may_see_profile(visible_to, person):
        raise NotAllowed("Only the person can see these ratings.")
    found = Rating.objects.filter(person=person, kind__in=_EVIDENCE).order_by("-rated_at", "-pk")
    return [_proof(rating) for rating in found.select_related("skill", "progress__unit", "progress__enrolment__course")]


def _proof(rating: Rating) -> Proof:
    progress = rating.progress
    return Proof(
        skill=rating.skill,
        level=rating.level,
        kind=rating.kind,
        on=timezone.localdate(rating.rated_at),
        until=rating.expires_on,
        unit=progress.unit if progress else None,
        course=progress.enrolment.course if progress else None,
        words=rating.evidence,
    )

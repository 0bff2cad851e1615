"""Predicates of permission, in plain sentences. Anything not allowed here is refused."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from synchromesh.accounts.models import Membership, MembershipRole, User
from synchromesh.accounts.permissions import is_operator, role_in
from synchromesh.passports.models import ChainRole, Classroom, ClassroomSeat, Passport, PassportGrant
from synchromesh.plumbing.audit import Actor

CHAIN = (ChainRole.MAKER, ChainRole.CARMAKER, ChainRole.WORKSHOP, ChainRole.RECYCLER)
"""The roles that hand a battery on, in their order."""
WRITERS = frozenset({ChainRole.MAKER, ChainRole.CARMAKER})
"""The roles that state what a passport says; the others add what happened."""
_EDITING = (MembershipRole.EDITOR, MembershipRole.MANAGER)


def is_person(by: Actor) -> bool:
    """Somebody with an open account."""
    return isinstance(by, User) and by.is_active


def owns(by: Actor, passport: Passport) -> bool:
    """Whose passport it is; editors and managers of an organisation for one of theirs; the operator."""
    if is_operator(by):
        return True
    if not isinstance(by, User) or not by.is_active:
        return False
    if passport.organisation is not None:
        return role_in(by, passport.organisation) in _EDITING
    return passport.owner_id == by.pk


def may_keep_for(by: Actor, organisation_id: int) -> bool:
    """Editors and managers of an organisation keep passports for it."""
    if not isinstance(by, User) or not by.is_active:
        return is_operator(by)
    return Membership.objects.filter(person=by, organisation=organisation_id, role__in=_EDITING).exists()


def seat_in_team(by: Actor, passport: Passport) -> ClassroomSeat | None:
    """The seat of a learner in the team that works on the passport."""
    if passport.team_id is None or not isinstance(by, User) or not by.is_active:
        return None
    found = ClassroomSeat.objects.filter(team=passport.team_id, person=by)
    return found.select_related("team", "classroom").first()


def has_passport(seat: ClassroomSeat | None) -> bool:
    """Whether it is this learner's turn: the passport is with their role, and the class is open."""
    return seat is not None and seat.classroom.closed_at is None and seat.role == seat.team.holder


def may_edit(by: Actor, passport: Passport) -> bool:
    """Who owns it; in a class also the maker, while the passport is with them."""
    if owns(by, passport):
        return True
    seat = seat_in_team(by, passport)
    return seat is not None and seat.role in WRITERS and has_passport(seat)


def live_grants(now: datetime | None = None) -> QuerySet[PassportGrant]:
    """Grants that hold at the moment."""
    return PassportGrant.objects.filter(ended_at=None, ends_at__gt=now or timezone.now())


def grants_for(by: Actor, passport: Passport) -> QuerySet[PassportGrant]:
    """The grants by which a person sees more of the passport, or an organisation that they belong to."""
    if not isinstance(by, User) or not by.is_active:
        return PassportGrant.objects.none()
    organisations = Membership.objects.filter(person=by).values("organisation")
    return live_grants().filter(Q(person=by) | Q(organisation__in=organisations), passport=passport)


def roles_of(by: Actor, passport: Passport) -> tuple[ChainRole, ...]:
    """In which roles somebody records events.

    In a class that of the seat, while the passport is with it; the teacher stands in for everybody. Elsewhere who owns
    a passport plays all roles of the chain but those that were given away, and others play what was given to them.
    """
    if passport.team_id is not None:
        if owns(by, passport):
            return CHAIN
        seat = seat_in_team(by, passport)
        return (ChainRole(seat.role),) if seat is not None and has_passport(seat) else ()
    kept: set[str] = set()
    if owns(by, passport):
        away = set(live_grants().filter(passport=passport).exclude(role="").values_list("role", flat=True))
        if not away:
            return CHAIN
        kept = {role.value for role in CHAIN} - away
    given = kept | set(grants_for(by, passport).exclude(role="").values_list("role", flat=True))
    return tuple(role for role in CHAIN if role in given)


def may_share(by: Actor, passport: Passport) -> bool:
    """Who owns it; in a class the roles decide who sees what."""
    return owns(by, passport) and passport.team_id is None


def may_remove(by: Actor, passport: Passport) -> bool:
    """Who owns it."""
    return owns(by, passport)


def teaches(by: Actor, classroom: Classroom) -> bool:
    """The teacher who opened the class."""
    return isinstance(by, User) and by.is_active and classroom.teacher_id == by.pk

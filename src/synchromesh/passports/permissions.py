"""Predicates of permission, in plain sentences. Anything not allowed here is refused."""

from __future__ import annotations

from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from synchromesh.accounts.models import Membership, MembershipRole, User
from synchromesh.accounts.permissions import is_operator
from synchromesh.passports.models import (
    ChainRole,
    Classroom,
    ClassroomSeat,
    ClassroomTeam,
    DataRequest,
    Passport,
    PassportGrant,
)
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
    if passport.organisation_id is None:
        return passport.owner_id == by.pk
    if getattr(passport, "asked_for", None) == by.pk:
        return bool(getattr(passport, "editor", None) == by.pk)
    return may_keep_for(by, passport.organisation_id)


def with_editor(found: QuerySet[Passport], by: Actor) -> QuerySet[Passport]:
    """Passports with the answer whether somebody edits for their organisation, so that `owns` does not ask once more.

    The answer stands with the person for whom it holds; for anybody else `owns` asks.
    """
    if not isinstance(by, User):
        return found
    roles = Membership.objects.filter(person=by, organisation=OuterRef("organisation"), role__in=_EDITING).order_by()
    return found.annotate(asked_for=Value(by.pk), editor=Subquery(roles.values("person")[:1]))


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
    return live_grants().filter(_given_to(by), passport=passport)


def _given_to(by: User) -> Q:
    """Grants to a person, and to organisations that they belong to in whatever role."""
    return Q(person=by) | Q(organisation__in=Membership.objects.filter(person=by).values("organisation"))


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
    given = _roles_given(by, passport)
    played = {role for role, is_mine in given if is_mine}
    if owns(by, passport):
        played |= {role.value for role in CHAIN} - {role for role, _ in given}
    return tuple(role for role in CHAIN if role in played)


def _roles_given(by: Actor, passport: Passport) -> set[tuple[str, bool]]:
    """The roles that were given away, each with whether it was given to this person."""
    found = live_grants().filter(passport=passport).exclude(role="")
    if not isinstance(by, User) or not by.is_active:
        return {(role, False) for role in found.values_list("role", flat=True)}
    mine = found.annotate(is_mine=ExpressionWrapper(_given_to(by), output_field=BooleanField()))
    return {(role, bool(is_mine)) for role, is_mine in mine.values_list("role", "is_mine")}


def may_share(by: Actor, passport: Passport) -> bool:
    """Who owns it; in a class the roles decide who sees what."""
    return owns(by, passport) and passport.team_id is None


def may_remove(by: Actor, passport: Passport) -> bool:
    """Who owns it."""
    return owns(by, passport)


def teaches(by: Actor, classroom: Classroom) -> bool:
    """The teacher who opened the class."""
    return isinstance(by, User) and by.is_active and classroom.teacher_id == by.pk


def may_ask(by: Actor, team: ClassroomTeam, seat: ClassroomSeat | None) -> bool:
    """An authority of the class asks any of its teams; the teacher stands in for it. `seat` is that of who asks."""
    is_authority = seat is not None and seat.role == ChainRole.AUTHORITY and seat.classroom_id == team.classroom_id
    return team.classroom.closed_at is None and (is_authority or teaches(by, team.classroom))


def may_read_request(by: Actor, request: DataRequest, seat: ClassroomSeat | None) -> bool:
    """The team that was asked, the authorities of the class, and the teacher."""
    if teaches(by, request.team.classroom):
        return True
    if seat is None or not is_person(by):
        return False
    return seat.team_id == request.team_id or seat.role == ChainRole.AUTHORITY


def may_answer(by: Actor, request: DataRequest, seat: ClassroomSeat | None) -> bool:
    """Who has the passport of the team, and its makers, who answer for it all its life; the teacher stands in."""
    if request.answered_at is not None or request.team.classroom.closed_at is not None:
        return False
    if teaches(by, request.team.classroom):
        return True
    in_team = seat is not None and is_person(by) and seat.team_id == request.team_id
    return seat is not None and in_team and (seat.role in WRITERS or seat.role == request.team.holder)

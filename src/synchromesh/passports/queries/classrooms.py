"""A class as its teacher and its learners see it: who has which passport, and how far each team has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.passport import Severity
from synchromesh.engine.passport_models.writing import as_document, read_document
from synchromesh.passports.models import (
    ChainRole,
    Classroom,
    ClassroomSeat,
    ClassroomTeam,
    Passport,
    PassportState,
    PassportVersion,
)
from synchromesh.passports.permissions import WRITERS, teaches
from synchromesh.passports.queries.data_requests import RequestRow, list_requests
from synchromesh.passports.queries.sight import PUBLIC_SIGHT
from synchromesh.passports.queries.views import PassportLink
from synchromesh.plumbing.typed_codes import in_groups, read_code

_SIGNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """A learner in the class."""

    uid: UUID
    name: str
    team: int
    role: ChainRole
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """A planted fault: the field, which kind, and whether somebody mended it."""

    field: str
    fault: str
    is_mended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProgress:
    """How good the passport is by now; `faults` are for the teacher, how many there are for who writes it."""

    errors: int
    planted: int
    mended: int
    faults: tuple[FaultRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamView:
    """A team: who has the passport, how far the battery has come, and its passports, the newest last.

    `progress` is None for who neither teaches nor writes the passport; `state` tells them no more than everybody.
    """

    uid: UUID
    number: int
    holder: ChainRole
    state: PassportState
    passports: tuple[PassportLink, ...]
    progress: TeamProgress | None
    may_move_to: tuple[ChainRole, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassroomView:
    """A class; the code is for its teacher."""

    uid: UUID
    title: str
    kind: BatteryKind
    code: str
    is_teacher: bool
    opened_at: datetime
    closed_at: datetime | None
    teams: tuple[TeamView, ...]
    seats: tuple[SeatView, ...]
    own_seat: SeatView | None
    requests: tuple[RequestRow, ...]
    may_ask: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassroomRow:
    """A class in a list; `role` is that of one's seat, None for its teacher."""

    uid: UUID
    title: str
    is_teacher: bool
    role: ChainRole | None
    opened_at: datetime
    closed_at: datetime | None


def read_classroom_code(text: str) -> str:
    """What somebody typed as the code of a class, as it is stored; empty where it cannot be one."""
    code = read_code(text, signs=_SIGNS)
    return in_groups(code) if code else ""


def current_passport(team: ClassroomTeam) -> Passport | None:
    """The passport that the team works on: that of the second life, where there is one."""
    return max(team.passports.all(), key=lambda one: (one.made_at, one.pk), default=None)


def list_classrooms(visible_to: User) -> list[ClassroomRow]:
    """The classes that somebody teaches or sits in, the newest first."""
    taught = Classroom.objects.filter(teacher=visible_to)
    seats = ClassroomSeat.objects.filter(person=visible_to).select_related("classroom")
    rows = [_row(one, None) for one in taught] + [_row(one.classroom, ChainRole(one.role)) for one in seats]
    return sorted(rows, key=lambda row: (row.opened_at, str(row.uid)), reverse=True)


def get_classroom(uid: UUID, *, visible_to: User) -> ClassroomView:
    """A class for its teacher and its learners. Raises NotFound for everybody else."""
    passports = Passport.objects.order_by("made_at", "id")
    teams = ClassroomTeam.objects.order_by("number").prefetch_related(Prefetch("passports", queryset=passports))
    found = Classroom.objects.filter(uid=uid).prefetch_related(Prefetch("teams", queryset=teams)).first()
    seats = list(_seats(found, visible_to)) if found is not None else []
    own = next((seat for seat in seats if seat.is_own), None)
    if found is None or not visible_to.is_active or (own is None and not teaches(visible_to, found)):
        raise NotFound("There is no such class.")
    is_teacher = teaches(visible_to, found)
    contents = _contents(found)
    asks = is_teacher or (own is not None and own.role == ChainRole.AUTHORITY)
    return ClassroomView(
        uid=found.uid,
        title=found.title,
        kind=BatteryKind(found.kind),
        code=found.code if is_teacher else "",
        is_teacher=is_teacher,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        teams=tuple(_team(team, own, contents, is_teacher, found.closed_at is None) for team in found.teams.all()),
        seats=tuple(seats),
        own_seat=own,
        requests=tuple(list_requests(found, team=None if asks or own is None else own.team)),
        may_ask=asks and found.closed_at is None,
    )


def _row(classroom: Classroom, role: ChainRole | None) -> ClassroomRow:
    return ClassroomRow(
        uid=classroom.uid,
        title=classroom.title,
        is_teacher=role is None,
        role=role,
        opened_at=classroom.opened_at,
        closed_at=classroom.closed_at,
    )


def _seats(classroom: Classroom, visible_to: User) -> Sequence[SeatView]:
    found = ClassroomSeat.objects.filter(classroom=classroom).select_related("person", "team")
    return [
        SeatView(
            uid=seat.uid,
            name=seat.person.name or seat.person.sign_in_name.partition("@")[0],
            team=seat.team.number,
            role=ChainRole(seat.role),
            is_own=seat.person_id == visible_to.pk,
        )
        for seat in found.order_by("team__number", "joined_at", "id")
    ]


def _contents(classroom: Classroom) -> dict[int, Content]:
    """What the passports of the class state now, by the row of the passport."""
    versions = PassportVersion.objects.filter(passport__team__classroom=classroom, number=F("passport__number"))
    rows = versions.values_list("passport_id", "passport__kind", "data")
    return {passport: read_document(data, kind=BatteryKind(kind)) for passport, kind, data in rows}


def _team(
    team: ClassroomTeam, own: SeatView | None, contents: dict[int, Content], is_teacher: bool, is_open: bool
) -> TeamView:
    passport = current_passport(team)
    is_mine = own is not None and own.team == team.number
    writes = is_teacher or (is_mine and own is not None and own.role in WRITERS)
    knows = is_teacher or is_mine
    state = PassportState(passport.state) if passport is not None else PassportState.DRAFT
    if passport is not None and not writes and (own is None or not is_mine or own.role == ChainRole.AUTHORITY):
        state = PUBLIC_SIGHT.state_of(passport)
    content = contents.get(passport.pk) if passport is not None else None
    moves = is_open and (is_teacher or (is_mine and own is not None and own.role == team.holder))
    return TeamView(
        uid=team.uid,
        number=team.number,
        holder=ChainRole(team.holder),
        state=state,
        passports=tuple(PassportLink(uid=one.uid, title=one.title) for one in team.passports.all() if knows),
        progress=_progress(team, content, is_teacher) if writes and content is not None else None,
        may_move_to=list_next_holders(team) if moves else (),
    )


def list_next_holders(team: ClassroomTeam) -> tuple[ChainRole, ...]:
    """To whom the passport can go: before the market to the makers, from then on to workshop and recycler."""
    passport = current_passport(team)
    is_published = passport is not None and passport.published_at is not None
    possible = (ChainRole.WORKSHOP, ChainRole.RECYCLER) if is_published else (ChainRole.MAKER, ChainRole.CARMAKER)
    return tuple(role for role in possible if role != team.holder)


def _progress(team: ClassroomTeam, content: Content, is_teacher: bool) -> TeamProgress:
    errors = [
        found for found in check_passport(content, today=timezone.localdate()) if found.severity is Severity.ERROR
    ]
    wrong = {found.field for found in errors}
    stated = as_document(content)["values"]
    rows = [_fault(one, stated, wrong) for one in team.faults]
    return TeamProgress(
        errors=len(errors),
        planted=len(rows),
        mended=sum(row.is_mended for row in rows),
        faults=tuple(rows) if is_teacher else (),
    )


def _fault(planted: dict[str, Any], stated: dict[str, Any], wrong: set[str]) -> FaultRow:
    """Mended is what is stated otherwise than planted, and without an error."""
    field = str(planted["field"])
    is_mended = stated.get(field) != planted["stated"] and field not in wrong
    return FaultRow(field=field, fault=str(planted["fault"]), is_mended=is_mended)

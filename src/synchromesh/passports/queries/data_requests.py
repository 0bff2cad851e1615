"""Requests of an authority in a class: what was asked for, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Field, Tier, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import read_document
from synchromesh.passports.models import ChainRole, Classroom, ClassroomSeat, ClassroomTeam, DataRequest
from synchromesh.passports.permissions import may_answer, may_ask, may_read_request

MOST_LISTED = 200
NO_REQUEST = "There is no such request."


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A request in a list; `answered_as` is None while it is open."""

    uid: UUID
    team: int
    count: int
    asked_at: datetime
    answered_at: datetime | None
    answered_as: ChainRole | None
    is_refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedField:
    """A field with its value where it was handed over and is stated; `was_asked` is False for one too many."""

    field: Field
    was_asked: bool
    was_handed: bool
    stated: FieldValue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """A request with its answer. `offered` are the fields among which who answers chooses, () for others."""

    uid: UUID
    classroom: UUID
    team: int
    kind: BatteryKind
    reason: str
    asked: tuple[Field, ...]
    asked_at: datetime
    answered_at: datetime | None
    answered_as: ChainRole | None
    note: str
    fields: tuple[HandedField, ...]
    offered: tuple[Field, ...]


def askable_fields() -> tuple[Field, ...]:
    """What an authority may see and the public may not."""
    return tuple(one for one in fields().values() if Tier.AUTHORITY in one.seen_by and Tier.PUBLIC not in one.seen_by)


def restricted_fields() -> tuple[Field, ...]:
    """What is not for everybody, among it what is not for an authority either."""
    return tuple(one for one in fields().values() if Tier.PUBLIC not in one.seen_by)


def get_team_to_ask(classroom: UUID, number: int, *, visible_to: User) -> ClassroomTeam:
    """A team of a class, for an authority of the class. Raises NotFound for everybody else."""
    found = ClassroomTeam.objects.select_related("classroom").filter(classroom__uid=classroom, number=number).first()
    if found is None or not may_ask(visible_to, found, find_seat(found, visible_to)):
        raise NotFound("There is no team here that you can ask.")
    return found


def get_request(classroom: UUID, uid: UUID, *, visible_to: User) -> RequestView:
    """A request, for the team, for the authorities of the class and for its teacher. Raises NotFound."""
    found = (
        DataRequest.objects.select_related("team__classroom").filter(uid=uid, team__classroom__uid=classroom).first()
    )
    seat = find_seat(found.team, visible_to) if found is not None else None
    if found is None or not may_read_request(visible_to, found, seat):
        raise NotFound(NO_REQUEST)
    room, known = found.team.classroom, fields()
    content = read_document(found.handed) if found.handed else Content(kind=BatteryKind(room.kind))
    handed = content.values
    keys = [key for key in known if key in found.asked or key in handed]
    return RequestView(
        uid=found.uid,
        classroom=room.uid,
        team=found.team.number,
        kind=content.kind,
        reason=found.reason,
        asked=tuple(known[key] for key in keys if key in found.asked),
        asked_at=found.asked_at,
        answered_at=found.answered_at,
        answered_as=ChainRole(found.answered_as) if found.answered_as else None,
        note=found.note,
        fields=tuple(_handed(known[key], found.asked, handed) for key in keys) if found.answered_at else (),
        offered=restricted_fields() if may_answer(visible_to, found, seat) else (),
    )


def list_requests(classroom: Classroom, *, team: int | None) -> list[RequestRow]:
    """Requests to all teams of a class, or to the one with this number, the newest first.

    For inside the app: the teacher and the authorities see all of them, others those to their own team.
    """
    found = DataRequest.objects.filter(team__classroom=classroom).select_related("team")
    if team is not None:
        found = found.filter(team__number=team)
    return [_row(one) for one in found.order_by("-asked_at", "-id")[:MOST_LISTED]]


def _row(request: DataRequest) -> RequestRow:
    return RequestRow(
        uid=request.uid,
        team=request.team.number,
        count=len(request.asked),
        asked_at=request.asked_at,
        answered_at=request.answered_at,
        answered_as=ChainRole(request.answered_as) if request.answered_as else None,
        is_refused=request.answered_at is not None and not request.handed,
    )


def _handed(field: Field, asked: Collection[str], handed: Mapping[str, FieldValue]) -> HandedField:
    stated = handed.get(field.key)
    has_value = stated is not None and stated.value is not None
    return HandedField(
        field=field,
        was_asked=field.key in asked,
        was_handed=field.key in handed,
        stated=stated if has_value else None,
    )


def find_seat(team: ClassroomTeam, person: User) -> ClassroomSeat | None:
    """The seat of somebody in the class of a team, with what the rules ask for."""
    found = ClassroomSeat.objects.filter(classroom=team.classroom_id, person=person)
    return found.select_related("team", "classroom").first()

"""A class with the words of its page: names of roles, states and faults in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from synchromesh.engine.passport_models.model import fields
from synchromesh.passports.queries.classrooms import ClassroomView, FaultRow, SeatView, TeamView
from synchromesh.passports.queries.data_requests import RequestRow
from synchromesh.web.passports.chain_words import ROLES, STATES
from synchromesh.web.passports.passport_words import KINDS, table_text


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTeam:
    """A team, with words; `moves` are the roles to which its passport can go from here."""

    team: TeamView
    holder: Any
    state: Any
    moves: tuple[tuple[str, Any], ...]
    faults: tuple[tuple[Any, FaultRow], ...]
    requests: tuple[tuple[RequestRow, Any], ...]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClass:
    """A class, with words."""

    room: ClassroomView
    kind: Any
    teams: tuple[ShownTeam, ...]
    seats: tuple[tuple[SeatView, Any], ...]
    own_role: Any
    numbers: tuple[int, ...]


def show_class(room: ClassroomView) -> ShownClass:
    """Put the words to a class."""
    own = room.own_seat
    return ShownClass(
        room=room,
        kind=KINDS[room.kind.value],
        teams=tuple(_team(team, own, room.requests) for team in room.teams),
        seats=tuple((seat, ROLES[seat.role.value]) for seat in room.seats),
        own_role=ROLES[own.role.value] if own is not None else "",
        numbers=tuple(team.number for team in room.teams),
    )


def _team(team: TeamView, own: SeatView | None, requests: Sequence[RequestRow]) -> ShownTeam:
    found = team.progress.faults if team.progress is not None else ()
    return ShownTeam(
        team=team,
        holder=ROLES[team.holder.value],
        state=STATES[team.state.value],
        moves=tuple((role.value, ROLES[role.value]) for role in team.may_move_to),
        faults=tuple((table_text(fields()[one.field].title), one) for one in found),
        requests=tuple(
            (one, ROLES[one.answered_as.value] if one.answered_as else "")
            for one in requests
            if one.team == team.number
        ),
        is_own=own is not None and own.team == team.number,
    )

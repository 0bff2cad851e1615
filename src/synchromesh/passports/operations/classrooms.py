"""Classes: a teacher opens one, learners come in by its code, and teams pass their passport along the chain."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.faults import plant_faults
from synchromesh.engine.passport_models.generating import generate_passport
from synchromesh.engine.passport_models.model import BatteryKind, Update, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.passports.models import ChainRole, Classroom, ClassroomSeat, ClassroomTeam
from synchromesh.passports.operations.editing import checked_title
from synchromesh.passports.operations.starting import begin_passport, with_new_identity
from synchromesh.passports.permissions import CHAIN, teaches
from synchromesh.passports.queries.classrooms import list_next_holders, read_classroom_code
from synchromesh.plumbing import audit
from synchromesh.plumbing.typed_codes import in_groups, new_code

CODE_SIGNS = 8
MOST_CLASSES = 50
MOST_TEAMS = 8
MOST_FAULTS = 5
MOST_SEATS = 60
_NOT_YET = frozenset({"service_date", "market_date", "previous_passport"})
_ONLY_TEACHERS = "Only the teacher of the class does this."
_CLOSED = "This class is closed."


def start_classroom(
    *, by: User, title: str, kind: BatteryKind, teams: int, faults: int = 0, seed: int = 1
) -> Classroom:
    """Open a class: each team gets the passport of a new battery with some faults to find; the same seed, the same.

    Raises NotAllowed, InvalidInput for numbers out of range, Conflict for who has many classes already.
    """
    require(by.is_active, "This account is closed.")
    if not 1 <= teams <= MOST_TEAMS:
        raise InvalidInput(f"A class has 1 to {MOST_TEAMS} teams.", field="teams")
    if not 0 <= faults <= MOST_FAULTS:
        raise InvalidInput(f"Plant 0 to {MOST_FAULTS} faults.", field="faults")
    with transaction.atomic():
        if Classroom.objects.filter(teacher=by, closed_at=None).count() >= MOST_CLASSES:
            raise Conflict(f"You have {MOST_CLASSES} open classes. Close some first.")
        classroom = Classroom.objects.create(
            teacher=by,
            title=checked_title(title),
            kind=kind.value,
            code=_free_code(),
            opened_at=timezone.now(),
        )
        for number in range(1, teams + 1):
            _add_team(by, classroom, number, faults=faults, seed=seed)
        audit.record(by=by, action="start_classroom", kind="classroom", uid=classroom.uid, teams=teams)
    return classroom


def join_classroom(*, by: User, code: str, role: ChainRole | None = None) -> ClassroomSeat:
    """Take a seat by the code of a class: in the role asked for, else where most are missing.

    Who has a seat keeps it. Raises NotAllowed for a closed account, NotFound for a wrong code, and Conflict for a class
    that is closed or full and for its own teacher.
    """
    require(by.is_active, "This account is closed.")
    with transaction.atomic():
        found = Classroom.objects.select_for_update(of=("self",)).filter(code=read_classroom_code(code)).first()
        if found is None:
            raise NotFound("No class has this code. Ask your teacher for it.", field="code")
        held = ClassroomSeat.objects.filter(classroom=found, person=by).first()
        if held is not None:
            return held
        _refuse_joining(found, by)
        team, part = _freest_place(found, role)
        seat = ClassroomSeat.objects.create(classroom=found, person=by, team=team, role=part, joined_at=timezone.now())
        audit.record(by=by, action="join_classroom", kind="classroom", uid=found.uid, seat=str(seat.uid))
    return seat


def assign_seat(*, by: User, classroom: UUID, seat: UUID, team: int, role: ChainRole) -> ClassroomSeat:
    """Put a learner into a team and a role. Raises NotFound, NotAllowed, Conflict for a closed class."""
    with transaction.atomic():
        found = _lock_taught(by, classroom)
        held = ClassroomSeat.objects.filter(classroom=found, uid=seat).first()
        wanted = ClassroomTeam.objects.filter(classroom=found, number=team).first()
        if held is None or wanted is None:
            raise NotFound("The class has no such seat or team.")
        held.team, held.role = wanted, role
        held.save(update_fields=["team", "role"])
        audit.record(by=by, action="assign_seat", kind="classroom", uid=found.uid, seat=str(seat), role=role)
    return held


def remove_seat(*, by: User, classroom: UUID, seat: UUID) -> None:
    """Take a learner out of the class; learners leave by it themselves. Raises NotFound, NotAllowed."""
    with transaction.atomic():
        held = ClassroomSeat.objects.select_related("classroom").filter(classroom__uid=classroom, uid=seat).first()
        if held is None:
            raise NotFound("The class has no such seat.")
        require(held.person_id == by.pk or teaches(by, held.classroom), _ONLY_TEACHERS)
        audit.record(by=by, action="remove_seat", kind="classroom", uid=classroom, seat=str(seat))
        held.delete()


def close_classroom(*, by: User, uid: UUID) -> Classroom:
    """End a class: its passports can be read, nobody works on them any more. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic():
        found = _lock_taught(by, uid)
        found.closed_at = timezone.now()
        found.save(update_fields=["closed_at"])
        audit.record(by=by, action="close_classroom", kind="classroom", uid=found.uid)
    return found


def move_passport(*, by: User, team: UUID, to: ChainRole) -> ClassroomTeam:
    """Hand the passport of a team on: those who have it, or the teacher.

    Before the market it is with the makers, from then on with workshop and recycler. Raises NotFound, NotAllowed,
    Conflict.
    """
    with transaction.atomic():
        found = (
            ClassroomTeam.objects.select_for_update(of=("self",)).select_related("classroom").filter(uid=team).first()
        )
        if found is None:
            raise NotFound("There is no such team.")
        seat = ClassroomSeat.objects.filter(team=found, person=by).first()
        if seat is None and not teaches(by, found.classroom):
            raise NotFound("There is no such team.")
        has_it = seat is not None and seat.role == found.holder
        require(has_it or teaches(by, found.classroom), "Only who has the passport hands it on.")
        _refuse_moving(found, to)
        found.holder = to
        found.save(update_fields=["holder"])
        audit.record(by=by, action="move_passport", kind="classroom", uid=found.classroom.uid, team=found.number, to=to)
    return found


def _add_team(by: User, classroom: Classroom, number: int, *, faults: int, seed: int) -> None:
    own_seed = seed * MOST_TEAMS + number
    new = _new_battery(generate_passport(own_seed, BatteryKind(classroom.kind), today=timezone.localdate()))
    content, planted = plant_faults(with_new_identity(new), own_seed, count=faults)
    document = as_document(content)["values"]
    team = ClassroomTeam.objects.create(
        classroom=classroom,
        number=number,
        faults=[{"field": one.field, "fault": one.fault, "stated": document.get(one.field)} for one in planted],
    )
    begin_passport(by=by, content=content, title=f"{classroom.title}: team {number}"[:120], owner=by, team=team)


def _new_battery(content: Content) -> Content:
    """The battery as it leaves the line: nothing of its use, and not on the market yet."""
    known = fields()
    made = {
        key: value
        for key, value in content.values.items()
        if known[key].update is not Update.DYNAMIC and key not in _NOT_YET
    }
    status = FieldValue(value="original", at=timezone.localdate().isoformat())
    return replace(content, values={**made, "battery_status": status})


def _free_code() -> str:
    """A code that no class has."""
    while True:
        code = in_groups(new_code(CODE_SIGNS))
        if not Classroom.objects.filter(code=code).exists():
            return code


def _refuse_joining(classroom: Classroom, by: User) -> None:
    if classroom.closed_at is not None:
        raise Conflict(_CLOSED)
    if teaches(by, classroom):
        raise Conflict("You teach this class; give the code to your learners.")
    if classroom.seats.count() >= MOST_SEATS:
        raise Conflict(f"All {MOST_SEATS} seats of this class are taken.")


def _freest_place(classroom: Classroom, role: ChainRole | None) -> tuple[ClassroomTeam, ChainRole]:
    """The team and the role that fewest have, in the order of the chain; the role may be asked for."""
    teams = list(classroom.teams.order_by("number"))
    seats = list(classroom.seats.values_list("team_id", "role"))
    roles = [role] if role is not None else [*CHAIN, ChainRole.AUTHORITY]
    places = [(team, part) for team in teams for part in roles]
    return min(places, key=lambda place: seats.count((place[0].pk, place[1].value)))


def _refuse_moving(team: ClassroomTeam, to: ChainRole) -> None:
    if team.classroom.closed_at is not None:
        raise Conflict(_CLOSED)
    possible = list_next_holders(team)
    if to not in possible:
        words = " or the ".join(role.label.lower() for role in possible)
        raise Conflict(
            f"The passport can go to the {words} now: the makers have it until the battery is on the market."
        )


def _lock_taught(by: User, uid: UUID) -> Classroom:
    """The class for its teacher. Raises NotFound for others, Conflict for one that is closed."""
    found = Classroom.objects.select_for_update(of=("self",)).filter(uid=uid).first()
    seated = found is not None and ClassroomSeat.objects.filter(classroom=found, person=by).exists()
    if found is None or not (seated or teaches(by, found)):
        raise NotFound("There is no such class.")
    require(teaches(by, found), _ONLY_TEACHERS)
    if found.closed_at is not None:
        raise Conflict(_CLOSED)
    return found

"""An authority of a class asks for what is not for everybody, and a team hands over exactly that, or says why not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.passports.models import ClassroomTeam, DataRequest
from synchromesh.passports.operations.versions import checked_note
from synchromesh.passports.permissions import may_answer, may_ask, may_read_request
from synchromesh.passports.queries.classrooms import current_passport
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.data_requests import NO_REQUEST, askable_fields, find_seat, restricted_fields
from synchromesh.passports.queries.sight import find_sight
from synchromesh.plumbing import audit

MOST_OPEN = 10


def ask_for_data(*, by: User, team: UUID, keys: Collection[str], reason: str) -> DataRequest:
    """Ask a team for fields that an authority may see and the public may not, with the reason.

    Raises NotFound, NotAllowed, InvalidInput, and Conflict while the team has many open requests.
    """
    with transaction.atomic():
        found = _lock_team(team)
        seat = find_seat(found, by)
        if seat is None and found.classroom.teacher_id != by.pk:
            raise NotFound("There is no such team.")
        require(may_ask(by, found, seat), "Only an authority of an open class asks.")
        possible = {one.key for one in askable_fields()}
        if not keys or not set(keys) <= possible:
            raise InvalidInput("Choose what you need among the fields that an authority may see.", field="keys")
        if not reason.strip():
            raise InvalidInput("Say what you need it for. Nobody hands over data without a reason.", field="reason")
        if DataRequest.objects.filter(team=found, answered_at=None).count() >= MOST_OPEN:
            raise Conflict(f"The team has {MOST_OPEN} open requests. Wait for its answers.")
        made = DataRequest.objects.create(
            team=found,
            asked=[key for key in fields() if key in keys],
            reason=checked_note(reason),
            requested_by=by.public_id,
            asked_at=timezone.now(),
        )
        audit.record(by=by, action="ask_for_data", kind="classroom", uid=found.classroom.uid, request=str(made.uid))
    return made


def give_data(*, by: User, request: UUID, keys: Collection[str], note: str = "") -> DataRequest:
    """Answer a request with fields as the passport states them now, or with none and a note that says why not.

    More than was asked for can be handed over, and the answer shows it; what an authority may not see is refused. Who
    answers hands over no more than they see themselves. Raises NotFound, NotAllowed, InvalidInput, and Conflict for a
    request that is answered.
    """
    with transaction.atomic():
        found = DataRequest.objects.select_related("team__classroom").filter(uid=request).first()
        if found is None:
            raise NotFound(NO_REQUEST)
        found.team = _lock_team(found.team.uid)
        found.refresh_from_db(fields=["answered_at", "answered_by"])
        seat = find_seat(found.team, by)
        if not may_read_request(by, found, seat):
            raise NotFound(NO_REQUEST)
        if found.answered_at is not None:
            raise Conflict("This request is answered already.")
        require(may_answer(by, found, seat), "Only who has the passport, or its makers, answer in an open class.")
        if not keys and not note.strip():
            raise InvalidInput("Hand something over, or say why not.", field="note")
        handed = _taken(by, found.team, keys) if keys else None
        found.handed = as_document(handed) if handed is not None else {}
        found.note = checked_note(note)
        found.answered_by, found.answered_at = by.public_id, timezone.now()
        found.answered_as = seat.role if seat is not None else found.team.holder
        found.save(update_fields=["handed", "note", "answered_by", "answered_as", "answered_at"])
        audit.record(
            by=by,
            action="give_data",
            kind="classroom",
            uid=found.team.classroom.uid,
            request=str(request),
            keys=len(keys),
        )
    return found


def _taken(by: User, team: ClassroomTeam, keys: Collection[str]) -> Content:
    """The chosen fields as they are stated now; None stands for what the passport does not state."""
    if not set(keys) <= {one.key for one in restricted_fields()}:
        raise InvalidInput("Choose among the fields that are not for everybody.", field="keys")
    forbidden = [fields()[key].title for key in fields() if key in keys and Tier.AUTHORITY not in fields()[key].seen_by]
    if forbidden:
        raise InvalidInput(f"An authority may not see: {', '.join(forbidden)}. Leave it out.", field="keys")
    passport = current_passport(team)
    sight = find_sight(passport, visible_to=by) if passport is not None else None
    if passport is None or sight is None:
        raise Conflict("The team has no passport that you see.")
    unseen = [fields()[key].title for key in fields() if key in keys and not sight.may_see(key)]
    if unseen:
        raise InvalidInput(f"You do not see this yourself: {', '.join(unseen)}. Its makers can answer.", field="keys")
    stated = newest_content(passport)
    nothing = FieldValue(value=None)
    return replace(stated, values={key: stated.values.get(key, nothing) for key in fields() if key in keys})


def _lock_team(uid: UUID) -> ClassroomTeam:
    """The team, locked, so that two answers come one after the other. Raises NotFound."""
    locked = ClassroomTeam.objects.select_for_update(of=("self",)).select_related("classroom").filter(uid=uid).first()
    if locked is None:
        raise NotFound("There is no such team.")
    return locked

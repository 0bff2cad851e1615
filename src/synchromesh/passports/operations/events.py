"""What happens to a battery, recorded by the right role and in a legal order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.passport_models.checks import check_passport
from synchromesh.engine.passport_models.model import BatteryKind, Duty, Update, fields
from synchromesh.engine.passport_models.passport import FieldValue, Reading, is_valid
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ChainRole, EventKind, LifeCycleEvent, Passport, PassportState
from synchromesh.passports.operations.search_upkeep import tell_search
from synchromesh.passports.operations.starting import begin_passport, with_new_identity
from synchromesh.passports.operations.typed_values import StatedInput, stated_value
from synchromesh.passports.operations.versions import (
    add_version,
    checked_note,
    lock_passport,
    refuse_taken_identity,
    set_identity,
)
from synchromesh.passports.permissions import owns, roles_of
from synchromesh.passports.queries.contents import newest_content
from synchromesh.passports.queries.life_cycle import NEXT, RESULT, ROLES
from synchromesh.passports.queries.sight import get_seen
from synchromesh.plumbing import audit

_DAY_OF = {EventKind.MADE: "manufacturing_date", EventKind.PLACED: "market_date"}
_STAYS_WITH_THE_OLD = frozenset(
    {"passport_identifier", "serial_number", "service_date", "market_date", "previous_passport"}
)
MOST_READINGS = 2000


def record_event(
    *,
    by: audit.Actor,
    uid: UUID,
    kind: EventKind,
    role: ChainRole,
    on: date,
    values: Mapping[str, StatedInput] | None = None,
    note: str = "",
    battery_kind: BatteryKind | None = None,
    title: str = "",
) -> Passport:
    """Record that something happened on a day; the passport, or the new one after `repurposed`.

    `values` are readings of use (kind `used`): the value before moves into the history of its field. Raises NotFound,
    NotAllowed for a role that one does not have or that may not say so, InvalidInput for a day in the future or before
    the last event and for fields that do not change in use, and Conflict where this cannot happen now.
    """
    with transaction.atomic():
        seen, sight = get_seen(uid, visible_to=by)
        passport = lock_passport(seen)
        _check_role(by, passport, kind, role)
        _check_order(passport, kind)
        _check_day(passport, on)
        before_number, before = passport.number, newest_content(passport)
        after = _after(before, kind, on=on, values=values or {})
        version = add_version(by=by, passport=passport, before=before, after=after, note=_note_of(kind, note))
        if kind == EventKind.PLACED:
            _place(passport, after)
        _move_on(passport, kind)
        event = LifeCycleEvent.objects.create(
            passport=passport,
            kind=kind,
            role=role,
            happened_on=on,
            before=before_number,
            number=passport.number,
            changed=version.changed if version is not None else [],
            note=checked_note(note),
            recorded_by=by.public_id,
            recorded_at=timezone.now(),
        )
        audit.record(by=by, action="record_event", kind="passport", uid=passport.uid, event=str(event.uid), what=kind)
        if kind == EventKind.REPURPOSED:
            # In a class the new passport stays with the team; elsewhere it is the workshop's, with what that one sees.
            taken = after if passport.team_id is not None else sight.redact(after)
            return _begin_second_life(by, passport, taken, on=on, kind=battery_kind, title=title)
    return passport


def _check_role(by: audit.Actor, passport: Passport, kind: EventKind, role: ChainRole) -> None:
    require(role in roles_of(by, passport), f"You are not the {role.label.lower()} of this battery at the moment.")
    allowed = " or the ".join(one.label.lower() for one in ROLES[kind])
    require(role in ROLES[kind], f"Only the {allowed} records this.")


def _check_order(passport: Passport, kind: EventKind) -> None:
    state = PassportState(passport.state)
    if kind not in NEXT[state]:
        possible = ", ".join(f"'{one.label}'" for one in NEXT[state]) or "nothing any more"
        raise Conflict(f"The state of the battery is '{state.label}'. What can happen next: {possible}.")


def _check_day(passport: Passport, on: date) -> None:
    if on > timezone.localdate():
        raise InvalidInput("This day lies in the future.", field="on")
    last = LifeCycleEvent.objects.filter(passport=passport).order_by("-happened_on").first()
    if last is not None and on < last.happened_on:
        raise InvalidInput(f"This day lies before the event of {last.happened_on.isoformat()}.", field="on")


def _after(before: Content, kind: EventKind, *, on: date, values: Mapping[str, StatedInput]) -> Content:
    """What the passport states after the event."""
    if values and kind != EventKind.USED:
        raise InvalidInput("Values are recorded with the use of a battery only.", field="values")
    if kind == EventKind.USED:
        return _used(before, on=on, values=values)
    if kind == EventKind.RECYCLED:
        return _with_reading(before, "battery_status", "waste", on)
    day = _DAY_OF.get(kind)
    if day is not None and not before.value_of(day):
        return before.with_value(day, FieldValue(value=on.isoformat()))
    return before


def _used(before: Content, *, on: date, values: Mapping[str, StatedInput]) -> Content:
    """The readings added, and the day of first use where it was not stated yet."""
    known = fields()
    after = before
    for key, given in values.items():
        if key not in known or known[key].update is not Update.DYNAMIC:
            raise InvalidInput(f"'{key[:60]}' is no value that changes in use.", field="values")
        value = stated_value(known[key], replace(given, at=given.at or on.isoformat()))
        if value is not None:
            after = _with_reading(after, key, value.value, on, stated=value)
    if not after.value_of("service_date"):
        after = after.with_value("service_date", FieldValue(value=on.isoformat()))
    return after


def _with_reading(content: Content, key: str, value: object, on: date, *, stated: FieldValue | None = None) -> Content:
    """A new value of today; the one before becomes the newest of the history, unless it is of the same day."""
    held = content.values.get(key)
    new = stated or FieldValue(value=value, unit=fields()[key].unit, at=on.isoformat())
    history: tuple[Reading, ...] = held.history if held is not None else ()
    if held is not None and held.value is not None and held.at != new.at:
        history = (*history, Reading(value=held.value, at=held.at))[-MOST_READINGS:]
    return content.with_value(key, replace(new, history=history))


def _place(passport: Passport, content: Content) -> None:
    """From now on everybody finds the passport. Raises Conflict while the rules find errors in it."""
    if not is_valid(check_passport(content, today=timezone.localdate())):
        raise Conflict("The passport still has errors. Correct them before the battery is placed on the market.")
    set_identity(passport, content)
    refuse_taken_identity(passport)
    passport.published_at = timezone.now()
    passport.published_number = passport.number
    tell_search(passport)


def _move_on(passport: Passport, kind: EventKind) -> None:
    passport.state = RESULT[kind]
    if kind == EventKind.CEASED:
        passport.ceased_at = timezone.now()
    passport.save(update_fields=["state", "published_at", "published_number", "ceased_at"])


def _note_of(kind: EventKind, note: str) -> str:
    return note or kind.label


def _begin_second_life(
    by: audit.Actor, old: Passport, content: Content, *, on: date, kind: BatteryKind | None, title: str
) -> Passport:
    """The passport of the battery in its new purpose: data of the model stay, those of the first life do not."""
    known = fields()
    new_kind = kind or BatteryKind.INDUSTRIAL
    kept = {
        key: value
        for key, value in content.values.items()
        if key in known
        and known[key].update is not Update.DYNAMIC
        and known[key].duties[new_kind] is not Duty.NOT_APPLICABLE
        and key not in _STAYS_WITH_THE_OLD
    }
    fresh = with_new_identity(Content(kind=new_kind, values=kept))
    fresh = fresh.with_value("battery_category", FieldValue(value=new_kind.value))
    fresh = fresh.with_value("battery_status", FieldValue(value="repurposed", at=on.isoformat()))
    address = content.value_of("passport_identifier")
    if address:
        fresh = fresh.with_value("previous_passport", FieldValue(value=address))
    mine = old.team is None and isinstance(by, User) and not owns(by, old)
    new = begin_passport(
        by=by,
        content=fresh,
        title=title or f"{old.title} (second life)"[:120],
        owner=by if mine and isinstance(by, User) else old.owner,
        organisation=None if mine else old.organisation,
        team=old.team,
        predecessor=old,
        origin=old.origin,
    )
    audit.record(by=by, action="start_passport", kind="passport", uid=new.uid, predecessor=str(old.uid))
    return new

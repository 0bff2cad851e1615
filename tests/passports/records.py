"""Practice passports for tests, and sentinels by which a value is found in any answer."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind, Field, Tier, ValueType, fields
from synchromesh.engine.passport_models.passport import FieldValue, Reading
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ChainRole, EventKind, Passport
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.starting import begin_passport, start_generated
from synchromesh.passports.operations.typed_values import StatedInput

VISITORS = ("public", "interest", "authority", "owner")


def a_passport(owner: User, *, seed: int = 7, kind: BatteryKind = BatteryKind.EV) -> Passport:
    """A believable passport of a person."""
    return start_generated(by=owner, kind=kind, seed=seed)


def on_the_market(owner: User, *, seed: int = 7, kind: BatteryKind = BatteryKind.EV) -> Passport:
    """The same, made and placed on the market."""
    passport = a_passport(owner, seed=seed, kind=kind)
    record(owner, passport, EventKind.MADE, ChainRole.MAKER)
    record(owner, passport, EventKind.PLACED, ChainRole.CARMAKER)
    passport.refresh_from_db()
    return passport


def record(by: User, passport: Passport, kind: EventKind, role: ChainRole, **more: Any) -> Passport:
    """Record an event of today."""
    return record_event(by=by, uid=passport.uid, kind=kind, role=role, on=timezone.localdate(), **more)


def typed(**values: Any) -> dict[str, StatedInput]:
    """What a form states for these fields."""
    return {key: StatedInput(value=value) for key, value in values.items()}


def sentinel(key: str, *, edition: int = 0) -> str:
    """A word that stands in the value of this field and nowhere else."""
    place = list(fields()).index(key)
    return f"QZ{edition}X{place:03}XZQ"


def sentinels(*, edition: int = 0) -> Content:
    """A passport in which every value, reading and record holds the sentinel of its field, and one of no field."""
    values = {field.key: _with_sentinel(field, edition) for field in fields().values()}
    values["of_no_field"] = FieldValue(value=f"QZ{edition}XNONEXZQ")
    return Content(kind=BatteryKind.EV, values=values)


def _with_sentinel(field: Field, edition: int) -> FieldValue:
    word = sentinel(field.key, edition=edition)
    value: Any = word
    if field.type is ValueType.RECORDS:
        value = [{column.name: word for column in field.columns}]
    elif field.type is ValueType.TEXTS:
        value = [word]
    return FieldValue(value=value, history=(Reading(value=word, at="2025-01-01"),))


def planted(owner: User) -> Passport:
    """A passport on the market that states sentinels, in two versions since then; see `sentinels`."""
    passport = begin_passport(by=owner, content=sentinels(), title="Sentinels", owner=owner)
    Passport.objects.filter(pk=passport.pk).update(published_at=timezone.now(), published_number=1, state="in_use")
    return passport


def seen_by(visitor: str) -> frozenset[str]:
    """The keys that the matrix (the column `seen_by` of fields.csv) lets a visitor see."""
    if visitor == "owner":
        return frozenset(fields())
    return frozenset(field.key for field in fields().values() if Tier(visitor) in field.seen_by)

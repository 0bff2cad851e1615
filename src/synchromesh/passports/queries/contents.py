"""What the versions of a passport state. For inside the app: nothing here is cut to what a visitor may see."""

from __future__ import annotations

from dataclasses import dataclass

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Field, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import read_document
from synchromesh.passports.models import Passport, PassportVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field before and after a change; None where it was not given. `field` is None for one outside of the list."""

    key: str
    field: Field | None
    before: FieldValue | None
    after: FieldValue | None


def content_at(passport: Passport, number: int) -> Content:
    """What a version states. Raises NotFound."""
    data = PassportVersion.objects.filter(passport=passport, number=number).values_list("data", flat=True).first()
    if data is None:
        raise NotFound("The passport has no version with this number.")
    return read_document(data, kind=BatteryKind(passport.kind))


def newest_content(passport: Passport) -> Content:
    """What the newest version states."""
    return content_at(passport, passport.number)


def differences(before: Content, after: Content) -> list[FieldChange]:
    """The fields in which two contents differ, in the order of the field list, others last."""
    known = fields()
    keys = [*known, *sorted((before.values.keys() | after.values.keys()) - known.keys())]
    return [
        FieldChange(key=key, field=known.get(key), before=before.values.get(key), after=after.values.get(key))
        for key in keys
        if before.values.get(key) != after.values.get(key)
    ]

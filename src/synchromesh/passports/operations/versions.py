"""Write a version of a passport: the one way in which what it states changes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.passport_models.gs1 import is_gtin
from synchromesh.engine.passport_models.passport import FieldValue, Reading
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.engine.passport_models.writing import as_document
from synchromesh.engine.vocabulary.storable_text import printable
from synchromesh.passports.models import Passport, PassportVersion
from synchromesh.passports.operations.search_upkeep import tell_search
from synchromesh.passports.queries.contents import differences
from synchromesh.plumbing import audit

LARGEST_CONTENT = 400_000  # characters of JSON
MOST_VERSIONS = 1000
LONGEST_NOTE = 300
LONGEST_SERIAL = 80
_LARGEST_NUMBER = 10**30


def add_version(
    *, by: audit.Actor, passport: Passport, before: Content | None, after: Content, note: str = ""
) -> PassportVersion | None:
    """Write what the passport states from now on; None where nothing changed. The row of the passport is locked.

    The caller checked the permission and records the operation. Raises InvalidInput for content that is too large or a
    note that is too long, Conflict where another passport on the market has the same identifiers.
    """
    after = storable(after)
    changed = [change.key for change in differences(before, after)] if before is not None else sorted(after.values)
    if before is not None and not changed:
        return None
    document = as_document(after)
    if len(json.dumps(document)) > LARGEST_CONTENT:
        raise InvalidInput(f"The passport holds more than {LARGEST_CONTENT:,} characters. Shorten it.")
    if passport.number >= MOST_VERSIONS:
        raise Conflict(f"The passport has {MOST_VERSIONS} versions. Copy it and go on with the copy.")
    now = timezone.now()
    passport.number += 1
    passport.changed_at = now
    set_identity(passport, after)
    version = PassportVersion.objects.create(
        passport=passport,
        number=passport.number,
        data=document,
        changed=changed if before is not None else [],
        note=checked_note(note),
        made_by=by.public_id,
        made_at=now,
    )
    passport.save(update_fields=["number", "changed_at", "gtin", "serial"])
    tell_search(passport)
    return version


def lock_passport(passport: Passport) -> Passport:
    """The row, locked until the transaction of the caller ends, so that two writers come one after the other."""
    locked = Passport.objects.select_for_update(of=("self",)).filter(pk=passport.pk)
    return locked.select_related("organisation", "team").get()


def set_identity(passport: Passport, content: Content) -> None:
    """Repeat product and serial number in the columns by which an address is found.

    Raises Conflict where the passport is on the market and another one there has the same.
    """
    product, serial = content.value_of("product_identifier"), content.value_of("serial_number")
    passport.gtin = product.strip().zfill(14) if isinstance(product, str) and is_gtin(product.strip()) else ""
    fits = isinstance(serial, str) and 0 < len(serial.strip()) <= LONGEST_SERIAL
    passport.serial = serial.strip() if fits else ""
    if passport.published_at is not None:
        refuse_taken_identity(passport)


def refuse_taken_identity(passport: Passport) -> None:
    """Raise Conflict where another passport on the market has the same product and serial number."""
    if not passport.gtin or not passport.serial:
        return
    same = Passport.objects.filter(gtin=passport.gtin, serial=passport.serial, published_at__isnull=False)
    if same.exclude(pk=passport.pk).exists():
        raise Conflict(
            "Another practice passport on the market has this product identifier and serial number. Change one of them."
        )


def checked_note(note: str) -> str:
    """A note as it is stored. Raises InvalidInput for one that is too long."""
    text = printable(" ".join(note.split()))
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(f"A note has at most {LONGEST_NOTE} characters.", field="note")
    return text


def storable(content: Content) -> Content:
    """The content as every database can hold it: what cannot be stored becomes text that says what it was."""
    return replace(content, values={printable(key)[:200]: _value(value) for key, value in content.values.items()})


def _value(stated: FieldValue) -> FieldValue:
    return FieldValue(
        value=_clean(stated.value),
        unit=printable(stated.unit),
        at=printable(stated.at),
        history=tuple(Reading(value=_clean(one.value), at=printable(one.at)) for one in stated.history),
    )


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {printable(str(key)): _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return value if abs(value) < _LARGEST_NUMBER else str(value)[:200]

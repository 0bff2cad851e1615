"""Private notes beside a unit: saved while one writes, and read by nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import Enrolment, PrivateNote, Unit
from synchromesh.plumbing import audit

LONGEST_NOTE = 20_000  # characters


def save_note(
    *, by: User, course: Course, unit_key: str, text: str, seen: datetime | None = None
) -> PrivateNote | None:
    """Write a note, or delete it with an empty text; returns what is stored now.

    `seen` is the `changed_at` of the note that the page has shown: an older page does not overwrite what another device
    wrote since. Only the first save and the deletion stand in the audit trail, since a page saves every few seconds.
    Raises NotFound for whoever never learned in the course and for a unit it does not have, InvalidInput for a text
    that is too long, and Conflict for an older page.
    """
    if len(text) > LONGEST_NOTE:
        raise InvalidInput(f"A note has at most {LONGEST_NOTE} characters. This has {len(text)}.", field="note")
    if not by.is_active or not _learned_here(by, course, unit_key):
        raise NotFound("There is no such unit in a course of yours.")
    tidy = text.replace("\r\n", "\n").replace("\0", "").rstrip()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        note = PrivateNote.objects.filter(person=by, course=course, unit_key=unit_key).first()
        if note is not None and seen is not None and note.changed_at != seen and note.text != tidy:
            raise Conflict("This note was changed on another device. Load the page again, then write.")
        return _write(by, course, unit_key, note, tidy)


def _write(by: User, course: Course, unit_key: str, note: PrivateNote | None, text: str) -> PrivateNote | None:
    about = {"course": str(course.uid), "unit": unit_key}
    if not text:
        if note is not None:
            note.delete()
            audit.record(by=by, action="delete_note", kind="private_note", uid=course.uid, **about)
        return None
    if note is None:
        audit.record(by=by, action="save_note", kind="private_note", uid=course.uid, **about)
        return PrivateNote.objects.create(person=by, course=course, unit_key=unit_key, text=text)
    if note.text != text:
        note.text = text
        note.save(update_fields=["text", "changed_at"])
    return note


def _learned_here(by: User, course: Course, unit_key: str) -> bool:
    """Whether the person has, or had, an enrolment whose version has the unit."""
    versions = Enrolment.objects.filter(person=by, course=course).values("version")
    return Unit.objects.filter(version__in=versions, key=unit_key).exists()

"""Read one's own notes. There is no way to read another's, also not for staff."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.learning.models import PrivateNote


def find_note(person: User, course: Course, unit_key: str) -> PrivateNote | None:
    """One's own note beside a unit."""
    return PrivateNote.objects.filter(person=person, course=course, unit_key=unit_key).first()


def list_notes(person: User, course: Course) -> list[PrivateNote]:
    """All of one's own notes in a course."""
    return list(PrivateNote.objects.filter(person=person, course=course))

"""Lists of courses that a person keeps: make, fill, note, rename, share by a link, end the link, delete.

A list is its owner's alone. Somebody else's list does not exist, also for alliance staff. With a link whoever has it
sees the list, without the owner's name; ending the link ends that, and a new link has a new key.
"""

from __future__ import annotations

import secrets

from django.db import transaction

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.pathways.models import SavedList, SavedListEntry
from synchromesh.pathways.permissions import may_change_profile
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_line, read_paragraphs

MOST_LISTS = 50
"""Lists of one person."""
MOST_COURSES = 200
"""Courses of one list."""
_KEY_BYTES = 32  # 256 bits: nobody finds a link by trying


def create_saved_list(*, by: User, title: str, note: str = "") -> SavedList:
    """Make an empty list. Raises NotAllowed without an account, InvalidInput, and Conflict at too many lists."""
    _require_account(by)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        if SavedList.objects.filter(owner=by).count() >= MOST_LISTS:
            raise Conflict(f"You have {MOST_LISTS} lists. Delete one first.")
        made = SavedList.objects.create(owner=by, title=_title(title), note=_note(note))
        audit.record(by=by, action="create_saved_list", kind="saved-list", uid=made.uid)
    return made


def rename_saved_list(*, by: User, uid: str, title: str, note: str = "") -> SavedList:
    """Give a list another title and another note. Raises NotFound, InvalidInput."""
    with transaction.atomic():
        kept = _own(by, uid)
        kept.title, kept.note = _title(title), _note(note)
        kept.save(update_fields=["title", "note"])
        audit.record(by=by, action="rename_saved_list", kind="saved-list", uid=kept.uid)
    return kept


def delete_saved_list(*, by: User, uid: str) -> None:
    """Delete a list with its notes; its link ends. Raises NotFound."""
    with transaction.atomic():
        kept = _own(by, uid)
        kept.delete()
        audit.record(by=by, action="delete_saved_list", kind="saved-list", uid=uid)


def add_list_entry(*, by: User, uid: str, course_slug: str, note: str = "") -> SavedListEntry:
    """Put a course into a list; of a merged course the one that stays. A course that is in it already stays as it is,
    but for a note that is given.

    Raises NotFound for a list or a course that is not there, InvalidInput, and Conflict where the list is full.
    """
    text = _entry_note(note)
    with transaction.atomic():
        kept = _own(by, uid)
        course = get_course_or_winner(course_slug)
        entry = _entry_of(kept, course)
        if entry is None:
            if kept.entries.count() >= MOST_COURSES:
                raise Conflict(f"This list has {MOST_COURSES} courses. Take one out first, or make another list.")
            entry = SavedListEntry.objects.create(saved_list=kept, course=course, note=text)
        elif text and text != entry.note:
            entry.note = text
            entry.save(update_fields=["note"])
        else:
            return entry
        audit.record(by=by, action="add_list_entry", kind="saved-list", uid=kept.uid, course=str(course.uid))
    return entry


def change_entry_note(*, by: User, uid: str, course_uid: str, note: str) -> SavedListEntry:
    """Write another note beside a course of a list, or none. Raises NotFound, InvalidInput."""
    text = _entry_note(note)
    with transaction.atomic():
        entry = _entry(_own(by, uid), course_uid)
        entry.note = text
        entry.save(update_fields=["note"])
        audit.record(by=by, action="change_entry_note", kind="saved-list", uid=uid, course=course_uid)
    return entry


def remove_list_entry(*, by: User, uid: str, course_uid: str) -> None:
    """Take a course out of a list. Raises NotFound."""
    with transaction.atomic():
        _entry(_own(by, uid), course_uid).delete()
        audit.record(by=by, action="remove_list_entry", kind="saved-list", uid=uid, course=course_uid)


def share_saved_list(*, by: User, uid: str) -> SavedList:
    """Make a link by which anybody who has it reads the list; a list that has one keeps it. Raises NotFound."""
    with transaction.atomic():
        kept = _own(by, uid)
        if kept.link_key is None:
            kept.link_key = secrets.token_urlsafe(_KEY_BYTES)
            kept.save(update_fields=["link_key"])
            audit.record(by=by, action="share_saved_list", kind="saved-list", uid=kept.uid)
    return kept


def withdraw_list_link(*, by: User, uid: str) -> SavedList:
    """End the link of a list for good: another one made later has another key. Raises NotFound."""
    with transaction.atomic():
        kept = _own(by, uid)
        if kept.link_key is not None:
            kept.link_key = None
            kept.save(update_fields=["link_key"])
            audit.record(by=by, action="withdraw_list_link", kind="saved-list", uid=kept.uid)
    return kept


def _require_account(by: audit.Actor) -> None:
    require(isinstance(by, User) and may_change_profile(by, by), "Sign in to keep lists of courses.")


def _own(by: User, uid: str) -> SavedList:
    """One's own list, locked. Raises NotAllowed without an account, and NotFound for anybody else's."""
    _require_account(by)
    kept = SavedList.objects.select_for_update().filter(owner=by, uid=uid).first()
    if kept is None:
        raise NotFound("There is no such list.")
    return kept


def _entry_of(kept: SavedList, course: Course) -> SavedListEntry | None:
    """The line of a course in a list, also where it was put in before it was merged into this one."""
    found = kept.entries.filter(course__in=[course, *course.merged_courses.all()])
    return found.order_by("added_at", "pk").first()


def _entry(kept: SavedList, course_uid: str) -> SavedListEntry:
    entry = kept.entries.filter(course__uid=course_uid).first()
    if entry is None:
        raise NotFound("There is no such course in this list.")
    return entry


def _title(text: str) -> str:
    title = read_line(text, most=120, field="title")
    if not title:
        raise InvalidInput("Give the list a name.", field="title")
    return title


def _note(text: str) -> str:
    return read_paragraphs(text, most=1000, field="note")


def _entry_note(text: str) -> str:
    return read_line(text, most=300, field="note")

"""What every edit of a draft begins with: may this person edit, and is it still a draft? And the keys of its parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.learning.models import ContentVersion, Section, Unit
from synchromesh.learning.permissions import may_edit_content
from synchromesh.plumbing.audit import Actor

ONLY_AUTHORS = "Only authors of the course can change its content."
LONGEST_KEY = 80
Row = TypeVar("Row", bound=Section | Unit)


@contextmanager
def edit_draft(*, by: Actor, version: ContentVersion) -> Iterator[ContentVersion]:
    """Give the locked draft inside a transaction, and note that it changed. Raises NotAllowed, and Conflict where it
    was published or discarded: a published version never changes.
    """
    require(may_edit_content(by, version.course), ONLY_AUTHORS)
    with transaction.atomic():
        draft = lock_draft(version)
        yield draft
        draft.save(update_fields=["changed_at"])


def lock_draft(version: ContentVersion) -> ContentVersion:
    """Lock a draft inside the caller's transaction. Raises Conflict where it is none any more."""
    locked = ContentVersion.objects.select_for_update(of=("self",)).select_related("course__provider")
    found = locked.filter(pk=version.pk).first()
    if found is None:
        raise Conflict("Somebody has discarded this draft. Begin a new one.")
    if found.published_at is not None:
        raise Conflict(f"Version {found.number} is published, so that it never changes. Begin a new draft.")
    return found


def free_key(wanted: str, taken: Collection[str], *, instead: str) -> str:
    """A key that no other part has, made from a title; `instead` where the title gives none."""
    stem = slugify(wanted)[: LONGEST_KEY - 4].strip("-") or instead
    if stem not in taken:
        return stem
    return next(key for number in range(2, len(taken) + 3) if (key := f"{stem}-{number}") not in taken)


def number_anew(rows: Sequence[Row]) -> None:
    """Give the rows, in this order, the positions 1, 2, 3 ..."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            type(row).objects.filter(pk=row.pk).update(position=position)


def moved(rows: Sequence[Row], row: Row, position: int) -> list[Row]:
    """The rows with one of them at a position: 1 is the first, beyond the last is the last."""
    others = [other for other in rows if other.pk != row.pk]
    place = max(1, min(position, len(others) + 1)) - 1
    return [*others[:place], row, *others[place:]]

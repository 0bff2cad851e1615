"""Courses that a source has brought and does not name any more: they are marked, never erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.feed_notes import FeedNotes
from synchromesh.engine.errors import Problem
from synchromesh.plumbing.record_changes import ChangeLog

_AT_ONCE = 500


class VanishedCourses:
    """Compares what a source has brought with what its whole feed names, after the feed was read to its end.

    As long as no more courses are missing than rows could not be read, those rows may be the missing courses, so that
    nothing is said about any.
    """

    def __init__(self, *, source: str, notes: FeedNotes) -> None:
        self._source, self._notes = source, notes
        self._unreadable = notes.count_unreadable()
        self._are_many = self._unreadable == 0 or any(
            place > self._unreadable for place, _ in enumerate(self._unnamed(), start=1)
        )

    def __iter__(self) -> Iterator[Course]:
        """The courses that are not marked yet, in the order in which they came."""
        if self._are_many:
            yield from self._unnamed()

    @property
    def doubt(self) -> Problem | None:
        """Why nothing is said although courses are missing."""
        if self._are_many or not any(True for _ in self._unnamed()):
            return None
        message = (
            f"Courses of this source are missing here, but {self._unreadable} rows could not be read and may be these"
            " courses. None is marked as missing. Mend the rows and send the whole file again."
        )
        return Problem(position="file", field="", message=message)

    def mark(self, log: ChangeLog, *, on: date) -> Iterator[str]:
        """Write down since when they are missing; gives the uid of each that was marked."""
        chunk: list[Course] = []
        for course in self:
            chunk.append(course)
            if len(chunk) == _AT_ONCE:
                log.change_many([(one, {"missing_since": on}) for one in chunk])
                yield from (str(one.uid) for one in chunk)
                chunk = []
        log.change_many([(one, {"missing_since": on}) for one in chunk])
        yield from (str(one.uid) for one in chunk)

    def _unnamed(self) -> Iterator[Course]:
        last = 0
        while some := list(self._stored().filter(pk__gt=last).values_list("pk", "external_id")[:_AT_ONCE]):
            unnamed = self._notes.unnamed([external_id for _, external_id in some])
            if unnamed:
                yield from self._stored().filter(pk__in=[key for key, external_id in some if external_id in unnamed])
            last = some[-1][0]

    def _stored(self) -> QuerySet[Course]:
        found = Course.objects.filter(import_source=self._source, missing_since=None).exclude(external_id="")
        return found.order_by("pk")

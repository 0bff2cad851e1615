"""Import a course feed: courses are matched by (source, id), never merged by likeness; runs and links go with them.

The feed is read, compared and written in chunks, so that memory does not grow with it.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.course_differences import course_differences
from synchromesh.catalogue.operations.course_rows import news_for_locks, row_problems
from synchromesh.catalogue.operations.course_writing import CourseWriter
from synchromesh.catalogue.operations.feed_entries import FeedEntries
from synchromesh.catalogue.operations.known_catalogue import KnownCatalogue
from synchromesh.catalogue.operations.vanished_courses import VanishedCourses
from synchromesh.catalogue.permissions import may_import_courses
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.import_plans import PlanCollector
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.search.operations import MOST_AT_ONCE


class CourseImporter:
    """Reads one feed file in any format that `engine.feeds.readers` knows.

    Options: `origin` (real, starter, example); `confirm_links` (the committing person has checked the skill links;
    without it they are suggestions and count in no gap or plan); `complete` (the file holds everything of its source,
    so that courses it does not name are marked as missing; true unless said otherwise); and what the operator of the
    source says once: `columns`, `provider` and `currency` (see `ReadSettings`), and `language`, which holds for texts
    whose language neither the feed nor their words tell.
    """

    kind = "feed"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(may_import_courses(by), "Only alliance staff can import a course feed.")

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the feed with the catalogue."""
        collector, known = PlanCollector(), KnownCatalogue(source=source)
        confirm_links = bool(options.get("confirm_links", False))
        with FeedEntries(file, name=name, options=options, report=collector.add_problem) as entries:
            for chunk in entries.chunks():
                known.load(chunk)
                for record in chunk:
                    is_noted = bool(news_for_locks(known.courses.get(record.external_id), record))
                    collector.add(_planned(record, known, confirm_links), is_noted=is_noted)
                    for problem in row_problems(record, known):
                        collector.add_problem(problem)
            if options.get("complete", True):
                _plan_vanished(collector, VanishedCourses(source=source, notes=entries.notes))
            return collector.finish(format_name=entries.format, left_out=entries.notes.count_left_out())

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write every good course through `log`."""
        self.check_permission(by)
        writer = CourseWriter(
            log=log,
            known=KnownCatalogue(source=batch.source),
            by=by,
            origin=str(batch.options.get("origin", "real")),
            confirm_links=bool(batch.options.get("confirm_links", False)),
        )
        with FeedEntries(file, name=batch.name, options=batch.options, report=_ignore) as entries:
            for chunk in entries.chunks():
                writer.write(chunk)
            if batch.options.get("complete", True):
                vanished = VanishedCourses(source=batch.source, notes=entries.notes)
                writer.note_written(vanished.mark(log, on=timezone.localdate()))
        _ask_for_index(writer)

    def after_undo(self) -> None:
        """Courses are gone, or say what they said before."""
        jobs.enqueue("search.tasks.rebuild_index")


def _planned(record: CourseRecord, known: KnownCatalogue, confirm_links: bool) -> imports.PlannedRow:
    stored: Course | None = known.courses.get(record.external_id)
    changes = tuple(course_differences(stored, record, known, confirm_links=confirm_links)) if stored else ()
    if stored is None:
        effect = "new"
    elif changes:
        effect = "kept" if all(change.kept for change in changes) else "changed"
    else:
        effect = "same"
    return imports.PlannedRow(position=record.position, label=record.title, effect=effect, changes=changes)


def _plan_vanished(collector: PlanCollector, vanished: VanishedCourses) -> None:
    change = imports.FieldChange(field="missing_since", before="empty", after=str(timezone.localdate()))
    for course in vanished:
        collector.add(imports.PlannedRow(position="", label=str(course), effect="missing", changes=(change,)))
    if vanished.doubt:
        collector.add_problem(vanished.doubt)


def _ignore(problem: Problem) -> None:
    """The preview has shown the problems."""


def _ask_for_index(writer: CourseWriter) -> None:
    """Have the search read what was written; a few records by themselves, else everything anew."""
    if len(writer.written) + len(writer.providers) > MOST_AT_ONCE:
        jobs.enqueue("search.tasks.rebuild_index")
        return
    if writer.providers:
        jobs.enqueue("search.tasks.update_index", kind="organisation", uids=sorted(writer.providers))
    if writer.written:
        jobs.enqueue("search.tasks.update_index", kind="course", uids=sorted(writer.written))

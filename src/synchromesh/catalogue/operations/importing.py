"""Import a course feed: courses are matched by (source, id), never merged by likeness; runs and links go with them."""

from __future__ import annotations

from typing import Any

from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.operations.course_rows import KnownCatalogue, course_differences, row_problems, storable
from synchromesh.catalogue.operations.course_writing import CourseWriter
from synchromesh.catalogue.permissions import may_import_courses
from synchromesh.engine.feeds.readers import read_feed
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog


class CourseImporter:
    """Reads one feed file in any format that `engine.feeds.readers` knows.

    Options: `origin` (real, starter, example) and `confirm_links` (the committing person has checked the skill links;
    without it they are suggestions and count in no gap or plan).
    """

    kind = "feed"

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(may_import_courses(by), "Only alliance staff can import a course feed.")

    def plan(self, content: bytes, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the feed with the catalogue."""
        feed = storable(read_feed(content, name=name))
        known = KnownCatalogue(source=source)
        confirm_links = bool(options.get("confirm_links", False))
        planned = tuple(_planned(record, known, confirm_links) for record in feed.courses)
        warnings = tuple(problem for record in feed.courses for problem in row_problems(record, known))
        loaded = {record.position for record in feed.courses}
        loaded |= {run.position for record in feed.courses for run in record.runs}
        return imports.ImportPlan(
            format=feed.format,
            rows=planned,
            problems=(*feed.problems, *warnings),
            left_out=imports.count_left_out(feed.problems, loaded=loaded),
        )

    def apply(self, content: bytes, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write every good course through `log`."""
        self.check_permission(by)
        feed = storable(read_feed(content, name=batch.name))
        known = KnownCatalogue(source=batch.source)
        writer = CourseWriter(
            log=log,
            known=known,
            by=by,
            origin=str(batch.options.get("origin", "real")),
            confirm_links=bool(batch.options.get("confirm_links", False)),
        )
        for record in feed.courses:
            writer.write(record)
        jobs.enqueue("search.tasks.rebuild_index")


def _planned(record: CourseRecord, known: KnownCatalogue, confirm_links: bool) -> imports.PlannedRow:
    stored: Course | None = known.courses.get(record.external_id)
    changes = tuple(course_differences(stored, record, known, confirm_links=confirm_links)) if stored else ()
    effect = "new" if stored is None else "changed" if changes else "same"
    return imports.PlannedRow(position=record.position, label=record.title, effect=effect, changes=changes)

"""Import projects, what they hand over and what came of them: one table for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.community.models import Deliverable, Project, ProjectPartner, ProjectResult
from synchromesh.community.operations.group_importing import texts
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.record_importing import (
    Links,
    ReadRecord,
    RecordImporter,
    limited,
    source_columns,
)
from synchromesh.community.operations.stated_dates import check_stated_date
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.slugs import slugify


class ProjectImporter(RecordImporter):
    """Columns: id, name, full_name, programme, begins, ends, subject_en, subject_de, coordinator, partners, url."""

    kind = "projects"
    searched_as = "project"
    model = Project
    needed = ("id", "name")
    links = {"partners": Links(model=ProjectPartner, own="project_id", other="organisation_id")}

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One project; numbers that sources state about it are a table of their own."""
        name, coordinator = cells.required("name"), known.organisation(cells, "coordinator")
        values = {
            "name": limited(cells, "name", 100),
            "full_name": limited(cells, "full_name", 300),
            "programme": limited(cells, "programme", 200),
            "begins": cells.parsed("begins", lambda text: check_stated_date(text, field="begins")) or "",
            "ends": cells.parsed("ends", lambda text: check_stated_date(text, field="ends")) or "",
            "subjects": texts(cells, "subject", 500),
            "coordinator_id": coordinator.pk if coordinator else None,
            "url": cells.web_address("url"),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        partners = known.organisations(cells, "partners") - ({coordinator.pk} if coordinator else set())
        return ReadRecord(
            external_id=cells.text("id"),
            label=name,
            values=values,
            links={"partners": frozenset(partners)},
            slug=slugify(name)[:110] or "project",
        )


class DeliverableImporter(RecordImporter):
    """Columns: id, project, code, title, due_on, done_on, url, and the source."""

    kind = "deliverables"
    model = Deliverable
    needed = ("id", "project", "title")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One thing that a project hands over."""
        for column in self.needed:
            cells.required(column)
        project = known.project(cells, "project")
        if project is None:
            return None
        values = {
            "project_id": project.pk,
            "code": limited(cells, "code", 20),
            "title": limited(cells, "title", 300),
            "due_on": cells.date("due_on"),
            "done_on": cells.date("done_on"),
            "url": cells.web_address("url"),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        label = f"{project.name} {values['code']} {values['title']}"
        return ReadRecord(external_id=cells.text("id"), label=label[:200], values=values)

    def fault(self, read: ReadRecord) -> str:
        """A code stands once in a project."""
        code = read.values["code"]
        same = Deliverable.objects.filter(project_id=read.values["project_id"], code=code)
        return f"The project has a deliverable {code} already." if code and same.exists() else ""


class ProjectResultImporter(RecordImporter):
    """Columns: id, project, and one of role, course, event or practice (their slugs), and the source."""

    kind = "project-results"
    model = ProjectResult
    needed = ("id", "project")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One role, course, event or practice that came of a project."""
        cells.required("project")
        project = known.project(cells, "project")
        found = {
            "role_id": known.role(cells, "role"),
            "course_id": known.course(cells, "course"),
            "event_id": known.event(cells, "event"),
            "practice_id": known.practice(cells, "practice"),
        }
        named = [record for record in found.values() if record is not None]
        if len(named) != 1 and not cells.problems:
            cells.report("role", "Name one role, course, event or practice.")
        if project is None or len(named) != 1:
            return None
        values: dict[str, Any] = {
            "project_id": project.pk,
            "origin": str(options.get("origin", "real")),
        } | {column: record.pk if record else None for column, record in found.items()}
        label = f"{project.name}: {named[0]}"
        return ReadRecord(external_id=cells.text("id"), label=label[:200], values=values | source_columns(cells))

    def fault(self, read: ReadRecord) -> str:
        """A result stands once in a project."""
        columns = ("project_id", "role_id", "course_id", "event_id", "practice_id")
        same = ProjectResult.objects.filter(**{name: read.values[name] for name in columns})
        return f"{read.label} stands there already." if same.exists() else ""

"""Import a table of sourced records of one kind: what all such imports of the community have in common.

A record is found again by (import source, external id). What somebody edited here since (`edited_at`) is theirs, and
the file leaves it alone. Nothing is removed because a file does not name it. Good rows load although others do not.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from django.db import models

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.search_upkeep import tell_search_of_all
from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.tables.limits import MEBIBYTE, Limits
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import is_workbook, open_table
from synchromesh.plumbing import audit, imports, jobs
from synchromesh.plumbing.free_slugs import FreeSlugs
from synchromesh.plumbing.import_plans import FieldChange, PlannedRow, count_left_out, make_plan
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

_LIMITS = Limits(bytes=20 * MEBIBYTE, rows=20_000, columns=60, cells=600_000, unpacked_bytes=100 * MEBIBYTE)
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The rows that lie between a record and others: their model, and its columns for the record and for the other."""

    model: type[models.Model]
    own: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRecord:
    """A good row: the columns it sets, and by name of the links the keys of the records that it is to have.

    `slug` is what the address of a new record is made of; empty for records without one.
    """

    external_id: str
    label: str
    values: Mapping[str, Any]
    links: Mapping[str, frozenset[int]] = field(default_factory=dict)
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    position: str
    read: ReadRecord
    stored: Any
    linked: Mapping[str, frozenset[int]]

    @property
    def effect(self) -> str:
        if self.stored is None:
            return "new"
        if not self.changes:
            return "same"
        return "kept" if self.is_kept else "changed"

    @property
    def is_kept(self) -> bool:
        return getattr(self.stored, "edited_at", None) is not None

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        if self.stored is None:
            return ()
        pairs = [(name, getattr(self.stored, name), value) for name, value in self.read.values.items()]
        pairs += [(name, sorted(self.linked[name]), sorted(wanted)) for name, wanted in self.read.links.items()]
        return tuple(
            FieldChange(field=name, before=_shown(before), after=_shown(after), kept=self.is_kept)
            for name, before, after in pairs
            if before != after
        )


class RecordImporter(ABC):
    """Subclasses say what they read: `kind`, `model`, the `needed` columns, `links`, and `read`.

    `searched_as` is the kind by which the search knows the records, empty where it does not.
    """

    kind: str
    model: type[models.Model]
    needed: tuple[str, ...] = ()
    links: Mapping[str, Links] = {}
    searched_as: str = ""

    def check_permission(self, by: audit.Actor) -> None:
        """Alliance staff and the operator."""
        require(is_alliance_staff(by), "Only alliance staff can import this.")

    @abstractmethod
    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """What a row says; None, or problems at `cells`, where it stays out."""

    def fault(self, read: ReadRecord) -> str:
        """Why a new record cannot be made, in a sentence; empty where it can."""
        del read
        return ""

    def finish_new(self, values: dict[str, Any], *, by: audit.Actor) -> None:
        """Add the columns that only a new record gets."""
        del values, by

    def after_write(self, records: Sequence[Any], *, by: audit.Actor, log: ChangeLog) -> None:
        """What follows for records that were made or changed, inside the same transaction: the search reads them."""
        if self.searched_as:
            tell_search_of_all(self.searched_as, records)

    def plan(self, file: BinaryIO, *, name: str, source: str, options: dict[str, Any]) -> imports.ImportPlan:
        """Compare the file with what is stored. Writes nothing."""
        compared, problems = self._compare(file, name=name, source=source, options=options)
        rows = [
            PlannedRow(position=one.position, label=one.read.label, effect=one.effect, changes=one.changes)
            for one in compared
        ]
        left_out = count_left_out(problems, loaded=[one.position for one in compared])
        kind = "xlsx" if is_workbook(file) else "csv"
        return make_plan(format_name=kind, rows=rows, problems=problems, left_out=left_out)

    def apply(self, file: BinaryIO, *, batch: ImportBatch, by: audit.Actor, log: ChangeLog) -> None:
        """Write the good rows through `log`, after comparing anew."""
        self.check_permission(by)
        compared, _ = self._compare(file, name=batch.name, source=batch.source, options=batch.options)
        written = [
            self._write(one, source=batch.source, by=by, log=log)
            for one in compared
            if one.effect in {"new", "changed"}
        ]
        if written:
            self.after_write(written, by=by, log=log)

    def after_undo(self) -> None:
        """What was written is gone, or says what it said before: the search reads everything again."""
        if self.searched_as:
            jobs.enqueue("search.tasks.rebuild_index")

    def _write(self, one: _Compared, *, source: str, by: audit.Actor, log: ChangeLog) -> Any:
        record = one.stored
        if record is None:
            values = dict(one.read.values) | {"import_source": source, "external_id": one.read.external_id}
            if one.read.slug:
                values["slug"] = FreeSlugs(self.model).take([one.read.slug])[0]
            self.finish_new(values, by=by)
            record = self.model(**values)
            log.create(record)
        else:
            log.change(record, **one.read.values)
        for name, wanted in one.read.links.items():
            self._write_links(record, self.links[name], one.linked.get(name, frozenset()), wanted, log=log)
        return record

    def _write_links(
        self, record: Any, links: Links, before: frozenset[int], wanted: frozenset[int], *, log: ChangeLog
    ) -> None:
        gone = {links.own: record.pk, f"{links.other}__in": before - wanted}
        found = links.model._default_manager.filter(**gone).order_by("pk")
        log.delete_many(list(found))
        new = [links.model(**{links.own: record.pk, links.other: other}) for other in sorted(wanted - before)]
        log.create_many(new)

    def _compare(
        self, file: BinaryIO, *, name: str, source: str, options: Mapping[str, Any]
    ) -> tuple[list[_Compared], list[Problem]]:
        found, problems = self._read(file, name=name, source=source, options=options)
        stored = _stored_records(self.model, source, [read.external_id for _, read in found])
        linked = {name: _linked(links, [record.pk for record in stored.values()]) for name, links in self.links.items()}
        compared = []
        for position, read in found:
            record = stored.get(read.external_id)
            fault = self.fault(read) if record is None else ""
            if fault:
                problems.append(Problem(position=position, field="id", message=fault))
                continue
            own = {name: rows.get(record.pk, frozenset()) if record else frozenset() for name, rows in linked.items()}
            compared.append(_Compared(position=position, read=read, stored=record, linked=own))
        return compared, problems

    def _read(
        self, file: BinaryIO, *, name: str, source: str, options: Mapping[str, Any]
    ) -> tuple[list[tuple[str, ReadRecord]], list[Problem]]:
        table = open_table(file, name=name, limits=_LIMITS)
        for column in self.needed:
            if column not in table.columns:
                raise InvalidInput(f"{name} has no column '{column}'. It needs {', '.join(self.needed)}.", field=column)
        known, problems = KnownRecords(source=source), list[Problem]()
        found, taken = list[tuple[str, ReadRecord]](), dict[str, str]()
        for entry in table.rows:
            if not isinstance(entry, Row):
                problems.append(entry)
                continue
            cells = CellReader(entry, position=f"row {entry.position}")
            _check_id(cells, taken)
            read = self.read(cells, known, options)
            problems += cells.problems
            if read is not None and not cells.problems:
                found.append((cells.position, read))
        return found, problems


def _check_id(cells: CellReader, taken: dict[str, str]) -> None:
    own = cells.required("id")
    if len(own) > _LONGEST_ID:
        cells.report("id", f"It may have {_LONGEST_ID} letters at most.")
    if own in taken:
        cells.report("id", f"'{own[:60]}' stands in {taken[own]} already. Each row has an id of its own.")
    elif own:
        taken[own] = cells.position


def _stored_records(model: type[models.Model], source: str, ids: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for some in _parts(ids):
        rows: models.QuerySet[Any] = model._default_manager.filter(import_source=source, external_id__in=some)
        found |= {row.external_id: row for row in rows}
    return found


def _linked(links: Links, records: Sequence[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for some in _parts(records):
        rows: models.QuerySet[Any] = links.model._default_manager.filter(**{f"{links.own}__in": some})
        for own, other in rows.order_by("pk").values_list(links.own, links.other):
            found.setdefault(own, set()).add(other)
    return {own: frozenset(others) for own, others in found.items()}


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + 500] for start in range(0, len(items), 500))


def _shown(value: Any) -> str:
    """A value as a preview shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "; ".join(f"{code}: {text}" for code, text in sorted(value.items()))
    return str(value)


def source_columns(cells: CellReader) -> dict[str, Any]:
    """Where a row comes from, as its columns `source`, `source_url` and `source_on` say."""
    return {
        "source": cells.text("source")[:200],
        "source_url": cells.web_address("source_url"),
        "source_on": cells.date("source_on"),
    }


def limited(cells: CellReader, column: str, most: int) -> str:
    """A cell of at most so many characters; a longer one is reported."""
    text = " ".join(cells.text(column).split())
    if len(text) > most:
        cells.report(column, f"It may have {most} characters at most.")
    return text

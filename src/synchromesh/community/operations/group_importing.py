"""Import groups and agreements: one table for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synchromesh.community.models import Agreement, AgreementParty, Group, GroupKind, Readers
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


def texts(cells: CellReader, column: str, most: int) -> dict[str, str]:
    """A text in one language or several: the columns `name_en`, `name_de` for `name`, and so on."""
    found = {code: limited(cells, f"{column}_{code}", most) for code in ("en", "de")}
    return {code: text for code, text in found.items() if text}


class GroupImporter(RecordImporter):
    """Columns: id, kind, name_en, name_de, mandate_en, mandate_de, lead, starts_on, ends_on, visibility, source."""

    kind = "groups"
    searched_as = "group"
    model = Group
    needed = ("id", "kind", "name_en")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One group. What it is part of is set here, by hand."""
        cells.required("name_en")
        kind, lead = cells.one_of("kind", list(GroupKind.values)), known.organisation(cells, "lead")
        starts_on, ends_on = cells.date("starts_on"), cells.date("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            cells.report("ends_on", "The last day lies before the first.")
        if not kind:
            cells.required("kind")
        values = {
            "kind": kind,
            "names": texts(cells, "name", 200),
            "mandates": texts(cells, "mandate", 2000),
            "lead_organisation_id": lead.pk if lead else None,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "visibility": cells.one_of("visibility", list(Readers.values)) or Readers.PUBLIC.value,
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        label = cells.text("name_en")
        return ReadRecord(
            external_id=cells.text("id"), label=label, values=values, slug=slugify(label)[:110] or "group"
        )


class AgreementImporter(RecordImporter):
    """Columns: id, name_en, name_de, aims_en, aims_de, signed, place, parties, ends_on, and the source."""

    kind = "agreements"
    model = Agreement
    needed = ("id", "name_en")
    links = {"parties": Links(model=AgreementParty, own="agreement_id", other="organisation_id")}

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One agreement; its actions are noted here, by hand."""
        label = cells.required("name_en")
        values = {
            "names": texts(cells, "name", 200),
            "aims": texts(cells, "aims", 2000),
            "signed": cells.parsed("signed", lambda text: check_stated_date(text, field="signed")) or "",
            "place": limited(cells, "place", 120),
            "ends_on": cells.date("ends_on"),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        return ReadRecord(
            external_id=cells.text("id"),
            label=label,
            values=values,
            links={"parties": known.organisations(cells, "parties")},
            slug=slugify(label)[:110] or "agreement",
        )

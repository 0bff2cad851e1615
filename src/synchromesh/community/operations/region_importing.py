"""Import networks of regions, profiles of regions, facts about them and employers' sites: one table for each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from synchromesh.community.models import FactKind, RegionFact, RegionNetwork, RegionProfile, RegionSite
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.record_importing import ReadRecord, RecordImporter, limited, source_columns
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.slugs import slugify

_MOST = Decimal(10) ** 15
_YEARS = {"least": 1900, "most": 2100}


class RegionNetworkImporter(RecordImporter):
    """Columns: id, name, members_stated, stated_for, is_own (yes or empty), and the source of the count."""

    kind = "region-networks"
    model = RegionNetwork
    needed = ("id", "name")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One circle of regions."""
        del known
        values: dict[str, Any] = {
            "name": limited(cells, "name", 150),
            "members_stated": cells.whole_number("members_stated", least=1, most=10_000),
            "stated_for": limited(cells, "stated_for", 40),
            "is_own": cells.one_of("is_own", ("yes", "no")) == "yes",
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        cells.required("name")
        return ReadRecord(
            external_id=cells.text("id"), label=values["name"], values=values, slug=slugify(cells.text("id"))
        )


class RegionImporter(RecordImporter):
    """Columns: id, name, nuts, nuts_basis, network, desk, desk_email, desk_url, summary, language, and the source."""

    kind = "regions"
    searched_as = "region"
    model = RegionProfile
    needed = ("id", "name", "nuts")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One profile; the summary is in the language that the column names, else English."""
        cells.required("name")
        cells.required("nuts")
        region, network = known.region(cells, "nuts"), known.network(cells, "network")
        desk = known.organisation(cells, "desk")
        summary = cells.text("summary")
        if region is None:
            return None
        values = {
            "region_id": region.pk,
            "name": limited(cells, "name", 150),
            "network_id": network.pk if network else None,
            "nuts_basis": limited(cells, "nuts_basis", 300),
            "desk_id": desk.pk if desk else None,
            "desk_email": limited(cells, "desk_email", 254),
            "desk_url": cells.web_address("desk_url"),
            "summaries": {cells.text("language").lower()[:2] or "en": summary} if summary else {},
            "origin": str(options.get("origin", "real")),
        }
        return ReadRecord(external_id=cells.text("id"), label=cells.text("name"), values=values | source_columns(cells))

    def fault(self, read: ReadRecord) -> str:
        """A region has one profile."""
        taken = RegionProfile.objects.filter(region_id=read.values["region_id"]).first()
        return f"This region has a profile already, {taken.name}. Leave this row out." if taken else ""


class RegionFactImporter(RecordImporter):
    """Columns: id, region (NUTS code), kind (figure or evidence), label, value, unit, year, words, and the source."""

    kind = "region-facts"
    model = RegionFact
    needed = ("id", "region", "kind", "source", "source_on")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One fact. A figure needs its value and label, evidence its words; both need source and day."""
        profile, kind = known.profile(cells, "region"), cells.one_of("kind", list(FactKind.values))
        value = cells.decimal("value", least=-_MOST, most=_MOST)
        needed = ("label", "value") if kind == FactKind.FIGURE else ("words",)
        for column in ("region", "kind", "source", "source_on", *needed):
            cells.required(column)
        if profile is None or not kind:
            return None
        values = {
            "profile_id": profile.pk,
            "kind": kind,
            "label": limited(cells, "label", 150),
            "value": None if value is None or kind != FactKind.FIGURE else value.quantize(Decimal("0.01")),
            "unit": limited(cells, "unit", 40),
            "year": cells.whole_number("year", **_YEARS),
            "words": limited(cells, "words", 500),
            "origin": str(options.get("origin", "real")),
        }
        label = f"{profile.name}: {values['label'] or values['words']}"
        return ReadRecord(external_id=cells.text("id"), label=label[:200], values=values | source_columns(cells))


class RegionSiteImporter(RecordImporter):
    """Columns: id, region (NUTS code), name, organisation, place, activity, employees, employees_year, the source."""

    kind = "region-sites"
    model = RegionSite
    needed = ("id", "region", "name", "source", "source_on")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One site of an employer. An empty number of employees is unknown."""
        profile, organisation = known.profile(cells, "region"), known.organisation(cells, "organisation")
        for column in ("region", "name", "source", "source_on"):
            cells.required(column)
        if profile is None:
            return None
        values = {
            "profile_id": profile.pk,
            "organisation_id": organisation.pk if organisation else None,
            "name": limited(cells, "name", 200),
            "place": limited(cells, "place", 120),
            "activity": limited(cells, "activity", 200),
            "employees": cells.whole_number("employees", least=0, most=10_000_000),
            "employees_year": cells.whole_number("employees_year", **_YEARS),
            "origin": str(options.get("origin", "real")),
        }
        return ReadRecord(external_id=cells.text("id"), label=cells.text("name"), values=values | source_columns(cells))

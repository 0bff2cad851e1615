"""Import organisations with the facts that sources state about them, and the directory of members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from synchromesh.accounts.models import Organisation, OrganisationKind, OrganisationKindOf
from synchromesh.community.models import MemberProfile, StatedFact, StatedValue, ValueChainArea
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.record_importing import ReadRecord, RecordImporter, limited, source_columns
from synchromesh.engine.tables.cells import CellReader
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.plumbing import audit
from synchromesh.plumbing.record_changes import ChangeLog


class OrganisationImporter(RecordImporter):
    """Columns: id, name, stated_type, note, country, region (NUTS code), url, and the source."""

    kind = "organisations"
    searched_as = "organisation"
    model = Organisation
    needed = ("id", "name")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One organisation."""
        country, region = known.country(cells, "country"), known.region(cells, "region")
        if country and region and region.country_id != country.pk:
            cells.report("region", "This region lies in another country.")
        values = {
            "name": limited(cells, "name", 200),
            "stated_type": limited(cells, "stated_type", 100),
            "note": limited(cells, "note", 300),
            "country_id": country.pk if country else None,
            "region_id": region.pk if region else None,
            "url": cells.web_address("url"),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        name = cells.required("name")
        return ReadRecord(
            external_id=cells.text("id"), label=name, values=values, slug=slugify(name)[:110] or "organisation"
        )

    def fault(self, read: ReadRecord) -> str:
        """An organisation of this name may have come another way."""
        if Organisation.objects.filter(name__iexact=read.values["name"]).exists():
            return f"{read.label} is here already, from another source. Leave this row out."
        return ""


class MemberImporter(RecordImporter):
    """Columns: id, organisation, joined_on, ended_on, is_founder (yes or empty), area, about, language, source."""

    kind = "members"
    model = MemberProfile
    needed = ("id", "organisation")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One member. Contacts and statutes are no part of a file: members say them here."""
        cells.required("organisation")
        organisation = known.organisation(cells, "organisation")
        joined_on, ended_on = cells.date("joined_on"), cells.date("ended_on")
        if joined_on and ended_on and ended_on < joined_on:
            cells.report("ended_on", "The last day lies before the first.")
        if organisation is None:
            return None
        about = limited(cells, "about", 2000)
        values = {
            "organisation_id": organisation.pk,
            "joined_on": joined_on,
            "ended_on": ended_on,
            "is_founder": cells.one_of("is_founder", ("yes", "no")) == "yes",
            "value_chain_area": cells.one_of("area", list(ValueChainArea.values)),
            "about": {cells.text("language").lower()[:2] or "en": about} if about else {},
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        return ReadRecord(external_id=cells.text("id"), label=organisation.name, values=values)

    def fault(self, read: ReadRecord) -> str:
        """An organisation is a member once."""
        taken = MemberProfile.objects.filter(organisation_id=read.values["organisation_id"]).exists()
        return f"{read.label} is a member already. Leave this row out." if taken else ""

    def after_write(self, records: Sequence[Any], *, by: audit.Actor, log: ChangeLog) -> None:
        """Members are organisations of that kind too."""
        ids = [profile.organisation_id for profile in records]
        kinds = OrganisationKindOf.objects.filter(organisation__in=ids, kind=OrganisationKind.MEMBER)
        known = set(kinds.values_list("organisation_id", flat=True))
        new = [pk for pk in ids if pk not in known]
        log.create_many([OrganisationKindOf(organisation_id=pk, kind=OrganisationKind.MEMBER) for pk in new])


class StatedValueImporter(RecordImporter):
    """Columns: id, subject (project or organisation), of (its id or slug), fact, value, said_of, and the source."""

    kind = "stated-values"
    model = StatedValue
    needed = ("id", "subject", "of", "fact", "value", "source_url")

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One number as one source states it."""
        subject, fact = cells.one_of("subject", ("project", "organisation")), cells.one_of("fact", StatedFact.values)
        for column in self.needed:
            cells.required(column)
        project = known.project(cells, "of") if subject == "project" else None
        organisation = known.organisation(cells, "of") if subject == "organisation" else None
        if project is None and organisation is None:
            return None
        values = {
            "project_id": project.pk if project else None,
            "organisation_id": organisation.pk if organisation else None,
            "fact": fact,
            "value": limited(cells, "value", 40),
            "said_of": limited(cells, "said_of", 10),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        label = f"{project or organisation}: {fact} {values['value']}"
        return ReadRecord(external_id=cells.text("id"), label=label[:200], values=values)

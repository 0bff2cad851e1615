"""Import events from a table: facts of others, to read and to find, without registration here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from synchromesh.community.models import Event, EventKind, EventMode, EventState
from synchromesh.community.operations.engagement_importing import read_days
from synchromesh.community.operations.event_editing import search_words, wanted_slug
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.record_importing import (
    Links,
    ReadRecord,
    RecordImporter,
    limited,
    source_columns,
)
from synchromesh.community.operations.search_upkeep import tell_search_of_all
from synchromesh.engine.tables.cells import CellReader
from synchromesh.plumbing import audit
from synchromesh.plumbing.record_changes import ChangeLog


class EventImporter(RecordImporter):
    """Columns: id, title, title_de, kind, stated_kind, date, place, country, nuts, mode, fields, url, and the source.

    `date` is a day, a month (2024-05), a year (2024), or two of a kind with a slash between them.
    """

    kind = "events"
    searched_as = "event"
    model = Event
    needed = ("id", "title", "date")
    links: Mapping[str, Links] = {"fields": Links(model=Event.topics.through, own="event_id", other="topic_id")}

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One event, which is public at once."""
        days = cells.parsed("date", read_days) if cells.text("date") else None
        for column in self.needed:
            cells.required(column)
        country, region = known.country(cells, "country"), known.region(cells, "nuts")
        kind = cells.one_of("kind", list(EventKind.values)) or EventKind.OTHER.value
        mode = cells.one_of("mode", list(EventMode.values))
        written = {"en": limited(cells, "title", 300), "de": limited(cells, "title_de", 300)}
        titles = {code: text for code, text in written.items() if text}
        if days is None:
            return None
        values = {
            "titles": titles,
            "kind": kind,
            "stated_kind": limited(cells, "stated_kind", 100),
            "starts_on": days[0],
            "ends_on": days[1],
            "precision": days[2].value,
            "place": limited(cells, "place", 300),
            "country_id": country.pk if country else None,
            "region_id": region.pk if region else None,
            "mode": mode,
            "url": cells.web_address("url"),
            "origin": str(options.get("origin", "real")),
        } | source_columns(cells)
        label = f"{written['en']} ({cells.text('date')})"
        return ReadRecord(
            external_id=cells.text("id"),
            label=label[:200],
            values=values | {"words": _words(values)},
            links={"fields": known.topics(cells, "fields")},
            slug=wanted_slug(titles, days[0]),
        )

    def finish_new(self, values: dict[str, Any], *, by: audit.Actor) -> None:
        """Announce it, and say who brought it in."""
        values |= {"made_by": by.public_id, "state": EventState.PUBLISHED.value, "published_at": timezone.now()}

    def after_write(self, records: Sequence[Any], *, by: audit.Actor, log: ChangeLog) -> None:
        """Have the search find them."""
        tell_search_of_all("event", records)


def _words(values: Mapping[str, Any]) -> str:
    """What the list is searched by, as `search_words` says of a stored event."""
    shown = Event(titles=values["titles"], place=values["place"], stated_kind=values["stated_kind"])
    return search_words(shown)

"""Import engagements from a table. Contacts and what follows are in no file: they are written here by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from synchromesh.community.models import DatePrecision, Engagement, EngagementKind
from synchromesh.community.operations.engagements import widen
from synchromesh.community.operations.known_records import KnownRecords
from synchromesh.community.operations.record_importing import (
    Links,
    ReadRecord,
    RecordImporter,
    limited,
    source_columns,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.tables.cells import CellReader
from synchromesh.plumbing import audit

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
Days = tuple[date, date, DatePrecision]


class EngagementImporter(RecordImporter):
    """Columns: id, kind, event, host, date, place, country, topic, fields, speakers, slides_url, reach, reach_source.

    Besides the source. `date` is a day, a month (2024-05), a year (2024), or two of a kind with a slash between them.
    Several speakers are parted by ";".
    """

    kind = "engagements"
    model = Engagement
    needed = ("id", "kind", "event", "date")
    links: Mapping[str, Links] = {
        "fields": Links(model=Engagement.topics.through, own="engagement_id", other="topic_id")
    }

    def read(self, cells: CellReader, known: KnownRecords, options: Mapping[str, Any]) -> ReadRecord | None:
        """One engagement. Where a number of people is given, so must be who counted them."""
        days = cells.parsed("date", read_days) if cells.text("date") else None
        kind = cells.one_of("kind", list(EngagementKind.values))
        reach = cells.whole_number("reach", least=0, most=2_000_000_000)
        country = known.country(cells, "country")
        for column in ("kind", "event", "date", *(("reach_source",) if reach is not None else ())):
            cells.required(column)
        if days is None or not kind:
            return None
        values = {
            "kind": kind,
            "event_title": limited(cells, "event", 300),
            "host": limited(cells, "host", 200),
            "starts_on": days[0],
            "ends_on": days[1],
            "precision": days[2].value,
            "place": limited(cells, "place", 300),
            "country_id": country.pk if country else None,
            "subject": limited(cells, "topic", 300),
            "speakers": "\n".join(name.strip() for name in cells.text("speakers").split(";") if name.strip()),
            "slides_url": cells.web_address("slides_url"),
            "reach": reach,
            "reach_source": limited(cells, "reach_source", 200) if reach is not None else "",
            "origin": str(options.get("origin", "real")),
        }
        fields = {"fields": known.topics(cells, "fields")}
        label = f"{values['event_title']} ({cells.text('date')})"
        return ReadRecord(
            external_id=cells.text("id"), label=label[:200], values=values | source_columns(cells), links=fields
        )

    def finish_new(self, values: dict[str, Any], *, by: audit.Actor) -> None:
        """Say who brought it in."""
        values["made_by"] = by.public_id


def read_days(text: str) -> Days:
    """A day, a month or a year, or two of a kind. Raises InvalidInput."""
    first_text, _, last_text = (part.strip() for part in text.partition("/"))
    first, precision = _read_day(first_text)
    last, other = _read_day(last_text) if last_text else (first, precision)
    if precision != other or last < first:
        raise InvalidInput("The second date must be of the same kind as the first, and not before it.")
    return (*widen(first, last, precision), precision)


def _read_day(text: str) -> tuple[date, DatePrecision]:
    found = _DAY.fullmatch(text)
    year, month, day = found.groups() if found else ("0", None, None)
    precision = DatePrecision.DAY if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    try:
        return date(int(year), int(month or 1), int(day or 1)), precision
    except ValueError:
        raise InvalidInput("Write a date as 2024-05-14, 2024-05 or 2024.") from None

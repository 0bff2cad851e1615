"""Dates and place of a MOOChub course: the format gives them for the course, as lists of days, and has no runs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

from synchromesh.engine.feeds.readers._country_names import country_code
from synchromesh.engine.feeds.readers._course_parts import EMPTY_RUN
from synchromesh.engine.feeds.readers._json_fields import FieldReader
from synchromesh.engine.feeds.readers._run_ids import with_distinct_ids
from synchromesh.engine.feeds.records import RunRecord

__all__ = ["read_runs"]

_NO_PLACES = ("online", "hybrid")


def read_runs(members: Mapping[str, object], *, fields: FieldReader) -> tuple[RunRecord, ...]:
    """A run for each start; the place is that of all of them, the deadline that of a single one."""
    starts, ends = _days(members, "startDate", fields), _days(members, "endDate", fields)
    if len(starts) > 1 and ends and len(ends) != len(starts):
        fields.report(
            "attributes.endDate", f"There are {len(starts)} starts and {len(ends)} ends. The ends were left out."
        )
        ends = []
    country, place = _place(members, fields)
    deadline = fields.day(members.get("applicationDeadline"), "attributes.applicationDeadline")[0]
    spans = list(zip_longest(starts, ends)) or ([(None, None)] if country or place or deadline else [])
    runs = []
    for number, (starts_on, stated_end) in enumerate(spans, start=1):
        is_turned = starts_on is not None and stated_end is not None and stated_end < starts_on
        if is_turned:
            fields.report("attributes.endDate", f"{stated_end} is before the start, {starts_on}. It was left out.")
        runs.append(
            replace(
                EMPTY_RUN,
                position=f"{fields.position} run {number}",
                starts_on=starts_on,
                ends_on=None if is_turned else stated_end,
                country=country,
                place=place,
                deadline_on=deadline if len(spans) == 1 else None,
            )
        )
    return with_distinct_ids(runs)


def _days(members: Mapping[str, object], name: str, fields: FieldReader) -> list[datetime.date]:
    field = f"attributes.{name}"
    days = (fields.day(value, field)[0] for value in fields.values(members.get(name), field))
    return [day for day in days if day is not None]


def _place(members: Mapping[str, object], fields: FieldReader) -> tuple[str, str]:
    """Country and place; a course on the net has none."""
    location = fields.members(members.get("contentLocation"), "attributes.contentLocation")
    address = fields.members(location.get("address"), "attributes.contentLocation.address")
    name = fields.words(location.get("name"), "attributes.contentLocation.name")
    town = fields.words(address.get("city"), "attributes.contentLocation.address.city")
    stated = fields.words(address.get("addressCountry"), "attributes.contentLocation.address.addressCountry")
    parts = ("" if name.casefold() in _NO_PLACES else name, town)
    return country_code(stated), ", ".join(dict.fromkeys(part for part in parts if part))

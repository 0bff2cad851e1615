"""Course instances of schema.org into runs, and what they say about the course as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from synchromesh.engine.feeds.readers._country_names import country_code
from synchromesh.engine.feeds.readers._course_parts import EMPTY_RUN
from synchromesh.engine.feeds.readers._joined_modes import joined_mode
from synchromesh.engine.feeds.readers._run_ids import with_distinct_ids
from synchromesh.engine.feeds.readers._schema_nodes import SchemaNode
from synchromesh.engine.feeds.records import RunRecord
from synchromesh.engine.vocabulary.durations import LONGEST, parse_duration

__all__ = ["NUTS", "country_of", "is_run", "read_mode", "read_runs", "read_workload"]

NUTS = "NUTS"  # the name under which `_schema_writing` puts the region of a place
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}", re.ASCII)
_MOST_SEATS = 1_000_000
_MOST_REPEATS = 1_000
# https://schema.org/EventAttendanceModeEnumeration
_ATTENDANCE = {
    "onlineeventattendancemode": "online",
    "offlineeventattendancemode": "on-site",
    "mixedeventattendancemode": "blended",
}
_OF_A_RUN = (
    "identifier", "startDate", "endDate", "location", "maximumAttendeeCapacity", "url", "doorTime", "eventStatus",
)  # fmt: skip
_ISO = re.compile(r"P\d.*|PT\d.*", re.ASCII | re.IGNORECASE)


def is_run(instance: SchemaNode) -> bool:
    """Whether an instance is an occurrence; one without date, place or id says only how the course is held."""
    if any(instance.values(name) for name in _OF_A_RUN):
        return True
    schedules = instance.nodes("courseSchedule")
    dated = any(schedule.has("startDate") or schedule.words("description") for schedule in schedules)
    return dated or any(offer.has("availabilityEnds") for offer in instance.nodes("offers"))


def read_runs(instances: Iterable[SchemaNode], *, position: str) -> tuple[RunRecord, ...]:
    """The runs, each with an id of its own; what was cancelled is left out."""
    found = [
        _read_run(instance, position=f"{position} run {number}")
        for number, instance in enumerate(instances, start=1)
        if "cancelled" not in instance.words("eventStatus").casefold()
    ]
    return with_distinct_ids(found)


def _read_run(instance: SchemaNode, *, position: str) -> RunRecord:
    starts_on, start_words = instance.day("startDate")
    ends_on, end_words = instance.day("endDate")
    schedule = instance.node("courseSchedule")
    starts_on, ends_on = starts_on or schedule.day("startDate")[0], ends_on or schedule.day("endDate")[0]
    if starts_on and ends_on and ends_on < starts_on:
        instance.fields.report(
            f"{instance.path}endDate", f"{ends_on} is before the start, {starts_on}. It was left out."
        )
        ends_on = None
    words = (
        schedule.words("description") or schedule.words("name") or " – ".join(filter(None, (start_words, end_words)))
    )
    country, nuts, place = _read_place(instance)
    deadlines = [
        offer.day(name)[0] for offer in instance.nodes("offers") for name in ("availabilityEnds", "validThrough")
    ]
    seats = instance.number("maximumAttendeeCapacity", least=0, most=_MOST_SEATS)
    return replace(
        EMPTY_RUN,
        position=position,
        external_id=next(iter(instance.codes("identifier")), ""),
        starts_on=starts_on,
        ends_on=ends_on,
        dates_text=words,
        country=country,
        nuts=nuts,
        place=place,
        language=next(iter(instance.languages("inLanguage")), ""),
        mode=read_mode(instance),
        deadline_on=next(filter(None, deadlines), None),
        seats=None if seats is None else int(seats),
        url=instance.address("url"),
    )


def _read_place(instance: SchemaNode) -> tuple[str, str, str]:
    """Country, NUTS region and place of an instance; a room on the net is no place."""
    for location in instance.nodes("location"):
        if "VirtualLocation" in location.types:
            continue
        address = location.node("address")
        name, town = location.words("name"), address.words("addressLocality")
        place = ", ".join(dict.fromkeys(part for part in (name, town) if part))
        if not place and not address.types:
            place = address.words("name")
        region = location.node("containedInPlace").node("identifier")
        codes = region.codes("value") if region.words("propertyID") == NUTS else []
        nuts = next((code for code in codes if _NUTS.fullmatch(code)), "")
        return country_of(location), nuts, place
    return "", "", ""


def country_of(node: SchemaNode) -> str:
    """The two-letter country of the address of a place or an organisation, "" where it is not stated or not known."""
    for address in node.nodes("address"):
        for name in address.all_words("addressCountry"):
            if code := country_code(name):
                return code
    return ""


def read_mode(node: SchemaNode) -> str:
    """One of `records.MODES`, or "" where nothing is stated that is understood."""
    stated = [*node.all_words("courseMode"), *node.all_words("eventAttendanceMode")]
    tails = [text.rstrip("/").rpartition("/")[2] if "://" in text else text for text in stated]
    found = joined_mode(_ATTENDANCE.get(word.casefold(), word) for word in tails)
    if found or stated or not node.values("location"):
        return found
    virtual = ["VirtualLocation" in location.types for location in node.nodes("location")]
    return "online" if all(virtual) else "blended" if any(virtual) else ""


def read_workload(course: SchemaNode, instances: Iterable[SchemaNode]) -> tuple[int | None, str]:
    """Minutes of work and the words of the source: from the course, else from the first instance that states any."""
    words, minutes = "", None
    statements = [*course.all_words("timeRequired"), *course.all_words("courseWorkload")]
    instances = tuple(instances)
    for instance in instances:
        statements += instance.all_words("courseWorkload")
    for statement in statements:
        minutes = parse_duration(statement) if minutes is None else minutes
        words = words or ("" if _ISO.fullmatch(statement) else statement)
    for node in (course, *instances):
        if minutes is not None:
            break
        minutes = _scheduled(node) or _hours(node)
    return minutes, words


def _scheduled(node: SchemaNode) -> int | None:
    """The minutes of a schedule that says how long and how often."""
    total = Fraction(0)
    for schedule in node.nodes("courseSchedule"):
        minutes = parse_duration(schedule.words("duration"))
        count = schedule.number("repeatCount", least=1, most=_MOST_REPEATS)
        if minutes is None or count is None:
            return None
        total += minutes * Fraction(count)
    return int(total) if 0 < total <= LONGEST else None


def _hours(node: SchemaNode) -> int | None:
    """The minutes of a duration in hours; one in days may as well be from the first day to the last."""
    duration = node.words("duration")
    return parse_duration(duration) if duration.upper().startswith("PT") else None

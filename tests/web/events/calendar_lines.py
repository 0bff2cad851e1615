"""A second opinion on calendars: RFC 5545 read line by line, without the library that wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

_LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(;[A-Za-z0-9-]+=("[^"]*"|[^";:,]*)(,("[^"]*"|[^";:,]*))*)*):(?P<value>.*)',
    re.DOTALL,
)
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME"}
_ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "URL", "CREATED", "LAST-MODIFIED"}
_NEEDED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}, "VTIMEZONE": {"TZID"}}


@dataclass(slots=True)
class Part:
    """A component: its lines by name, its parts."""

    name: str
    lines: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The value of the one line with this name."""
        ((_, value),) = self.lines[name]
        return value

    def text(self, name: str) -> str:
        """The same, without its escapes."""
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value(name))

    def named(self, name: str) -> list[Part]:
        """The parts of one kind."""
        return [part for part in self.parts if part.name == name]


def read_calendar(content: bytes) -> Part:
    """The calendar, held against the standard on the way. AssertionError says which rule is broken."""
    lines = _unfold(content)
    root = Part("")
    open_parts = [root]
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found, f"no content line (3.1): {line!r}"
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            part = Part(value)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif name == "END":
            assert open_parts.pop().name == value, "parts end in the order in which they begin"
        else:
            open_parts[-1].lines.setdefault(name, []).append((found["parameters"], value))
    assert open_parts == [root], "every part is closed"
    assert len(root.parts) == 1, "one calendar"
    _check(root.parts[0], zones=set())
    return root.parts[0]


def _unfold(content: bytes) -> list[str]:
    assert content.endswith(b"\r\n"), "every line ends with CRLF (3.1)"
    raw = content[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in raw), "no other ends of lines"
    assert max(map(len, raw)) <= 75, "no line is longer than 75 octets (3.1)"
    for line in raw:
        line.decode("utf-8")  # a character is not cut in two
    lines: list[bytes] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def _check(part: Part, zones: set[str]) -> None:
    assert _NEEDED.get(part.name, set()) <= part.lines.keys(), f"{part.name} lacks what it needs (3.6)"
    twice = {name for name, found in part.lines.items() if name in _ONCE and len(found) > 1}
    assert not twice, f"{twice} stand twice in {part.name}"
    for name in _TEXTS & part.lines.keys():
        for _, value in part.lines[name]:
            rest = re.sub(r"\\[\\;,nN]", "", value)
            assert not re.search(r"[\\;\x00-\x08\x0b-\x1f]", rest), f"{name} is escaped (3.3.11): {value!r}"
            assert name == "CATEGORIES" or "," not in rest, f"a comma of {name} is escaped (3.3.11): {value!r}"
    if part.name == "VCALENDAR":
        assert part.parts, "a calendar has a component (3.6)"
        assert part.value("VERSION") == "2.0"
        zones |= {zone.value("TZID") for zone in part.named("VTIMEZONE")}
    if part.name == "VEVENT":
        _check_times(part, zones)
        assert re.fullmatch(r"\d{8}T\d{6}Z", part.value("DTSTAMP")), "DTSTAMP is UTC (3.8.7.2)"
    for inner in part.parts:
        _check(inner, zones)


def _check_times(event: Part, zones: set[str]) -> None:
    kinds = set()
    for name in ("DTSTART", "DTEND"):
        ((parameters, value),) = event.lines[name]
        if ";VALUE=DATE" in parameters:
            assert re.fullmatch(r"\d{8}", value), value
            kinds.add("date")
        else:
            zone = re.search(r";TZID=([^;:]+)", parameters)
            assert zone is not None or value.endswith("Z"), "a time has a zone"
            assert zone is None or zone[1].strip('"') in zones, "each time zone is described (3.2.19)"
            assert re.fullmatch(r"\d{8}T\d{6}Z?", value), value
            kinds.add("time")
    assert len(kinds) == 1, "begin and end are of one kind (3.8.2.2)"
    assert moment_of(event, "DTEND") > moment_of(event, "DTSTART"), "it ends after it begins"


def moment_of(event: Part, name: str) -> datetime:
    """When something begins or ends; of all-day events midnight UTC."""
    ((parameters, value),) = event.lines[name]
    if "VALUE=DATE" in parameters:
        day = date.fromisoformat(value)
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("UTC"))
    zone = re.search(r";TZID=([^;:]+)", parameters)
    return datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S").replace(
        tzinfo=ZoneInfo(zone[1].strip('"') if zone else "UTC")
    )

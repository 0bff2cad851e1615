"""The lines of an iCalendar file as its components: unfolded, decoded, one component in memory at a time.

Only what a reader of courses needs is kept of a component, so that attached pictures cost nothing. Source:
https://www.rfc-editor.org/rfc/rfc5545 (3.1 for lines, 3.3.11 for texts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from synchromesh.engine.errors import InvalidInput

__all__ = ["Component", "Line", "read_components"]

_LONGEST_LINE = 65_536  # bytes, before unfolding
_LONGEST_VALUE = 200_000  # bytes, after unfolding
_MOST_LINES = 5_000  # kept lines of one component
_DEEPEST = 10
_KEPT = frozenset(
    (
        "UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "STATUS", "CLASS", "DTSTART", "DTEND",
        "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "RELATED-TO", "LAST-MODIFIED", "X-COURSE-ID", "METHOD",
        "X-WR-TIMEZONE", "X-WR-CALNAME",
    )
)  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,60})=("[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*')
_NO_CONTROLS = {code: None for code in range(32) if code != 9}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One property: its parameters by name in capitals, and its value as it stands."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a text, without escapes."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value).strip()

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of a list."""
        return tuple(Line(parameters={}, value=part).text for part in re.split(r"(?<!\\),", self.value) if part.strip())


@dataclass(slots=True, kw_only=True)
class Component:
    """An event, a task, or the calendar itself, with its lines by name in capitals."""

    name: str
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def first(self, name: str) -> Line | None:
        """The first line of a name."""
        return next(iter(self.lines.get(name, ())), None)

    def text(self, name: str) -> str:
        """The text of the first line of a name, "" where there is none."""
        line = self.first(name)
        return line.text if line else ""


def read_components(file: BinaryIO, *, name: str) -> Iterator[tuple[Component, Component]]:
    """Each component directly in a calendar, with the calendar as far as it was read; parts of components are left out.

    Raises InvalidInput for a file that is no calendar, that breaks off, or that is built to exhaust us.
    """
    open_components: list[Component] = []
    found = False
    for key, line in _properties(file, name):
        depth = len(open_components)
        if key == "BEGIN":
            _check_begin(line, depth, name)
            open_components.append(Component(name=line.value.strip().upper()))
            found = True
        elif key == "END" and depth:
            ended = open_components.pop()
            if depth == 2:
                yield open_components[0], ended
        elif key in _KEPT and 1 <= depth <= 2:
            _keep(open_components[-1], key, line, name)
    if not found:
        raise InvalidInput(f"{name} is no calendar: it does not begin with BEGIN:VCALENDAR.")
    if open_components:
        raise InvalidInput(f"{name} breaks off before the end of the calendar. Fetch it again.")


def _check_begin(line: Line, depth: int, name: str) -> None:
    kind = line.value.strip().upper()
    if depth == 0 and kind != "VCALENDAR":
        raise InvalidInput(f"{name} is no calendar: it begins with {kind[:40]}.")
    if depth >= _DEEPEST:
        raise InvalidInput(f"{name} is nested more than {_DEEPEST} deep and was not read.")


def _keep(component: Component, key: str, line: Line, name: str) -> None:
    known = component.lines.setdefault(key, [])
    known.append(line)
    if len(known) > _MOST_LINES:
        raise InvalidInput(f"{name} has an entry with more than {_MOST_LINES:,} lines of one kind and was not read.")


def _properties(file: BinaryIO, name: str) -> Iterator[tuple[str, Line]]:
    """The name of each property in capitals, and its parameters and value; what is not kept has no value."""
    for raw in _unfolded(file, name):
        text = _decoded(raw)
        named = _NAME.match(text)
        if named is None:
            continue
        parameters: dict[str, str] = {}
        place = named.end()
        while match := _PARAMETER.match(text, place):
            parameters[match[1].upper()] = match[2].strip('"')
            place = match.end()
        if text[place : place + 1] == ":":
            yield named[0].upper(), Line(parameters=parameters, value=text[place + 1 :])


def _unfolded(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Whole lines: one that begins with a space or a tab continues the one before."""
    gathered = bytearray()
    while True:
        piece = file.readline(_LONGEST_LINE)
        if len(piece) == _LONGEST_LINE and not piece.endswith(b"\n"):
            raise InvalidInput(f"{name} has a line of more than {_LONGEST_LINE:,} bytes, as no calendar has.")
        if piece[:1] in (b" ", b"\t") and gathered:
            if len(gathered) < _LONGEST_VALUE:
                gathered += piece[1:].rstrip(b"\r\n")
            continue
        if gathered:
            yield bytes(gathered)
        if not piece:
            return
        gathered = bytearray(piece.rstrip(b"\r\n"))


def _decoded(raw: bytes) -> str:
    """UTF-8, as the standard wants it; else the encoding of old office programs."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.translate(_NO_CONTROLS)

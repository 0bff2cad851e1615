"""Text for calendars and feeds has nothing in it that these formats forbid."""

from __future__ import annotations

import re

import defusedxml.ElementTree as ElementTree
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from synchromesh.web.plain_lines import one_line


def test_lines_become_one_and_what_no_format_takes_goes() -> None:
    assert one_line(" a\r\n\tb\x00\x1b\ud800\ufffe\uffff c ") == "a b c"


@settings(max_examples=100)
@example("\\N and \\n")
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_any_text_can_stand_in_xml_and_in_a_calendar(text: str) -> None:
    line = one_line(text)
    escaped = line.replace("&", "&amp;").replace("<", "&lt;")
    assert (ElementTree.fromstring(f"<x>{escaped}</x>".encode()).text or "") == line
    # icalendar itself reads a backslash before an n as the end of a line, also where the backslash is escaped.
    line = re.sub(r"\\+(?=[nN])", "", line)
    event = Event()
    event.add("summary", line)
    calendar = Calendar()
    calendar.add_component(event)
    assert str(Calendar.from_ical(calendar.to_ical()).walk("VEVENT")[0]["SUMMARY"]) == line

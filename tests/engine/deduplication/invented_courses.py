"""Courses for the tests of near duplicates: drawn at random, and written by hand with what is usual in a catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from synchromesh.engine.deduplication.courses import CourseProfile

ODD_TITLES = (
    "", " ", "X", "!!!", "…", "12.03.2027", "2027", "אבטחת כלי רכב", "تدريب على السلامة", "溶接の基礎", "a" * 5000,
    "\ud800 half", "\x00", "I", "🚗🔋", "Teil 1",
)  # fmt: skip
TEXT = (
    "In diesem Kurs üben Sie an drei verschiedenen Fahrzeugen. Sie lernen, ein Hochvoltsystem freizuschalten, gegen "
    "Wiedereinschalten zu sichern und die Spannungsfreiheit festzustellen. Am zweiten Tag messen Sie den Widerstand."
)
WORDS = (
    "battery", "safety", "welding", "robot", "Grundlagen", "Teil", "1", "2", "ISO", "14001", "hydrogène", "für", "II",
    "Montage", "Prüfung",
)  # fmt: skip

titles = st.one_of(
    st.sampled_from(ODD_TITLES),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
    st.text(max_size=30),
)
profiles = st.builds(
    CourseProfile,
    key=st.just(""),
    title=titles,
    language=st.sampled_from(("", "de", "en", "ar")),
    provider=st.sampled_from(("", "Akademie Ost", "Akademie Ost GmbH", "CLEPA", "e. V.")),
    address=st.sampled_from(("", "https://a.example", "https://a.example/de/1", "http://[", "no address", "//")),
    text=st.one_of(st.sampled_from(("", TEXT, TEXT[:90])), titles),
    minutes=st.sampled_from((None, 0, 480)),
    starts_on=st.lists(st.dates(date(2026, 1, 1), date(2026, 1, 9)), max_size=2, unique=True).map(tuple),
    places=st.sampled_from(((), ("Graz",))),
)


def keyed(courses: list[CourseProfile]) -> list[CourseProfile]:
    """Give each course a key of its own."""
    return [replace(course, key=f"k{number:04}") for number, course in enumerate(courses)]


catalogues = st.lists(profiles, max_size=12).map(keyed)


def course(key: str, title: str = "Hochvoltsysteme freischalten", **fields: object) -> CourseProfile:
    """A course of the Akademie Ost on high voltage; `fields` say what is different."""
    usual: dict[str, object] = {
        "language": "de", "provider": "Akademie Ost GmbH", "address": f"https://ost.example/kurse/{key}", "text": TEXT,
        "minutes": 960, "starts_on": (date(2026, 3, 2),),
    }  # fmt: skip
    return replace(CourseProfile(key=key, title=title), **(usual | fields))  # type: ignore[arg-type]


def background(count: int = 60) -> list[CourseProfile]:
    """Courses that have nothing to do with each other, so that words have their usual weights."""
    ways = ("Löten", "Fräsen", "Drehen", "Lackieren", "Kleben", "Stanzen", "Gießen", "Schleifen", "Bohren", "Härten")
    stuffs = ("Kunststoff", "Aluminium", "Kupfer", "Glas", "Gummi", "Holz")
    made = []
    for number in range(count):
        way, stuff, school = ways[number % 10], stuffs[number % 6], number % 9
        text = f"Wir {way.lower()} mit {stuff} und Werkzeug {number * 37 % 101}."
        made.append(
            course(
                f"b{number:03}", f"{way} von {stuff}teilen", provider=f"Schule {school}", text=text, starts_on=(),
                address=f"https://s{school}.example/{number}", minutes=60 + 7 * number,
            )
        )  # fmt: skip
    return made

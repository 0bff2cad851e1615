"""The course template: one row per run, nothing lost on the way out and back, every bad cell named."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import io
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from tests.engine.feeds.course_strategies import catalogues, random_catalogue, random_catalogues
from tests.engine.feeds.course_tables import read_bytes, read_rows, written

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import csv_template, read_feed
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, RunRecord, SkillLinkRecord, WholeFeed
from synchromesh.engine.tables.model import Row
from synchromesh.engine.tables.reading import open_table
from synchromesh.engine.tables.writing import write_csv, write_xlsx
from synchromesh.engine.vocabulary.money import Money


def placed(records: Sequence[CourseRecord]) -> tuple[CourseRecord, ...]:
    """Return the courses with the positions that they get when written: one row per run, at least one per course."""
    result, row = [], 2
    for course in records:
        numbered = tuple(
            dataclasses.replace(run, position=f"row {row + place}") for place, run in enumerate(course.runs)
        )
        result.append(dataclasses.replace(course, position=f"row {row}", runs=numbered))
        row += max(len(numbered), 1)
    return tuple(result)


def feed_of(*rows: dict[str, str]) -> WholeFeed:
    return read_rows(list(dict.fromkeys(["title", *(column for row in rows for column in row)])), *rows)


def reported(feed: WholeFeed) -> list[tuple[str, str]]:
    return [(problem.position, problem.field) for problem in feed.problems]


@settings(max_examples=25)
@given(catalogues)
def test_writing_and_reading_lose_nothing(records: list[CourseRecord]) -> None:
    assert read_bytes(written(records)) == WholeFeed(format="csv_template", courses=placed(records))


def test_five_hundred_catalogues_come_back_as_they_went() -> None:
    for seed, records in enumerate(random_catalogues(500)):
        assert read_bytes(written(records)) == WholeFeed(format="csv_template", courses=placed(records)), seed


def test_courses_of_500_catalogues_come_back_from_one_workbook() -> None:
    courses = [
        dataclasses.replace(course, external_id=f"{seed} {course.external_id}")
        for seed, records in enumerate(random_catalogues(500))
        for course in records
    ]
    table = open_table(io.BytesIO(written(courses)), name="courses.csv")
    rows = [row.cells for row in table.rows if isinstance(row, Row)]
    feed = read_bytes(write_xlsx(table.headings, rows, title="courses"))
    assert feed.problems == ()
    assert feed.courses == placed(courses)


def test_a_full_row_is_read() -> None:
    row = {
        "id": "c1", "Title": "Hochvolt", "text_language": "German", "provider": "Akademie", "provider_country": "de",
        "record_type": "course", "topics": "battery; safety", "outcomes": "Switch off; Prove dead",
        "languages": "de; EN", "mode": "On-Site", "minutes": "960", "price": "1.690,50", "currency": "eur",
        "certificate": "Attendance", "eqf_min": "3", "eqf_max": "4", "ects": "1,5", "url": "https://example.org",
        "skills": 'isolate-hv 0>2 "words"',
        "run_id": "1", "run_starts_on": "01.03.2026", "run_ends_on": "2026-03-02", "run_country": "DE",
        "run_nuts": "de11", "run_place": "Esslingen", "run_language": "de", "run_mode": "online", "run_seats": "12",
        "source_on": "2026-01-02",
    }  # fmt: skip
    feed = read_rows(list(row), row)
    assert feed.problems == ()
    (course,) = feed.courses
    assert (course.position, course.external_id, course.text_language, course.provider_country) == (
        "row 2",
        "c1",
        "de",
        "DE",
    )
    assert (course.topics, course.outcomes) == (("battery", "safety"), {"de": ("Switch off", "Prove dead")})
    assert (course.languages, course.mode, course.minutes) == (("de", "en"), "on-site", 960)
    assert (course.price, course.certificate) == (Money(cents=169_050), "attendance")
    assert (course.eqf_min, course.eqf_max, course.ects) == (3, 4, Decimal("1.5"))
    assert course.skills == (SkillLinkRecord(skill="isolate-hv", entry=0, level=2, quote="words"),)
    assert course.source_on == datetime.date(2026, 1, 2)
    assert course.runs == (
        RunRecord(
            position="row 2", external_id="1", starts_on=datetime.date(2026, 3, 1), ends_on=datetime.date(2026, 3, 2),
            dates_text="", country="DE", nuts="DE11", place="Esslingen", language="de", mode="online", deadline_on=None,
            seats=12,
        ),
    )  # fmt: skip


def test_an_unknown_price_is_not_a_free_course() -> None:
    feed = feed_of({"title": "A", "price": "free"}, {"title": "B", "price": ""}, {"title": "C", "price": "0"})
    assert [course.price for course in feed.courses] == [Money(cents=0), None, Money(cents=0)]


def test_rows_of_one_id_become_one_course_with_several_runs() -> None:
    feed = feed_of(
        {"id": "a", "title": "A", "price": "240", "run_starts_on": "2026-03-01"},
        {"id": "a", "run_starts_on": "2026-05-01"},
        {"id": "a", "title": "A", "price": "240,00", "run_starts_on": "2026-07-01"},
        {"id": "b", "title": "B", "run_starts_on": "2026-03-01"},
    )
    assert feed.problems == ()
    assert [(course.external_id, len(course.runs)) for course in feed.courses] == [("a", 3), ("b", 1)]
    assert [run.position for run in feed.courses[0].runs] == ["row 2", "row 3", "row 4"]


def test_a_row_of_a_course_that_has_ended_is_reported_and_not_a_second_course() -> None:
    feed = feed_of(
        {"id": "a", "title": "A", "run_id": "1"}, {"id": "b", "title": "B"}, {"id": "a", "title": "A", "run_id": "2"},
        {"id": "a", "run_id": "3"}, {"title": "C"}, {"title": "D"}, {"title": "C"},
    )  # fmt: skip
    assert [course.title for course in feed.courses] == ["A", "B", "C", "D"]
    assert reported(feed) == [("row 4", "id"), ("row 5", "id"), ("row 8", "title")]
    assert "Sort the table" in feed.problems[0].message


def test_courses_come_before_the_rest_of_the_file_is_read() -> None:
    class Watched(io.BytesIO):
        """A file that stops working once it is told to."""

        broken = False

        def read(self, size: int | None = -1) -> bytes:
            assert not self.broken
            return super().read(size)

        read1 = read

    file = Watched(written(random_catalogue(1)[:1]) + b"late,late\r\n" * 200_000)
    entries = csv_template.read(file, name="x", settings=ReadSettings())
    assert isinstance(next(entries), CourseRecord)
    file.broken = True
    with pytest.raises(AssertionError):
        list(entries)


def test_a_run_does_not_inherit_the_dates_of_the_first_row() -> None:
    feed = feed_of(
        {"id": "a", "title": "A", "run_id": "1", "run_starts_on": "2026-03-01", "run_place": "Ulm"},
        {"id": "a", "run_id": "2", "run_dates_text": "in autumn"},
    )
    assert (feed.courses[0].runs[1].starts_on, feed.courses[0].runs[1].place) == (None, "")


def test_a_further_row_that_says_something_else_about_the_course_is_reported() -> None:
    feed = feed_of(
        {"id": "a", "title": "A", "price": "240", "run_id": "1"},
        {"id": "a", "title": "Other", "price": "250", "run_id": "2"},
        {"id": "a", "run_id": "3"},
    )
    assert reported(feed) == [("row 3", "title"), ("row 3", "price")]
    assert [run.external_id for run in feed.courses[0].runs] == ["1", "3"]


def test_the_same_run_twice_and_a_row_that_adds_no_run_are_reported() -> None:
    feed = feed_of({"id": "a", "title": "A", "run_id": "1"}, {"id": "a", "run_id": "1"}, {"id": "a", "title": "A"})
    assert reported(feed) == [("row 3", "run_id"), ("row 4", "id")]


def test_further_rows_of_a_course_that_could_not_be_read_point_to_its_first_row() -> None:
    feed = feed_of(
        {"id": "a", "title": "A", "minutes": "long", "run_id": "1"},
        {"id": "a", "run_id": "2"},
        {"id": "a", "title": "A", "run_id": "3"},
    )
    assert reported(feed) == [("row 2", "minutes"), ("row 3", "title")]
    assert feed.problems[1].message.startswith("Row 2 ")
    assert [run.external_id for run in feed.courses[0].runs] == ["3"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("text_language", "Klingon"), ("provider_country", "Atlantis"), ("record_type", "event"),
     ("record_type", "Web Page"), ("languages", "de; klingon"), ("subtitles", "x"), ("mode", "somewhere"),
     ("minutes", "1.5"), ("minutes", "0"), ("price", "cheap"), ("price", "."), ("price", "USD 5"),
     ("certificate", "cake"),
     ("eqf_min", "9"), ("eqf_max", "1"), ("ects", "-1"), ("url", "example.org"), ("url", "javascript:alert(1)"),
     ("skills", "isolate-hv"), ("run_starts_on", "soon"), ("run_ends_on", "2026-02-01"), ("run_country", "D"),
     ("run_nuts", "Bavaria"), ("run_language", "?"), ("run_mode", "x"), ("run_deadline_on", "2026-13-01"),
     ("run_seats", "many"), ("source_url", "x"), ("source_on", "1/2/2026"),
     ("minutes", "long"), ("free", "perhaps"), ("provider_url", "x"), ("run_url", "ftp://a.org"), ("title_de", "B")],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_row_and_the_other_rows_load(field: str, value: str) -> None:
    sound = {"id": "a", "title": "A", "currency": "EUR", "eqf_min": "2", "run_id": "1", "run_starts_on": "2026-03-01",
             "text_language": "de"}  # fmt: skip
    feed = feed_of({**sound, field: value}, {"id": "b", "title": "B"})
    assert reported(feed) == [("row 2", field)]
    assert [course.external_id for course in feed.courses] == ["b"]


def test_events_and_pages_are_told_why_they_are_refused() -> None:
    feed = feed_of({"title": "A", "record_type": "Event"}, {"title": "B", "record_type": "page"})
    assert [problem.message[:22] for problem in feed.problems] == ["Events are not courses", "Pages are not courses."]


def test_unknown_columns_are_reported_once_each_and_ignored() -> None:
    feed = feed_of({"title": "A", "colour": "red"}, {"title": "B", "colour": "blue"})
    assert reported(feed) == [("file", "colour")]
    assert len(feed.courses) == 2


def test_a_course_without_id_gets_the_same_one_from_provider_and_title_every_time() -> None:
    first = feed_of({"title": "Hochvolt-Prüfung", "provider": "Akademie"}).courses[0].external_id
    again = feed_of({"title": "Other"}, {"title": "Hochvolt-Prüfung", "provider": "Akademie"}).courses[1].external_id
    assert first == again == "akademie-hochvolt-prufung"


def test_courses_in_other_scripts_without_id_stay_apart() -> None:
    feed = feed_of({"title": "Ασφάλεια", "provider": "KEK"}, {"title": "Μπαταρία", "provider": "KEK"})
    assert len({course.external_id for course in feed.courses}) == 2
    assert feed.problems == ()


def test_a_run_without_id_gets_one_from_start_place_and_language() -> None:
    feed = feed_of({"title": "A", "run_starts_on": "2026-03-01", "run_place": "Bad Tölz", "run_language": "de"})
    assert feed.courses[0].runs[0].external_id == "2026-03-01-bad-tolz-de"


def test_rows_without_title_and_id_do_not_point_to_each_other() -> None:
    feed = feed_of({"title": "", "provider": "X"}, {"title": "", "provider": "Y"})
    assert [problem.message for problem in feed.problems] == ["The cell is empty but needed."] * 2


def test_a_workbook_is_read_like_csv() -> None:
    data = write_xlsx(["Title", "Minutes", "Run starts on"], [["A", 90, datetime.date(2026, 3, 1)]], title="Courses")
    (course,) = read_bytes(data).courses
    assert (course.minutes, course.runs[0].starts_on) == (90, datetime.date(2026, 3, 1))


def test_a_table_without_titles_is_refused_with_what_is_missing_and_what_is_there() -> None:
    with pytest.raises(
        InvalidInput, match=r"lacks the column 'title'\. It has 'colour', 'price'\. .* which column is which"
    ) as refusal:
        read_bytes(b"colour,price\nA,1\n")
    assert refusal.value.field == "title"


@pytest.mark.parametrize(
    "data", [b'{"courses": []}', b"<rss/>", b"BEGIN:VCALENDAR", b"PK\x03\x04", b"\0\1", b"a,b\n1,2\n"]
)
def test_what_the_template_does_not_know_is_left_to_other_readers(data: bytes) -> None:
    assert csv_template.accepts(io.BytesIO(data), "https://example.org/feed") is False


def test_a_broken_table_is_refused_with_what_is_wrong_with_it() -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        read_feed(b"PK\x03\x04 cut short", name="courses.xlsx")
    with pytest.raises(InvalidInput, match="empty"):
        read_feed(b"", name="courses.csv")


def test_an_unknown_format_is_refused_with_the_formats_that_are_read() -> None:
    with pytest.raises(InvalidInput, match="course template"):
        read_feed(b"\x89PNG\r\n\x1a\n", name="https://example.org/logo.png")


def test_damaged_feeds_are_refused_or_read_around() -> None:
    rows = [
        {"id": "a", "title": 'Größe, "x"', "price": "240,50", "skills": 'a 0>1 "b"', "run_starts_on": "2026-03-01"},
        {"id": "a", "run_starts_on": "2026-04-01", "run_nuts": "DE11"},
        {"id": "b", "title": "B", "url": "https://example.org", "languages": "de; en", "ects": "1.5"},
    ]
    data = write_csv(csv_template.COLUMNS, rows)
    chance = random.Random(11)
    read = 0
    for _ in range(1_000):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(damaged))
            if chance.random() < 0.2:
                del damaged[place : place + chance.randint(1, 20)]
            else:
                damaged[place] = chance.randrange(256)
        with contextlib.suppress(InvalidInput):
            for entry in csv_template.read(io.BytesIO(damaged), name="x", settings=ReadSettings()):
                assert entry.position
            read += 1
    assert read > 100

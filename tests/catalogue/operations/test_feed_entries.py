"""What a feed says becomes entries that can be stored: each id once, each text with a language, nothing impossible."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest
from tests.records import course_row, csv_file

from synchromesh.catalogue.operations import feed_entries
from synchromesh.catalogue.operations.feed_entries import FeedEntries
from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.records import CourseRecord, Feed, RunRecord, SkillLinkRecord

GERMAN = "Die Teilnehmenden lernen, wie man Batterien sicher öffnet, prüft und wieder verschließt."
CZECH = "Účastníci se naučí, jak bezpečně otevřít a zkontrolovat baterii elektrického vozu."


class Outcome(NamedTuple):
    """What was read, what was wrong, how many rows stay out, and how many of these name no course."""

    records: list[CourseRecord]
    problems: list[Problem]
    left_out: int
    unreadable: int
    unnamed: set[str]


def _outcome(file: bytes, **options: Any) -> Outcome:
    problems: list[Problem] = []
    with FeedEntries(io.BytesIO(file), name="c.csv", options=options, report=problems.append) as entries:
        records = [record for chunk in entries.chunks() for record in chunk]
        notes = entries.notes
        return Outcome(records, problems, notes.count_left_out(), notes.count_unreadable(), notes.unnamed(["c1", "x"]))


def _read(*rows: dict[str, object], **options: Any) -> Outcome:
    return _outcome(csv_file(*rows), **options)


def _from(records: Iterable[CourseRecord | Problem], monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """As if a reader gave exactly these."""
    monkeypatch.setattr(feed_entries, "open_feed", lambda *_, **__: Feed(format="made up", entries=iter(records)))
    return _outcome(b"")


def _record(identity: str = "c1", **said: Any) -> CourseRecord:
    (record,) = _read(course_row(identity, text_language="en")).records
    return replace(record, position=f"row {identity[1:]}", **said)


def _run(**said: Any) -> RunRecord:
    (record,) = _read(course_row(run_id="r1", run_starts_on="2027-05-04")).records
    return replace(record.runs[0], **said)


@pytest.mark.parametrize(
    ("cells", "options", "language"),
    [
        ({"title": "Batterie", "description": GERMAN}, {}, "de"),
        ({"title": "Batterie", "description": CZECH}, {"language": "de"}, "cs"),
        ({"title": "Batterie", "description": GERMAN, "text_language": "nl"}, {}, "nl"),
        ({"title": "Basic 1"}, {"language": "hu"}, "hu"),
        ({"title": "Basic 1"}, {}, "en"),
    ],
)
def test_a_text_has_the_language_it_states_else_that_of_its_words_else_that_of_its_source(
    cells: dict[str, object], options: dict[str, str], language: str
) -> None:
    (record,), problems, *_ = _read(course_row("c1", **cells), **options)
    assert list(record.titles) == [language]
    assert not record.descriptions or list(record.descriptions) == [language]
    assert problems == []


def test_texts_without_a_language_stand_beside_those_that_state_one(monkeypatch: pytest.MonkeyPatch) -> None:
    said: dict[str, Any] = {
        "titles": {"en": "Batteries"},
        "summaries": {"": GERMAN},
        "descriptions": {"": "Kurz", "de": "Lang"},
    }
    (record,), *_ = _from([_record(**said)], monkeypatch)
    assert (record.titles, record.summaries) == ({"en": "Batteries"}, {"de": GERMAN})
    assert record.descriptions == {"de": "Lang"}


def test_an_id_stands_once_and_the_first_entry_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    records: list[CourseRecord | Problem] = [_record("c1"), _record("c2"), replace(_record("c1"), position="row 9")]
    read, problems, left_out, unreadable, _ = _from(records, monkeypatch)
    assert [record.position for record in read] == ["row 1", "row 2"]
    assert [(p.position, p.message) for p in problems] == [
        ("row 9", "The course 'c1' stands already at row 1. The row is left out.")
    ]
    assert (left_out, unreadable) == (1, 1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"external_id": ""}, "id"),
        ({"titles": {"en": "nul\0"}}, "titles"),
        ({"titles": {"en": "half \ud800 a sign"}}, "titles"),
        ({"titles": {"en": " "}}, "titles"),
        ({"titles": {"klingon": "Q"}}, "titles"),
        ({"mode": "by post"}, "mode"),
        ({"eqf_min": 6, "eqf_max": 5}, "eqf_max"),
        ({"minutes": 0}, "minutes"),
        ({"languages": ("xx",)}, "languages"),
        ({"url": "ftp://example.org"}, "url"),
        ({"external_id": "x" * 201}, "external_id"),
        ({"provider": "x" * 201}, "name"),
    ],
)
def test_what_a_reader_lets_through_and_no_database_takes_is_left_out(
    said: dict[str, Any], field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, problems, left_out, *_ = _from([_record(**said), _record("c2")], monkeypatch)
    assert [record.external_id for record in read] == ["c2"]
    assert {(problem.position, problem.field) for problem in problems} == {("row 1", field)}
    assert left_out == 1


def test_an_impossible_run_leaves_its_course_out(monkeypatch: pytest.MonkeyPatch) -> None:
    read, problems, *_ = _from([_record(runs=(_run(ends_on=date(2027, 5, 1)),))], monkeypatch)
    assert read == []
    assert [problem.field for problem in problems] == ["ends_on"]


def test_a_run_that_stands_twice_and_an_impossible_link_go_and_the_course_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    links = [SkillLinkRecord(skill=s, entry=entry, level=2, quote="") for s, entry in (("a", 2), ("b", 0))]
    record = _record(runs=(_run(), _run(place="Graz")), skills=tuple(links))
    (read,), problems, left_out, *_ = _from([record], monkeypatch)
    assert ([run.place for run in read.runs], [link.skill for link in read.skills]) == ([""], ["b"])
    assert {problem.field for problem in problems} == {"runs", "skills"}
    assert left_out == 0


def test_a_row_with_a_problem_that_loads_all_the_same_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    troubled = [Problem(position=place, field="", message="Odd.") for place in ("row 1", "row 5", "row 5", "file")]
    found = _from([troubled[0], _record("c1"), *troubled[1:]], monkeypatch)
    assert found.problems == troubled
    assert (found.left_out, found.unreadable, found.unnamed) == (1, 1, {"x"})


def test_entries_come_in_chunks_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    record = _record()

    def entries() -> Iterator[CourseRecord]:
        for number in range(7):
            given.append(number)
            yield replace(record, external_id=f"c{number}", position=f"row {number}")

    monkeypatch.setattr(feed_entries, "CHUNK", 3)
    monkeypatch.setattr(feed_entries, "open_feed", lambda *_, **__: Feed(format="f", entries=entries()))
    with FeedEntries(io.BytesIO(), name="f", options={}, report=print) as feed:
        sizes = [(len(chunk), len(given)) for chunk in feed.chunks()]
    assert sizes == [(3, 3), (3, 6), (1, 7)]

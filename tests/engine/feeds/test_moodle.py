"""Course lists of Moodle's web service."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.feeds.json_values import json_objects
from tests.engine.feeds.reading import accepts, as_bytes, only_course, read_with

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import moodle
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN
from synchromesh.engine.feeds.records import CourseRecord

SERVICE = "https://a.org/moodle/webservice/rest/server.php?wstoken=secret&wsfunction=core_course_get_courses"


def item(**members: Any) -> dict[str, object]:
    return {"id": 7, "shortname": "bb", "fullname": "Battery basics", "visible": 1, **members}


def read_item(**members: Any) -> CourseRecord:
    return only_course(moodle, [item(**members)])


def seconds(*time: int) -> int:
    return int(datetime.datetime(*time, tzinfo=datetime.UTC).timestamp())  # type: ignore[arg-type, misc]


def test_a_course_is_read_with_all_that_moodle_says() -> None:
    entry = item(
        displayname="Batteries", categoryid=3, categoryname="Energy &amp; storage", lang="de_at", summaryformat=1,
        summary="<p>Cells <b>and</b> packs</p><p>Safely</p>", startdate=seconds(2026, 3, 1, 8),
        enddate=seconds(2026, 3, 5, 16), timemodified=seconds(2026, 2, 3, 10), format="topics", numsections=5,
    )  # fmt: skip
    course = only_course(moodle, [entry], name=SERVICE, provider="Academy")
    assert course == replace(
        EMPTY_COURSE, position="[0]", external_id="7", titles={"": "Battery basics"}, keywords=("Energy & storage",),
        descriptions={"": "Cells and packs\n\nSafely"}, languages=("de",), provider="Academy",
        provider_url="https://a.org/moodle", url="https://a.org/moodle/course/view.php?id=7",
        source_on=datetime.date(2026, 2, 3),
        runs=(replace(
            EMPTY_RUN, position="[0] run 1", external_id="2026-03-01", starts_on=datetime.date(2026, 3, 1),
            ends_on=datetime.date(2026, 3, 5),
        ),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("document", "position"),
    [
        ([item()], "[0]"), ({"courses": [item()], "warnings": []}, "courses[0]"),
        ({"total": 1, "courses": [item()], "warnings": []}, "courses[0]"),
    ],
)  # fmt: skip
def test_the_lists_of_all_three_functions_are_read(document: object, position: str) -> None:
    assert accepts(moodle, document)
    assert only_course(moodle, document).position == position


@pytest.mark.parametrize(
    ("time", "day"),
    [
        (seconds(2026, 2, 28, 23), 1), (seconds(2026, 2, 28, 22), 1), (seconds(2026, 3, 1), 1),  # midnight in Europe
        (seconds(2026, 3, 1, 14), 1), (seconds(2026, 3, 1, 19, 45), 1), (seconds(2026, 3, 1, 22, 59), 1),
        (str(seconds(2026, 3, 1, 8)), 1),
    ],
)  # fmt: skip
def test_a_start_at_midnight_in_europe_is_not_the_evening_before(time: object, day: int) -> None:
    (run,) = read_item(startdate=time).runs
    assert run.starts_on == datetime.date(2026, 3, day)


def test_a_course_without_a_start_has_no_run_and_an_end_of_0_is_none() -> None:
    assert read_item(startdate=0, enddate=0).runs == ()
    assert read_item(startdate=seconds(2026, 3, 1), enddate=0).runs[0].ends_on is None


@pytest.mark.parametrize("visible", [0, "0", False])
def test_a_hidden_course_is_left_out_without_a_word(visible: object) -> None:
    assert read_with(moodle, [item(visible=visible)]) == ([], [])


@pytest.mark.parametrize("front", [{"id": 1}, {"id": "1"}, {"id": 9, "format": "site"}])
def test_the_front_page_of_the_site_is_no_course(front: dict[str, object]) -> None:
    courses, problems = read_with(moodle, [item(**front), item()])
    assert [course.position for course in courses] == ["[1]"]
    assert [(problem.position, "front page" in problem.message) for problem in problems] == [("[0]", True)]


@pytest.mark.parametrize(
    ("summary", "kind", "shown"),
    [
        ("a <b> c\n\nd", 2, "a <b> c\n\nd"),
        ("**a** &amp; b", 4, "**a** &amp; b"),
        ("a<br>b", 0, "a\nb"),
        ("a<br>b", None, "a\nb"),
    ],
)
def test_a_summary_is_html_unless_moodle_says_otherwise(summary: str, kind: object, shown: str) -> None:
    assert read_item(summary=summary, summaryformat=kind).descriptions == {"": shown}


def test_an_exception_of_moodle_is_told_and_never_the_token() -> None:
    told = "Invalid token - token not found"
    answer = {"exception": "moodle_exception", "errorcode": "invalidtoken", "message": told}
    assert accepts(moodle, answer)
    with pytest.raises(InvalidInput, match=r"refused to give its courses: Invalid token - token not found\.") as caught:
        read_with(moodle, answer, name=SERVICE)
    assert "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (7, ""),
        ({}, "id"),
        (item(id="x"), "id"),
        (item(id=-1), "id"),
        (item(fullname=None), "fullname"),
        (item(fullname=[]), "fullname"),
    ],
)
def test_what_is_no_course_is_left_out_alone(entry: object, field: str) -> None:
    courses, problems = read_with(moodle, [entry, item()])
    assert [course.position for course in courses] == ["[1]"]
    assert {problem.position for problem in problems} == {"[0]"}
    assert field in {problem.field for problem in problems}


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"startdate": "soon"}, "startdate"), ({"startdate": 10**18}, "startdate"), ({"lang": "xx"}, "lang"),
        ({"startdate": seconds(2026, 3, 2), "enddate": seconds(2026, 3, 1)}, "enddate"), ({"summary": {}}, "summary"),
        ({"categoryname": [1]}, "categoryname"), ({"timemodified": float("nan")}, "timemodified"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_of_the_course_and_named(members: dict[str, object], field: str) -> None:
    courses, problems = read_with(moodle, [item(**members)])
    assert len(courses) == 1
    assert [(problem.position, problem.field) for problem in problems] == [("[0]", field)]


@pytest.mark.parametrize(
    "document", [[], [{"id": 7}], {"courses": [{"id": 7}]}, {"courses": []}, {"message": "x"}, [[item()]]]
)
def test_documents_of_other_formats_are_left_alone(document: object) -> None:
    assert not accepts(moodle, document)


def test_an_empty_answer_holds_no_course() -> None:
    assert accepts(moodle, {"courses": [], "warnings": []})
    assert read_with(moodle, {"courses": [], "warnings": []}) == ([], [])


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(json_objects)
def test_no_value_in_a_list_breaks_the_reading(members: dict[str, Any]) -> None:
    document = [{**members, "id": 5, "fullname": "A", "visible": 1}, members, item(id=12345)]
    courses, _ = read_with(moodle, as_bytes(document))
    assert courses[-1].external_id == "12345"
    assert all(str(found).encode() for found in courses)

"""Instances of a schema.org course: which of them are runs, and what they say about the course."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from tests.engine.feeds.reading import only_course, read_with

from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.feeds.records import CourseRecord, RunRecord

DAY = datetime.date(2026, 3, 1)


def with_instances(*instances: object, **members: Any) -> CourseRecord:
    document = {"@context": "https://schema.org", "@type": "Course", "name": "A", "hasCourseInstance": list(instances)}
    return only_course(schema_org, {**document, **members})


def run_of(**members: Any) -> RunRecord:
    (run,) = with_instances({"@type": "CourseInstance", "startDate": "2026-03-01", **members}).runs
    return run


def test_an_instance_with_a_date_is_a_run_with_all_that_it_states() -> None:
    place = {
        "@type": "Place",
        "name": "Hall 2",
        "address": {
            "@type": "PostalAddress",
            "addressLocality": "Graz",
            "addressCountry": {"@type": "Country", "name": "AUT"},
        },
    }
    run = run_of(
        endDate="2026-03-05T17:00:00+01:00", location=place, inLanguage={"@type": "Language", "alternateName": "de"},
        courseMode=["onsite", "part-time"], maximumAttendeeCapacity="12", url="https://a.org/run",
        offers={"@type": "Offer", "availabilityEnds": "2026-02-20", "price": "10"}, identifier="r1",
    )  # fmt: skip
    assert run == RunRecord(
        position="file run 1", external_id="r1", starts_on=DAY, ends_on=datetime.date(2026, 3, 5), dates_text="",
        country="AT", nuts="", place="Hall 2, Graz", language="de", mode="on-site",
        deadline_on=datetime.date(2026, 2, 20), seats=12, url="https://a.org/run",
    )  # fmt: skip


def test_an_instance_without_date_place_or_id_tells_about_the_course_and_is_no_run() -> None:
    general = {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": "PT22H", "inLanguage": "en"}
    found = with_instances(general)
    assert (found.runs, found.mode, found.minutes, found.workload_text) == ((), "online", 1320, "")
    assert found.languages == ("en",)


@pytest.mark.parametrize("location", ["Graz, Hauptplatz", {"@type": "Place", "address": "Graz, Hauptplatz"}])
def test_a_place_may_be_words(location: object) -> None:
    assert run_of(location=location).place == "Graz, Hauptplatz"


@pytest.mark.parametrize(
    ("members", "mode"),
    [
        ({"courseMode": "Online"}, "online"), ({"courseMode": ["online", "onsite"]}, "blended"),
        ({"courseMode": "https://example.org/blended"}, "blended"), ({"courseMode": "full-time"}, ""),
        ({"eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode"}, "blended"),
        ({"eventAttendanceMode": "OfflineEventAttendanceMode"}, "on-site"),
        ({"location": {"@type": "VirtualLocation", "url": "https://a.org"}}, "online"),
        ({"location": [{"@type": "VirtualLocation"}, {"@type": "Place", "name": "Graz"}]}, "blended"),
        ({"location": {"@type": "Place", "name": "Graz"}}, ""), ({}, ""),
    ],
)  # fmt: skip
def test_the_form_of_a_run_is_read_from_words_and_from_the_place(members: dict[str, object], mode: str) -> None:
    assert run_of(**members).mode == mode


def test_the_course_has_the_form_and_the_languages_of_its_runs_where_it_states_none() -> None:
    runs = [{"@type": "CourseInstance", "startDate": f"2026-03-0{day}", "courseMode": "online", "inLanguage": code}
            for day, code in ((1, "de"), (2, "en"))]  # fmt: skip
    found = with_instances(*runs)
    assert (found.mode, found.languages) == ("online", ("de", "en"))
    assert with_instances(*runs, inLanguage="fr").languages == ("fr",)
    assert with_instances(runs[0], {**runs[1], "courseMode": "onsite"}).mode == ""


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"timeRequired": "PT90M"}, (90, "")), ({"courseWorkload": "2 hours a week"}, (None, "2 hours a week")),
        ({"courseWorkload": "12 Stunden"}, (720, "12 Stunden")),
        ({"timeRequired": {"@type": "Duration", "name": "PT1H"}}, (60, "")),
        ({"courseSchedule": {"@type": "Schedule", "duration": "PT3H", "repeatCount": 5}}, (900, "")),
        ({"courseSchedule": {"@type": "Schedule", "repeatFrequency": "Weekly", "repeatCount": 5}}, (None, "")),
        ({"duration": "PT16H"}, (960, "")), ({"duration": "P5D"}, (None, "")), ({"courseWorkload": "PT0S"}, (None, "")),
    ],
)  # fmt: skip
def test_the_workload_is_read_in_numbers_and_in_words(
    members: dict[str, object], expected: tuple[int | None, str]
) -> None:
    found = with_instances({"@type": "CourseInstance"}, **members)
    assert (found.minutes, found.workload_text) == expected
    if "timeRequired" not in members:  # which only a course has
        of_instance = with_instances({"@type": "CourseInstance", **members})
        assert (of_instance.minutes, of_instance.workload_text) == expected


def test_dates_in_words_are_kept_and_not_guessed() -> None:
    run = run_of(startDate="Spring 2026")
    assert (run.starts_on, run.dates_text, run.external_id) == (None, "Spring 2026", "spring-2026")
    assert run_of(courseSchedule={"@type": "Schedule", "description": "every Tuesday"}).dates_text == "every Tuesday"


def test_runs_have_ids_of_their_own_and_cancelled_ones_are_left_out() -> None:
    run = {"@type": "CourseInstance", "startDate": "2026-03-01", "location": "Graz"}
    found = with_instances(
        run, run, {**run, "identifier": "r"}, {**run, "eventStatus": "https://schema.org/EventCancelled"}
    )
    assert [one.external_id for one in found.runs] == ["2026-03-01-graz", "2026-03-01-graz-2", "r"]


def test_instances_that_no_course_names_are_courses_by_their_names() -> None:
    def instance(name: str, day: str) -> dict[str, object]:
        return {"@type": "CourseInstance", "name": name, "startDate": day, "organizer": {"name": "Academy"}}

    graph = [
        instance("A", "2026-03-01"),
        instance("B", "2026-03-02"),
        instance("A", "2026-03-03"),
        {"@type": "CourseInstance"},
    ]
    courses, problems = read_with(schema_org, {"@context": "https://schema.org", "@graph": graph})
    assert [(found.position, found.title, found.provider, len(found.runs)) for found in courses] == [
        ("@graph[0]", "A", "Academy", 2), ("@graph[1]", "B", "Academy", 1)
    ]  # fmt: skip
    assert [(problem.position, problem.field) for problem in problems] == [("@graph[3]", "name")]

"""MOOChub feeds: both versions read, the third written, valid against its schema."""

from __future__ import annotations

import datetime
import io
import json
import os
import uuid
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from tests.engine.feeds.course_strategies import catalogues, random_catalogue, random_catalogues, without_positions
from tests.engine.feeds.json_values import json_objects
from tests.engine.feeds.reading import accepts, as_bytes, only_course, read_with, written

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import moochub
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN, derived_run_id
from synchromesh.engine.feeds.readers._moochub_writing import held_runs, text_language
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.engine.vocabulary.money import Money

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
MOOCHUB = SHARED / "data" / "standards" / "moochub"
needs_standard = pytest.mark.skipif(
    not (MOOCHUB / "moochub-schema.json").is_file(),
    reason=f"The MOOChub schema is not in {MOOCHUB}. SYNCHROMESH_SHARED names the folder of data.",
)
DAY = datetime.date(2026, 3, 1)


def feed(*courses: object, **members: object) -> dict[str, object]:
    return {"links": {"self": "https://example.org/?page=1"}, "data": list(courses), **members}


def item(**attributes: Any) -> dict[str, object]:
    return {"id": "b1", "type": "Course", "attributes": {"name": "Battery basics", **attributes}}


def read_item(**attributes: Any) -> CourseRecord:
    return only_course(moochub, feed(item(**attributes)))


@needs_standard
def test_the_example_of_the_standard_is_read() -> None:
    course = only_course(moochub, (MOOCHUB / "example-0.json").read_bytes())
    assert course.external_id == "8978f51e-770c-4d0a-a2e3-23fae8f6aa79"
    assert course.titles == {"": "Course - the complete example"}
    assert "<p>" not in course.descriptions[""]
    assert (course.provider, course.languages, course.licence) == ("openHPI", ("en",), "CC-BY-SA-4.0")
    assert (course.minutes, course.workload_text) == (360, "3 h/week, P2W")
    assert (course.price, course.price_text) == (Money(cents=0), "certificate: 50.00 EUR")
    assert (course.certificate, course.ects, course.source_on) == ("certificate", None, datetime.date(2021, 11, 30))
    (run,) = course.runs
    assert (run.starts_on, run.ends_on) == (datetime.date(2021, 1, 13), datetime.date(2021, 1, 27))
    assert (run.country, run.place) == ("DE", "Hasso-Plattner-Institut, Potsdam")


@needs_standard
def test_the_example_of_the_standard_breaks_its_schema_and_names_the_next_page() -> None:
    data = (MOOCHUB / "example-0.json").read_bytes()
    schema = json.loads((MOOCHUB / "moochub-schema.json").read_bytes())
    assert list(Draft202012Validator(schema).iter_errors(json.loads(data)))  # and yet it was read above
    pages = moochub.follow(io.BytesIO(data), address="https://open.hpi.de/bridges/moochub/courses?page=2")
    assert pages == ("https://open.hpi.de/bridges/moochub/courses?page=3",)


def test_a_course_of_version_2_is_read() -> None:
    attributes = {
        "name": "Zellen", "abstract": "Kurz", "description": "<p>Lang</p>", "courseMode": "MOOC", "languages": ["de"],
        "startDate": "2026-03-01T00:00:00Z", "endDate": None, "availableUntil": None, "workload": 4, "duration": "P6W",
        "learningObjectives": ["Zellen prüfen", "Packs bauen"], "access": ["free"],
        "moocProvider": {"name": "Akademie", "url": "https://a.org", "logo": None}, "url": "/kurse/1",
        "courseLicenses": [{"id": "CC-BY-4.0", "url": None}], "partnerInstitutes": [{"name": "Anderer"}],
    }  # fmt: skip
    document = feed({"id": "z", "type": "courses", "attributes": attributes})
    course = only_course(moochub, document, name="https://a.org/feed")
    assert course == replace(
        EMPTY_COURSE, position="data[0]", external_id="z", titles={"": "Zellen"}, summaries={"": "Kurz"},
        descriptions={"": "Lang"}, outcomes={"": ("Zellen prüfen", "Packs bauen")}, languages=("de",),
        mode="online", minutes=1440, workload_text="4 h/week, P6W", price=Money(cents=0), provider="Akademie",
        provider_url="https://a.org", url="https://a.org/kurse/1", licence="CC-BY-4.0",
        runs=(replace(EMPTY_RUN, position="data[0] run 1", external_id="2026-03-01", starts_on=DAY),),
    )  # fmt: skip


def test_skills_are_outcomes_in_their_languages_and_subjects_are_keywords() -> None:
    labels = [{"inLanguage": "en", "name": "Testing"}, {"inLanguage": "de-DE", "name": "Prüfen"}]
    course = read_item(
        teaches=[{"name": labels, "educationalFramework": "ESCO"}, {"name": "Safety"}], keywords=["cells", "packs"],
        educationalAlignment=[{"name": labels, "shortCode": "0713"}], inLanguage=["de"],
    )  # fmt: skip
    assert course.outcomes == {"en": ("Testing",), "de": ("Prüfen",), "": ("Safety",)}
    assert course.keywords == ("cells", "packs", "Testing")


@pytest.mark.parametrize(
    ("attributes", "minutes", "words"),
    [
        ({"workload": {"timeValue": 3, "timeUnit": "h/week"}, "duration": "P14D"}, 360, "3 h/week, P14D"),
        ({"workload": {"timeValue": 2, "timeUnit": "h/day"}, "duration": "P5D"}, 600, "2 h/day, P5D"),
        ({"workload": {"timeValue": 3, "timeUnit": "h/week"}}, None, "3 h/week"), ({"duration": "P2W"}, None, "P2W"),
        ({"duration": "PT90M"}, 90, ""), ({"workload": None}, None, ""), ({"workload": "12 hours"}, 720, "12 hours"),
    ],
)  # fmt: skip
def test_the_workload_needs_hours_and_weeks(attributes: dict[str, object], minutes: int | None, words: str) -> None:
    course = read_item(**attributes)
    assert (course.minutes, course.workload_text) == (minutes, words)


def offer(price: object, category: str = "course", often: str = "one-time") -> dict[str, object]:
    return {"price": price, "priceCurrency": "EUR", "paymentFrequency": often, "category": category}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"offer": [offer(240.5)]}, (Money(cents=24050), "")),
        ({"offer": [offer(0), offer(50, "certificate")]}, (Money(cents=0), "certificate: 50.00 EUR")),
        ({"offer": [offer(90, "complete")]}, (Money(cents=9000), "complete: 90.00 EUR")),
        ({"offer": [offer(10, "course", "monthly")]}, (None, "course monthly: 10.00 EUR")),
        ({"offer": [offer(200), offer(240)]}, (None, "200.00 EUR; 240.00 EUR")),
        ({"offer": [offer(50, "certificate")]}, (None, "certificate: 50.00 EUR")),
        ({"access": ["free"]}, (Money(cents=0), "")), ({"access": ["paid"]}, (None, "")), ({}, (None, "")),
    ],
)  # fmt: skip
def test_the_price_is_that_of_taking_the_course(
    attributes: dict[str, object], expected: tuple[Money | None, str]
) -> None:
    course = read_item(**attributes)
    assert (course.price, course.price_text) == expected


def test_several_starts_are_several_runs_at_the_same_place() -> None:
    starts, ends = ["2026-03-01T08:00:00Z", "2026-09-01T08:00:00Z"], ["2026-03-08T08:00:00Z", "2026-09-08T08:00:00Z"]
    place = {"name": "Campus", "address": {"addressCountry": "at", "city": "Graz"}}
    runs = read_item(startDate=starts, endDate=ends, contentLocation=place, applicationDeadline=starts[0]).runs
    assert [(run.starts_on, run.ends_on, run.country, run.place, run.deadline_on) for run in runs] == [
        (DAY, datetime.date(2026, 3, 8), "AT", "Campus, Graz", None),
        (datetime.date(2026, 9, 1), datetime.date(2026, 9, 8), "AT", "Campus, Graz", None),
    ]
    assert len({run.external_id for run in runs}) == 2
    assert read_item(contentLocation={"name": "online", "url": "https://a.org"}).runs == ()
    (only,) = read_item(startDate=starts[:1], applicationDeadline=starts[1]).runs
    assert only.deadline_on == datetime.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("attributes", "field"),
    [
        ({"startDate": ["2026-13-01"]}, "startDate"), ({"startDate": 7.5}, "startDate"),
        ({"startDate": ["2026-03-01", "2026-04-01"], "endDate": ["2026-03-02"]}, "endDate"),
        ({"startDate": ["2026-03-02"], "endDate": ["2026-03-01"]}, "endDate"), ({"publisher": "A"}, "publisher"),
        ({"numberOfCredits": "many"}, "numberOfCredits"), ({"numberOfCredits": float("inf")}, "numberOfCredits"),
        ({"offer": [offer(-1)]}, "offer.price"), ({"inLanguage": ["xx"]}, "inLanguage"),
        ({"keywords": [{"a": 1}]}, "keywords"), ({"workload": [1]}, "workload"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_of_the_course_and_named(attributes: dict[str, object], field: str) -> None:
    courses, problems = read_with(moochub, feed(item(**attributes)))
    assert len(courses) == 1
    assert [(problem.position, problem.field) for problem in problems] == [("data[0]", f"attributes.{field}")]


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (7, ""), ({}, ""), ([], ""), (None, ""), ({"type": "Course"}, "attributes.name"),
        (item(name=" "), "attributes.name"),
        ({**item(), "type": "Event"}, "type"), ({**item(), "type": None}, "type"),
        ({**item(), "attributes": []}, "attributes"),
    ],
)  # fmt: skip
def test_what_is_no_course_is_left_out_alone(entry: object, field: str) -> None:
    courses, problems = read_with(moochub, feed(item(), entry, {**item(), "id": "b2"}))
    assert [course.position for course in courses] == ["data[0]", "data[2]"]
    assert problems[0].position == "data[1]"
    assert field in {problem.field for problem in problems}


def test_a_course_that_stands_twice_is_read_once() -> None:
    courses, problems = read_with(moochub, feed(item(), item()))
    assert (len(courses), [problem.position for problem in problems]) == (1, ["data[1]"])


def test_an_answer_with_errors_or_without_courses_is_refused_in_words() -> None:
    error = {"errors": [{"status": "403", "title": "Forbidden.", "detail": "No key."}]}
    assert accepts(moochub, error)
    with pytest.raises(InvalidInput, match=r"answered with an error: No key\. Ask"):
        read_with(moochub, error)
    with pytest.raises(InvalidInput, match="has no 'data'"):
        read_with(moochub, {"links": {}})
    with pytest.raises(InvalidInput, match="breaks off"):
        read_with(moochub, as_bytes(feed(item()))[:-3])


@pytest.mark.parametrize(
    ("links", "pages"),
    [
        ({"next": "https://a.org/?page=2"}, ("https://a.org/?page=2",)),
        ({"next": "?page=2"}, ("https://a.org/c?page=2",)),
        ({"next": {"href": "https://a.org/3"}}, ("https://a.org/3",)), ({"next": None}, ()), ({}, ()), (None, ()),
        ({"next": "https://a.org/c"}, ()), ({"next": "javascript:x"}, ()), ({"next": 7}, ()), ([], ()),
    ],
)  # fmt: skip
def test_the_next_page_is_followed(links: object, pages: tuple[str, ...]) -> None:
    for document in (feed(item(), links=links), {"data": [item()], "links": links}):
        assert moochub.follow(io.BytesIO(as_bytes(document)), address="https://a.org/c") == pages
    assert moochub.follow(io.BytesIO(b'{"data": ['), address="https://a.org/c") == ()


@pytest.mark.parametrize(
    "document",
    [
        {"data": [{"type": "articles", "attributes": {}}]}, {"data": []}, {"data": [1]}, {"courses": []}, [item()],
        {"@context": "https://schema.org", "@type": "Course"}, {"CFDocument": {}}, {"type": "Course", "attributes": {}},
    ],
)  # fmt: skip
def test_documents_of_other_formats_are_left_alone(document: object) -> None:
    assert not accepts(moochub, document)


def as_held(course: CourseRecord) -> CourseRecord:
    """What the format can hold of a course, as its docstring says."""
    written_in = text_language(course)
    runs = held_runs(course)
    ends = {run.ends_on for run in runs if run.ends_on}
    places = {(run.country, run.place) for run in runs}
    country, place = places.pop() if len(places) == 1 else ("", "")
    held = [
        replace(
            EMPTY_RUN, starts_on=run.starts_on, ends_on=run.ends_on if len(ends) == len(runs) else None,
            country=country, place=place, deadline_on=run.deadline_on if len(runs) == 1 else None,
        )
        for run in runs
    ]  # fmt: skip
    description = course.descriptions.get(written_in, "")
    return replace(
        EMPTY_COURSE, external_id=course.external_id, titles={"": course.titles[written_in]},
        descriptions={"": description} if description else {}, languages=course.languages,
        provider=course.provider, provider_url=course.provider_url, keywords=course.keywords, url=course.url,
        mode="on-site" if course.mode == "in-company" else course.mode, minutes=course.minutes, price=course.price,
        certificate=course.certificate if course.certificate in ("", "none", "attendance") else "certificate",
        ects=course.ects, source_on=course.source_on, licence=course.licence or "proprietary",
        accessibility=course.accessibility, origin=course.origin,
        runs=tuple(replace(run, external_id=derived_run_id(run)) for run in held),
    )  # fmt: skip


def read_back(courses: list[CourseRecord]) -> list[CourseRecord]:
    found, problems = read_with(moochub, written(moochub, courses))
    assert problems == []
    return without_positions(found)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues)
def test_nothing_that_the_format_can_hold_is_lost(courses: list[CourseRecord]) -> None:
    assert read_back(courses) == [as_held(course) for course in courses]


def test_nothing_that_the_format_can_hold_is_lost_of_500_random_catalogues() -> None:
    catalogues = enumerate(random_catalogues(500))
    wrong = [seed for seed, courses in catalogues if read_back(courses) != [as_held(one) for one in courses]]
    assert wrong == []


@pytest.mark.parametrize("identity", ["8978F51E-770C-4D0A-A2E3-23FAE8F6AA79", "x" * 36, "course 1", "{8978f51e}"])
def test_an_id_that_is_no_uuid_is_kept_beside_the_one_that_the_format_needs(identity: str) -> None:
    data = written(moochub, [replace(EMPTY_COURSE, external_id=identity, titles={"": "A"})])
    assert uuid.UUID(json.loads(data)["data"][0]["id"])
    assert only_course(moochub, data).external_id == identity


@needs_standard
def test_what_is_written_is_valid() -> None:
    schema = json.loads((MOOCHUB / "moochub-schema.json").read_bytes())
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for seed in range(30):
        document = json.loads(written(moochub, random_catalogue(seed)))
        assert [error.message for error in validator.iter_errors(document)] == []
    least = replace(EMPTY_COURSE, external_id="x", titles={"": "A"}, ects=Decimal("2.5"))
    document = json.loads(written(moochub, [least]))
    assert [error.message for error in validator.iter_errors(document)] == []


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(json_objects)
def test_no_value_in_a_feed_breaks_the_reading(members: dict[str, Any]) -> None:
    courses, _ = read_with(moochub, feed(item(**{**members, "name": "A"}), members, {**item(), "id": "last"}))
    assert courses[-1].external_id == "last"
    assert all(str(found).encode() for found in courses)

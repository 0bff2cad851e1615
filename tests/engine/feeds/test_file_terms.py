"""What a file of courses says about itself: it stands where the format has a place, and reading passes over it."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import replace

import pytest
from lxml import etree  # type: ignore[import-untyped]
from tests.engine.feeds.course_strategies import random_catalogue, without_positions

from synchromesh.engine.feeds.readers import csv_template, elm_opportunities, moochub, read_feed, schema_org
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE
from synchromesh.engine.feeds.records import CourseRecord, FileTerms

TERMS = FileTerms(
    title="All courses -- of --- us", publisher="R & D <Alliance>", licence="https://skills.example/terms",
    address="https://skills.example/data/courses", made_at=datetime.datetime(2026, 3, 1, 2, tzinfo=datetime.UTC),
)  # fmt: skip
FORMATS = {"a.csv": csv_template, "a.jsonld": schema_org, "a.json": moochub, "a.xml": elm_opportunities}


def written(name: str, courses: list[CourseRecord], terms: FileTerms | None) -> bytes:
    file = io.BytesIO()
    FORMATS[name].write(courses, file, terms=terms)
    return file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_courses_are_read_with_and_without_the_terms(name: str) -> None:
    courses = [
        replace(course, external_id=f"{seed} {course.external_id}")
        for seed in range(6)
        for course in random_catalogue(seed)
    ]
    plain, stated = (read_feed(written(name, courses, terms), name=name) for terms in (None, TERMS))
    assert len(plain.courses) == len(courses)
    assert stated.problems == plain.problems
    assert without_positions(stated.courses) == without_positions(plain.courses)


@pytest.mark.parametrize("name", ["a.jsonld", "a.json", "a.xml"])
def test_terms_and_date_stand_in_the_file(name: str) -> None:
    text = written(name, [], TERMS).decode()
    assert TERMS.licence in text
    assert "2026-03-01T02:00:00" in text


def test_two_hyphens_in_a_title_do_not_end_the_comment() -> None:
    root = etree.fromstring(written("a.xml", [replace(EMPTY_COURSE, external_id="x", titles={"": "A"})], TERMS))
    assert "All courses - - of - - - us. R & D <Alliance>" in root.getprevious().text


def test_a_page_of_the_moochub_names_itself_and_its_terms() -> None:
    page = json.loads(written("a.json", [], TERMS))
    assert page["links"]["self"] == TERMS.address
    assert page["meta"]["license"] == TERMS.licence
    assert page["data"] == []


def test_a_file_of_schema_org_is_a_data_feed_and_control_by_the_keyboard_a_property_of_its_own() -> None:
    course = replace(EMPTY_COURSE, external_id="x", titles={"": "A"}, accessibility=("captions", "keyboard"))
    feed, node = json.loads(written("a.jsonld", [course], TERMS))["@graph"]
    assert (feed["@type"], feed["license"]) == ("DataFeed", TERMS.licence)
    assert (node["accessibilityFeature"], node["accessibilityControl"]) == (["captions"], ["fullKeyboardControl"])

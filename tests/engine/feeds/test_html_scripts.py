"""Courses in the scripts of web pages: which scripts count, where they stand, and in which encoding."""

from __future__ import annotations

import io
import json

import pytest
from tests.engine.feeds.reading import accepts, read_with

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds import readers
from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.engine.plugins import discover

COURSE = {"@context": "https://schema.org", "@type": "Course", "name": "Grundlagen für Zellen"}
ADDRESS = "https://example.org/kurse/zellen"


def script(*values: object, kind: str = 'type="application/ld+json"') -> str:
    return "".join(f"<script {kind}>{json.dumps(value, ensure_ascii=False)}</script>" for value in values)


def page(body: str, language: str = "") -> str:
    return f"<!DOCTYPE html>\n<html{f' lang={language!r}' if language else ''}><body>{body}</body></html>"


def course_of(text: str | bytes) -> CourseRecord:
    assert accepts(schema_org, text)
    courses, problems = read_with(schema_org, text, name=ADDRESS)
    assert problems == []
    (found,) = courses
    return found


@pytest.mark.parametrize(
    "kind",
    ['type="application/ld+json"', "type=application/ld+json", "async TYPE='application/ld+json; charset=utf-8' id=x"],
)
def test_a_script_of_json_ld_is_read_however_its_type_is_written(kind: str) -> None:
    assert course_of(page(script(COURSE, kind=kind))).position == "script 1 course 1"


@pytest.mark.parametrize(
    "other",
    [script(COURSE, kind="type='text/javascript'"), script(COURSE, kind="data-x=1"), f"<!-- {script(COURSE)} -->"],
)
def test_other_scripts_and_comments_are_passed_over(other: str) -> None:
    found = course_of(page(other + script({**COURSE, "name": "Packs"})))
    assert (found.position, found.title) == ("script 1 course 1", "Packs")


@pytest.mark.parametrize(
    ("before", "after"), [("//<![CDATA[\n", "\n//]]>"), ("<!--\n", "\n-->"), ("/*<![CDATA[*/", "/*]]>*/"), (" \n", " ")]
)
def test_what_is_wrapped_around_a_script_is_taken_off(before: str, after: str) -> None:
    text = json.dumps(COURSE)
    assert course_of(page(f'<script type="application/ld+json">{before}{text}{after}</script>')).title == COURSE["name"]


@pytest.mark.parametrize("start", ["", "<?xml version='1.0'?>\n<!-- c -->", "\ufeff"])
def test_a_page_is_taken_by_this_reader_alone(start: str) -> None:
    for text in (page(script(COURSE)), page("no course"), "<html><head/></html>"):
        takers = [name for name, reader in discover(readers).items() if accepts(reader, start + text, "page.html")]
        assert takers == ["schema_org"]


def test_courses_of_a_page_are_counted_in_each_script_and_refer_across_scripts() -> None:
    school = {"@context": "https://schema.org", "@type": "Organization", "@id": "#s", "name": "Schule"}
    several = [{**COURSE, "identifier": str(number), "provider": {"@id": "#s"}} for number in range(3)]
    courses, problems = read_with(schema_org, page(script(several[0], several[1:], school)))
    assert [(found.position, found.provider) for found in courses] == [
        ("script 1 course 1", "Schule"), ("script 2 course 1", "Schule"), ("script 2 course 2", "Schule")
    ]  # fmt: skip
    assert problems == []


def test_a_broken_script_spoils_only_itself() -> None:
    courses, problems = read_with(schema_org, page("<script type='application/ld+json'>{,}</script>" + script(COURSE)))
    assert [found.position for found in courses] == ["script 2 course 1"]
    assert [(problem.position, "line 1 column 2" in problem.message) for problem in problems] == [("script 1", True)]


def test_what_describes_the_page_itself_is_passed_over_and_an_event_is_not() -> None:
    kinds = [{"@context": "https://schema.org", "@type": kind} for kind in ("WebPage", "WebSite", "ItemPage", "Event")]
    courses, problems = read_with(
        schema_org, page(script({"@context": "https://schema.org", "@graph": [*kinds, COURSE]}))
    )
    assert len(courses) == 1
    assert [problem.position for problem in problems] == ["script 1 @graph[3]"]
    _, problems = read_with(schema_org, page(script(kinds[0])))
    assert [problem.position for problem in problems] == ["page"]


def test_the_only_course_of_a_page_has_the_address_of_the_page() -> None:
    found = course_of(page(script(COURSE), language="de-AT"))
    assert (found.url, found.external_id, found.titles) == (ADDRESS, ADDRESS, {"de": COURSE["name"]})
    own = course_of(page(script({**COURSE, "url": "/kurse/9", "identifier": "9"})))
    assert (own.url, own.external_id) == ("https://example.org/kurse/9", "9")
    courses, _ = read_with(schema_org, page(script(COURSE, {**COURSE, "name": "Packs"})), name=ADDRESS)
    assert [found.url for found in courses] == ["", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_a_page_is_read_in_the_encoding_that_it_states(encoding: str) -> None:
    stated = page(f'<meta charset="{encoding.removesuffix("-sig")}">{script(COURSE)}')
    assert course_of(stated.encode(encoding)).title == COURSE["name"]
    assert course_of(page(script(COURSE)).encode(encoding)).title == COURSE["name"]


def test_a_page_without_course_data_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="no course data"):
        read_with(schema_org, page("<p>Hello</p><script type='application/ld+json'>{"))


@pytest.mark.parametrize(
    "noise", ["<script ", "<!--", "<script type='application/ld+json'>", "<html ", "</script", "< "]
)
def test_unfinished_marks_take_no_more_time_than_their_length(noise: str) -> None:
    text = page(script(COURSE) + noise * 200_000)
    courses, _ = read_with(schema_org, text)
    assert len(courses) == 1


def test_pages_that_a_list_names_are_followed_within_the_host() -> None:
    addresses = ["/kurse/1", "https://example.org/kurse/2", "https://other.org/3", ADDRESS, "/kurse/1"]
    listed = [{"@type": "ListItem", "position": 1, "url": address} for address in addresses]
    listed.append({"@type": "ListItem", "item": {"@id": "https://example.org/kurse/4", "name": "Vier"}})
    document = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": listed}
    expected = tuple(f"https://example.org/kurse/{number}" for number in (1, 2, 4))
    for text in (json.dumps(document), page(script(document))):
        assert schema_org.follow(io.BytesIO(text.encode()), address=ADDRESS) == expected
        courses, problems = read_with(schema_org, text)
        assert courses == []
        assert ["names 6 pages" in problem.message for problem in problems] == [True]
    assert schema_org.follow(io.BytesIO(b'{"@context": '), address=ADDRESS) == ()

"""XCRI-CAP: courses and their presentations."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest

from synchromesh.engine.errors import Problem
from synchromesh.engine.feeds.readers import xcri_cap
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings
from synchromesh.engine.vocabulary.money import Money

HEAD = (
    '<catalog xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:mlo="http://purl.org/net/mlo" xmlns:credit="http://purl.org/net/cm" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:dcterms="http://purl.org/dc/terms/" generated="2026-01-01T00:00:00Z">'
)
PROVIDER = "<dc:identifier>https://n.example/</dc:identifier><dc:title>North College</dc:title><mlo:url>https://n.example/</mlo:url>"


def catalog(*courses: str) -> bytes:
    return f'{HEAD}<provider xml:lang="en">{PROVIDER}{"".join(courses)}</provider></catalog>'.encode()


def course_xml(*parts: str, title: str = "Battery repair") -> str:
    return f"<course><dc:title>{title}</dc:title>{''.join(parts)}</course>"


def presentation(*parts: str) -> str:
    return f"<presentation>{''.join(parts)}</presentation>"


def read(data: bytes, *, language: str = "", provider: str = "", currency: str = "") -> list[CourseRecord | Problem]:
    return list(
        xcri_cap.read(
            io.BytesIO(data),
            name="feed.xml",
            settings=ReadSettings(language=language, provider=provider, currency=currency),
        )
    )


def course(*parts: str, **settings: str) -> CourseRecord:
    (found,) = read(catalog(course_xml(*parts)), **settings)
    assert isinstance(found, CourseRecord), found
    return found


FULL_PRESENTATION = presentation(
    "<dc:identifier>p-1</dc:identifier>",
    '<mlo:start dtf="2027-03-01">1 March 2027</mlo:start><end>2027-03-05</end>',
    '<mlo:duration interval="PT30H">one week</mlo:duration><applyUntil dtf="2027-02-01">1 Feb</applyUntil>',
    '<applyTo>https://n.example/apply</applyTo><attendanceMode identifier="MM">Mixed mode</attendanceMode>',
    "<mlo:languageOfInstruction>en</mlo:languageOfInstruction><mlo:places>12</mlo:places><mlo:cost>£ 240</mlo:cost>",
    "<venue><provider><dc:title>Main site</dc:title><mlo:location><mlo:town>Leeds</mlo:town></mlo:location></provider>",
    "</venue>",
)


def test_a_presentation_is_a_run() -> None:
    (run,) = course(FULL_PRESENTATION).runs
    assert run.external_id == "p-1"
    assert (run.starts_on, run.ends_on) == (datetime.date(2027, 3, 1), datetime.date(2027, 3, 5))
    assert run.deadline_on == datetime.date(2027, 2, 1)
    assert (run.mode, run.language, run.seats, run.place) == ("blended", "en", 12, "Leeds")
    assert run.url == "https://n.example/apply"
    assert run.position == "course 1 presentation 1"


def test_cost_and_duration_of_the_presentations_belong_to_the_course() -> None:
    found = course(FULL_PRESENTATION, FULL_PRESENTATION)
    assert (found.price, found.price_text) == (Money(cents=24_000, currency="GBP"), "£ 240")
    assert (found.minutes, found.workload_text) == (1800, "one week")
    assert (found.mode, found.languages) == ("blended", ("en",))
    assert [run.external_id for run in found.runs] == ["p-1", "p-1-2"]


def test_where_presentations_differ_the_course_says_nothing() -> None:
    found = course(FULL_PRESENTATION, presentation("<dc:identifier>p-2</dc:identifier><mlo:cost>free</mlo:cost>"))
    assert (found.price, found.price_text, found.minutes, found.mode) == (None, "", None, "")


def test_a_course_tells_what_it_is_about() -> None:
    found = course(
        '<dc:description xsi:type="courseDataProgramme:metadataKeywords">cells, packs</dc:description>',
        "<dc:description><xhtml:div><xhtml:p>First.</xhtml:p><xhtml:p>Second.</xhtml:p></xhtml:div></dc:description>",
        "<dc:description xml:lang='cy'>Cymraeg</dc:description><mlo:objective>To repair.</mlo:objective>",
        "<dc:identifier xsi:type='x:internal'>4711</dc:identifier><dc:identifier>https://n.example/c/1</dc:identifier>",
        "<dc:subject>Batteries</dc:subject><mlo:url>https://n.example/c/1</mlo:url><abstract>Short.</abstract>",
        "<learningOutcome><xhtml:ul><xhtml:li>Open a pack</xhtml:li><xhtml:li>Test a cell</xhtml:li></xhtml:ul>",
        "</learningOutcome>",
    )
    assert found.external_id == found.url == "https://n.example/c/1"
    assert (found.provider, found.provider_url) == ("North College", "https://n.example/")
    assert found.descriptions["en"].split() == ["First.", "Second.", "To", "repair."]
    assert found.descriptions["cy"] == "Cymraeg"
    assert found.summaries == {"en": "Short."}
    assert found.outcomes == {"en": ("Open a pack", "Test a cell")}
    assert found.keywords == ("Batteries", "cells", "packs")


@pytest.mark.parametrize(
    ("xml", "mode"),
    [
        ('<attendanceMode identifier="CM">Campus</attendanceMode>', "on-site"),
        ('<attendanceMode identifier="DS"/>', "self-study"),
        ("<attendanceMode>WB</attendanceMode>", "in-company"),
        ("<attendanceMode>Online (no attendance)</attendanceMode>", "online"),
        ("<attendanceMode>as agreed</attendanceMode>", ""),
    ],
)
def test_the_mode_of_attendance_is_read_from_its_code_or_its_words(xml: str, mode: str) -> None:
    assert course(presentation(xml)).mode == mode


def test_british_levels_and_points_are_not_converted() -> None:
    found = course(
        "<mlo:qualification><dc:title>HNC</dc:title><dcterms:educationLevel>RQF 4</dcterms:educationLevel>",
        "</mlo:qualification><mlo:credit><credit:scheme>CATS</credit:scheme><credit:value>20</credit:value></mlo:credit>",
    )
    assert (found.eqf_min, found.eqf_text, found.ects, found.certificate) == (None, "RQF 4", None, "qualification")


def test_ects_points_are_read() -> None:
    credit = "<mlo:credit><credit:scheme>ECTS</credit:scheme><credit:value>7.5</credit:value></mlo:credit>"
    assert course(credit).ects == Decimal("7.5")


@pytest.mark.parametrize(
    ("cost", "currency", "price"),
    [
        ("155.00", "", None),
        ("155.00", "GBP", Money(cents=15_500, currency="GBP")),
        ("free", "", Money(cents=0, currency="EUR")),
        ("0.0000", "GBP", None),
        ("UK fee: GBP155.00; Ireland fee: GBP340.00", "GBP", None),
    ],
)
def test_a_price_is_read_only_where_it_is_stated_exactly(cost: str, currency: str, price: Money | None) -> None:
    found = course(presentation(f"<mlo:cost>{cost}</mlo:cost>"), currency=currency)
    assert (found.price, found.price_text) == (price, cost)


def test_dates_in_words_stay_words() -> None:
    (run,) = course(presentation("<mlo:start>September each year</mlo:start>")).runs
    assert (run.starts_on, run.dates_text) == (None, "September each year")
    (run,) = course(presentation("<mlo:start>1900-01-01</mlo:start>")).runs
    assert (run.starts_on, run.dates_text) == (None, "")


def test_a_run_that_ends_before_it_starts_loses_its_end_and_says_so() -> None:
    dates = '<mlo:start dtf="2027-03-05"/><end dtf="2027-03-01"/>'
    found, problem = read(catalog(course_xml(presentation(dates))))
    assert isinstance(found, CourseRecord)
    assert found.runs[0].ends_on is None
    assert isinstance(problem, Problem)
    assert problem.position == "course 1 presentation 1"


@pytest.mark.parametrize(
    ("xml", "field"),
    [
        ("<course><mlo:url>https://n.example/c</mlo:url></course>", "title"),
        ('<course recstatus="3"><dc:title>Old</dc:title></course>', "recstatus"),
        (course_xml("<dc:type>Event</dc:type>"), "type"),
    ],
)
def test_what_is_no_course_any_more_is_left_out_with_the_reason(xml: str, field: str) -> None:
    (problem,) = read(catalog(xml))
    assert isinstance(problem, Problem)
    assert problem.field == field


def test_version_1_1_in_one_namespace_and_without_an_id_is_read_too() -> None:
    data = b"""<catalog xmlns="http://xcri.org/profiles/catalog"><provider><title>South</title><course>
        <title>Wiring</title><presentation><start>2027-01-10</start><venue><town>York</town></venue></presentation>
        </course></provider></catalog>"""
    assert xcri_cap.accepts(io.BytesIO(data), "feed.xml")
    (found,) = read(data)
    assert isinstance(found, CourseRecord)
    assert (found.external_id, found.provider) == ("south-wiring", "South")
    assert [(run.external_id, run.place) for run in found.runs] == [("2027-01-10-york", "York")]


def test_each_provider_of_a_catalog_has_its_own_courses() -> None:
    providers = "".join(
        f"<provider><dc:title>{name}</dc:title>{course_xml() * 3}</provider>" for name in ("North", "South")
    )
    found = read(f"{HEAD}{providers}</catalog>".encode())
    assert [course.provider for course in found if isinstance(course, CourseRecord)] == ["North"] * 3 + ["South"] * 3


def test_another_catalog_is_left_alone() -> None:
    data = b'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="a" uri="b"/></catalog>'
    assert not xcri_cap.accepts(io.BytesIO(data), "catalog.xml")

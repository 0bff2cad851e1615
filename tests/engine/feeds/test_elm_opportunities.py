"""Learning opportunities of the European Learning Model: read, written, and valid against the schema of the Union."""

from __future__ import annotations

import datetime
import io
import os
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from lxml import etree  # type: ignore[import-untyped]
from tests.engine.feeds.course_strategies import courses, random_catalogues, without_positions

from synchromesh.engine.errors import InvalidInput, Problem
from synchromesh.engine.feeds.readers import elm_opportunities
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN
from synchromesh.engine.feeds.records import CourseRecord, ReadSettings, WholeFeed
from synchromesh.engine.vocabulary.money import Money

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
LOQ = SHARED / "data" / "standards" / "edc" / "xsd" / "loq"
needs_schema = pytest.mark.skipif(
    not (LOQ / "loq.xsd").is_file(),
    reason=f"The schema of the European Learning Model is not in {LOQ}. SYNCHROMESH_SHARED names the folder of data.",
)
HEAD = (
    '<Courses xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/" xmlns:dc="http://purl.org/dc/terms/" '
    'xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
)
CONCEPTS = "http://data.europa.eu/snb"


def written(courses: Iterable[CourseRecord]) -> bytes:
    file = io.BytesIO()
    elm_opportunities.write(courses, file)
    return file.getvalue()


def whole(data: bytes) -> WholeFeed:
    entries = list(elm_opportunities.read(io.BytesIO(data), name="loq.xml", settings=ReadSettings()))
    return WholeFeed(
        format="elm_opportunities",
        courses=tuple(entry for entry in entries if isinstance(entry, CourseRecord)),
        problems=tuple(entry for entry in entries if isinstance(entry, Problem)),
    )


def read(*sections: str) -> WholeFeed:
    return whole(f"{HEAD}{''.join(sections)}</Courses>".encode())


def opportunities(*elements: str) -> str:
    return f"<learningOpportunityReferences>{''.join(elements)}</learningOpportunityReferences>"


def opportunity(inner: str = "", *, identifier: str = "urn:o:1", title: str = "High voltage") -> str:
    return f'<learningOpportunity id="{identifier}"><title language="en">{title}</title>{inner}</learningOpportunity>'


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(LOQ / "loq.xsd"))


def faults(data: bytes) -> list[str]:
    schema().validate(etree.fromstring(data))
    return [str(fault) for fault in schema().error_log]


@pytest.mark.conformance
@needs_schema
@pytest.mark.parametrize("name", ["loq.xml", "loq_withLearningAchievementSpecification.xml"])
def test_the_samples_of_the_union_are_read_without_problems(name: str) -> None:
    feed = whole((LOQ / name).read_bytes())
    assert feed.problems == ()
    (course,) = feed.courses
    assert course.external_id == "http://LOP-01"
    assert course.titles == {"en": "Yopx", "nl": "roY6hw"}
    assert course.outcomes["nl"] == ("tpO", "ZdG9pTOwNEoWCgDPnAVD9_YH7rUOc")
    assert [(run.external_id, run.starts_on) for run in course.runs] == [("http://LOP-02", datetime.date(2022, 12, 7))]


@pytest.mark.conformance
@needs_schema
@given(course=courses)
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_what_is_written_keeps_to_the_schema(course: CourseRecord) -> None:
    assert faults(written([course])) == []


@given(course=courses)
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_a_course_with_any_texts_is_read_back_as_it_was_written(course: CourseRecord) -> None:
    feed = whole(written([course]))
    assert feed.problems == ()
    assert without_positions(feed.courses) == [course]


def test_500_random_catalogues_are_read_back_as_they_were_written() -> None:
    for seed, catalogue in enumerate(random_catalogues(500)):
        feed = whole(written(catalogue))
        assert feed.problems == (), seed
        assert without_positions(feed.courses) == catalogue, seed


@pytest.mark.conformance
@needs_schema
def test_what_the_schema_does_not_list_is_not_written_where_it_lists() -> None:
    places = (("PT", "PT1A0"), ("XK", "XK00"), ("TF", ""), ("ZZ", "ZZ99"), ("DE", "DE1"), ("AT", "AT111"), ("", "Q"))
    runs = tuple(
        replace(EMPTY_RUN, external_id=f"{number}", country=country, nuts=nuts, language="sh")
        for number, (country, nuts) in enumerate(places)
    )
    course = replace(
        EMPTY_COURSE,
        external_id="1",
        titles={"": "\x0cCourse \ud800\uffff"},
        price=Money(cents=100, currency="QQQ"),
        url="http://a.org/[x]#a#b%zz",
        languages=("sh",),
        runs=runs,
    )
    data = written([course])
    assert faults(data) == []
    (found,) = whole(data).courses
    assert [(run.country, run.nuts) for run in found.runs] == list(places)
    assert found.titles == {"": "Course"}
    assert found.price is None
    assert found.url == "http://a.org/%5Bx%5D#a%23b%25zz"


def test_a_course_without_an_id_gets_one_of_its_provider_and_title() -> None:
    (found,) = whole(written([replace(EMPTY_COURSE, titles={"en": "Wiring"}, provider="North")])).courses
    assert found.external_id == "north-wiring"


@pytest.mark.parametrize(
    "courses_with_one_id",
    [
        [
            replace(EMPTY_COURSE, external_id="1", titles={"en": "A"}),
            replace(EMPTY_COURSE, external_id="1", titles={"en": "B"}),
        ],
        [replace(EMPTY_COURSE, titles={"en": "A"}, runs=(replace(EMPTY_RUN, external_id="r"),) * 2)],
    ],
)
def test_two_of_one_id_are_not_written(courses_with_one_id: list[CourseRecord]) -> None:
    with pytest.raises(InvalidInput, match="stands twice"):
        written(courses_with_one_id)


def test_a_document_without_courses_is_read_as_one() -> None:
    data = written([])
    assert elm_opportunities.accepts(io.BytesIO(data), "x")
    assert whole(data).courses == ()


def test_an_opportunity_describes_the_one_run_that_it_has_itself() -> None:
    feed = read(
        opportunities(
            opportunity(
                "<temporal><startDate>2027-03-01T09:00:00Z</startDate><endDate>2027-02-01T00:00:00</endDate></temporal>"
                "<applicationDeadline>2027-01-01T00:00:00</applicationDeadline>"
                "<applicationDeadline>2027-02-01T00:00:00</applicationDeadline><location idref='l'/>"
            )
        ),
        "<locationReferences><location id='l'><geographicName language='de'>Wien</geographicName><address>"
        "<fullAddress><noteLiteral language='de'>Ring 1</noteLiteral></fullAddress>"
        "<countryCode uri='http://publications.europa.eu/resource/authority/country/AUT'/></address>"
        "<spatialCode uri='http://data.europa.eu/nuts/code/AT13'/></location></locationReferences>",
    )
    ((run,),) = (course.runs for course in feed.courses)
    assert (run.starts_on, run.ends_on) == (datetime.date(2027, 3, 1), None)
    assert run.deadline_on == datetime.date(2027, 2, 1)
    assert (run.country, run.nuts, run.place) == ("AT", "AT13", "Wien")
    assert run.external_id == "2027-03-01-wien"
    (problem,) = feed.problems
    assert problem.message == "It ends on 2027-02-01, before it starts on 2027-03-01. The end is left empty."


CLASS = f'<type uri="{CONCEPTS}/learning-opportunity/7e1ac538db"/>'
START = "<temporal><startDate>2027-03-01T00:00:00</startDate></temporal>"


@pytest.mark.parametrize(
    ("whole_parts", "class_parts"), [('<hasPart idref="urn:o:2"/>', ""), ("", '<isPartOf idref="urn:o:1"/>')]
)
def test_a_part_of_the_type_class_is_a_run_whichever_names_the_other(whole_parts: str, class_parts: str) -> None:
    inner = CLASS + START + class_parts
    feed = read(opportunities(opportunity(inner, identifier="urn:o:2"), opportunity(whole_parts)))
    (course,) = feed.courses
    assert course.external_id == "urn:o:1"
    assert [(run.external_id, run.starts_on) for run in course.runs] == [("urn:o:2", datetime.date(2027, 3, 1))]


def test_parts_of_another_type_and_classes_of_nothing_are_courses() -> None:
    module = f'<type uri="{CONCEPTS}/learning-opportunity/0f7dac46ca"/>'
    feed = read(
        opportunities(
            opportunity('<hasPart idref="urn:o:2"/>'),
            opportunity(module, identifier="urn:o:2"),
            opportunity(CLASS, identifier="urn:o:3"),
        )
    )
    assert [(course.external_id, course.record_type) for course in feed.courses] == [
        ("urn:o:1", ""),
        ("urn:o:2", "programme module"),
        ("urn:o:3", "class"),
    ]


def test_what_is_learnt_stands_in_the_specification() -> None:
    feed = read(
        opportunities(opportunity('<learningAchievementSpecification idref="s"/><providedBy idref="a"/>')),
        "<learningAchievementSpecificationReferences><qualification id='s'>"
        "<description language='en'>What one can do.</description><category language='en'>cells</category>"
        "<volumeOfLearning>PT60H</volumeOfLearning>"
        f"<creditPoint><framework uri='{CONCEPTS}/education-credit/6fcec5c5af'/>"
        f"<point>2,5</point></creditPoint><EQFLevel uri='{CONCEPTS}/eqf/5'/><educationLevel uri='{CONCEPTS}/eqf/4'/>"
        "<educationSubject uri='urn:x'><skos:prefLabel language='en'>Batteries</skos:prefLabel></educationSubject>"
        f"<mode uri='{CONCEPTS}/learning-assessment/920fbb3cbe'/>"
        f"<mode uri='{CONCEPTS}/learning-assessment/9191af2ed9'/>"
        "<language uri='http://publications.europa.eu/resource/authority/language/CES'/>"
        "<learningOutcome idref='o'/><learningOutcome idref='nowhere'/></qualification>"
        "</learningAchievementSpecificationReferences>",
        "<learningOutcomeReferences><learningOutcome id='o'><title language='en'>Open a pack</title>"
        "<relatedESCOSkill uri='http://data.europa.eu/esco/skill/1'><skos:notation>S1</skos:notation>"
        "</relatedESCOSkill>"
        "</learningOutcome></learningOutcomeReferences>",
        "<agentReferences><organisation id='a'><legalName language='cs'>Škola</legalName></organisation>"
        "</agentReferences>",
    )
    (course,) = feed.courses
    assert course.descriptions == {"en": "What one can do."}
    assert course.outcomes == {"en": ("Open a pack",)}
    assert (course.minutes, course.ects) == (3600, Decimal("2.5"))
    assert (course.eqf_min, course.eqf_max, course.certificate) == (4, 5, "qualification")
    assert course.keywords == ("cells", "Batteries")
    assert (course.mode, course.languages, course.provider) == ("blended", ("cs",), "Škola")
    assert course.skills == ()


@pytest.mark.parametrize(
    ("amounts", "price"),
    [
        ((("EUR", "240.5"),), Money(cents=24_050)),
        ((("EUR", "240"), ("EUR", "240.00")), Money(cents=24_000)),
        ((("EUR", "240"), ("EUR", "120")), None),
        ((("EUR", "NaN"),), None),
        ((("EUR", "-1"),), None),
        ((("", "5"),), None),
    ],
)
def test_a_price_is_read_where_all_that_are_stated_agree(
    amounts: tuple[tuple[str, str], ...], price: Money | None
) -> None:
    details = "".join(
        f'<priceDetail><amount><unit uri="http://publications.europa.eu/resource/authority/currency/{currency}"/>'
        f"<value>{value}</value></amount><description language='en'>per person</description></priceDetail>"
        for currency, value in amounts
    )
    (course,) = read(opportunities(opportunity(details))).courses
    assert (course.price, course.price_text) == (price, "per person")


def test_an_opportunity_without_a_title_is_a_problem() -> None:
    (problem,) = read(opportunities("<learningOpportunity id='x'/>")).problems
    assert (problem.position, problem.field) == ("learningOpportunity 1", "title")


def test_titles_in_several_languages_keep_their_order_and_the_first_is_the_main_one() -> None:
    titles = '<title language="nl">Een</title><title language="en">One</title><title language="und">Uno</title>'
    (course,) = read(opportunities(f"<learningOpportunity id='x'>{titles}</learningOpportunity>")).courses
    assert list(course.titles.items()) == [("nl", "Een"), ("en", "One"), ("", "Uno")]


def test_a_broken_document_is_refused() -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        whole(written([replace(EMPTY_COURSE, external_id="1", titles={"en": "A"})])[:-30])


def test_other_courses_in_xml_are_left_alone() -> None:
    assert not elm_opportunities.accepts(io.BytesIO(b"<Courses><course/></Courses>"), "x")

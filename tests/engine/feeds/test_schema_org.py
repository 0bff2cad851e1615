"""schema.org courses: every form in which pages and files state them, and what is no course."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.feeds.json_values import json_objects
from tests.engine.feeds.reading import accepts, as_bytes, only_course, read_with

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import schema_org
from synchromesh.engine.feeds.records import CourseRecord
from synchromesh.engine.vocabulary.money import Money

CONTEXT = {"@context": "https://schema.org"}


def course(**members: Any) -> dict[str, Any]:
    return {**CONTEXT, "@type": "Course", "name": "Battery basics", **members}


def read_course(**members: Any) -> CourseRecord:
    return only_course(schema_org, course(**members))


def test_a_course_with_what_pages_usually_state() -> None:
    found = read_course(
        description="<p>Cells &amp; packs</p><ul><li>one</li><li>two</li></ul><script>track()</script>",
        provider={"@type": "Organization", "name": "Academy", "sameAs": "https://a.org",
                  "address": {"@type": "PostalAddress", "addressCountry": "Österreich"}},
        url="https://a.org/b", inLanguage="de-AT", keywords="cells, packs",
        about=["Chemistry", {"@type": "Thing", "name": "Storage, large"}],
        offers={"@type": "Offer", "category": "Paid", "price": 240.5, "priceCurrency": "EUR"},
        educationalCredentialAwarded="Teilnahmebescheinigung", educationalLevel="EQF 4–5",
        numberOfCredits={"@type": "StructuredValue", "name": "ECTS", "value": "2.5"},
        teaches=["Test cells", {"@type": "DefinedTerm", "name": "Build packs"}], timeRequired="PT12H",
        license="https://creativecommons.org/licenses/by/4.0/", dateModified="2026-02-03T10:00:00+01:00",
    )  # fmt: skip
    assert found.titles == {"": "Battery basics"}
    assert found.descriptions == {"": "Cells & packs\n\n- one\n- two"}
    assert (found.provider, found.provider_country, found.provider_url) == ("Academy", "AT", "https://a.org")
    assert (found.url, found.external_id, found.languages) == ("https://a.org/b", "https://a.org/b", ("de",))
    assert found.keywords == ("cells", "packs", "Chemistry", "Storage, large")
    assert (found.price, found.certificate, found.minutes) == (Money(cents=24050), "attendance", 720)
    assert (found.eqf_min, found.eqf_max, found.eqf_text, found.ects) == (4, 5, "EQF 4–5", Decimal("2.5"))
    assert found.outcomes == {"": ("Test cells", "Build packs")}
    assert found.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert found.source_on == datetime.date(2026, 2, 3)


@pytest.mark.parametrize(
    ("document", "positions"),
    [
        (course(), ["file"]),
        ([course(), course(name="Second")], ["[0]", "[1]"]),
        ({**CONTEXT, "@graph": [course(), course(name="Second")]}, ["@graph[0]", "@graph[1]"]),
        ({**CONTEXT, "@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": course()}, course(name="Second")]},
         ["itemListElement[0]", "itemListElement[1]"]),
        ({**CONTEXT, "@type": "WebPage", "mainEntity": course()}, ["mainEntity"]),
        ({**CONTEXT, "@type": "School", "hasOfferCatalog": {"@type": "OfferCatalog", "itemListElement": [
            {"@type": "Offer", "itemOffered": course()}]}}, ["hasOfferCatalog.itemListElement[0].itemOffered"]),
        ({"@context": "http://schema.org/", "@type": ["Course", "Product"], "name": "A"}, ["file"]),
        ({"@type": "http://schema.org/Course", "http://schema.org/name": [{"@value": "A"}]}, ["file"]),
        ({"@context": {"schema": "https://schema.org/"}, "@type": "schema:Course", "schema:name": "A"}, ["file"]),
        ({"@context": {"@vocab": "http://schema.org/"}, "type": "Course", "name": {"@set": ["A"]}}, ["file"]),
    ],
)  # fmt: skip
def test_courses_are_found_wherever_a_document_lists_them(document: object, positions: list[str]) -> None:
    assert accepts(schema_org, document)
    courses, problems = read_with(schema_org, document)
    assert ([found.position for found in courses], problems) == (positions, [])


def test_nodes_refer_to_each_other_by_id() -> None:
    document = {**CONTEXT, "@graph": [
        {"@id": "#school", "@type": "Organization", "name": "Academy"},
        {"@id": "#run", "@type": "CourseInstance", "startDate": "2026-03-01", "location": {"@id": "#place"}},
        {"@id": "#place", "@type": "Place", "name": "Hall 2"},
        {"@id": "#c", "@type": "Course", "name": "Battery basics", "provider": {"@id": "#school"},
         "hasCourseInstance": {"@id": "#run"}},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@id": "#c"}}]},
        {"@id": "#c", "description": "More about it"},
    ]}  # fmt: skip
    found = only_course(schema_org, document)
    assert (found.external_id, found.provider, found.descriptions) == ("#c", "Academy", {"": "More about it"})
    assert [(run.starts_on, run.place) for run in found.runs] == [(datetime.date(2026, 3, 1), "Hall 2")]


def test_references_in_a_circle_end() -> None:
    document = {**CONTEXT, "@graph": [
        {"@id": "#a", "@type": "ItemList", "itemListElement": {"@id": "#b"}},
        {"@id": "#b", "@type": "ItemList", "itemListElement": {"@id": "#a"}},
        {"@id": "#c", "@type": "Course", "name": "A", "provider": {"@id": "#c"}, "hasCourseInstance": {"@id": "#c"}},
    ]}  # fmt: skip
    courses, _ = read_with(schema_org, document)
    assert [found.titles for found in courses] == [{"": "A"}]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ({"@value": "A", "@language": "de-CH"}, {"de": "A"}),
        ([{"@value": "A", "@language": "en"}, {"@value": "B", "@language": "fr"}], {"en": "A", "fr": "B"}),
        ({"en": "A", "de": ["B"]}, {"en": "A", "de": "B"}),
        ({"@value": "A"}, {"": "A"}),
        ("  A\n &amp;   B ", {"": "A & B"}),
    ],
)
def test_texts_come_in_their_languages(name: object, titles: dict[str, str]) -> None:
    assert read_course(name=name).titles == titles


@pytest.mark.parametrize(
    ("context", "settings", "language"),
    [
        (["https://schema.org", {"@language": "cs"}], "fr", "cs"),
        ("https://schema.org", "fr", "fr"),
        ("https://schema.org", "", ""),  # a course in German may be described in English
    ],
)
def test_the_language_of_plain_texts_is_the_nearest_that_is_stated(
    context: object, settings: str, language: str
) -> None:
    document = {
        "@context": context,
        "@type": "Course",
        "name": "A",
        "inLanguage": {"@type": "Language", "name": "German"},
    }
    found = only_course(schema_org, document, language=settings)
    assert (found.titles, found.languages) == ({language: "A"}, ("de",))


@pytest.mark.parametrize(
    ("members", "identity"),
    [
        ({"identifier": {"@type": "PropertyValue", "propertyID": "x", "value": 17}, "@id": "https://a.org/1"}, "17"),
        ({"@id": "https://a.org/1", "courseCode": "B1"}, "https://a.org/1"),
        ({"@id": "_:b0", "courseCode": "B1", "url": "https://a.org/1"}, "B1"),
        ({"@id": "#course", "url": "https://a.org/1"}, "https://a.org/1"),
        ({"provider": "Academy"}, "academy-battery-basics"),
    ],
)
def test_the_id_of_a_course_is_the_best_that_is_stated(members: dict[str, object], identity: str) -> None:
    assert read_course(**members).external_id == identity


def test_settings_hold_where_the_document_says_nothing() -> None:
    found = only_course(schema_org, course(offers={"price": 90}), provider="Academy", currency="CZK", language="cs")
    assert (found.provider, found.price, found.titles) == (
        "Academy",
        Money(cents=9000, currency="CZK"),
        {"cs": "Battery basics"},
    )


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"isBasedOn": "https://b.org/x"}, {"source": "", "source_url": "https://b.org/x"}),
        ({"isBasedOn": {"@type": "CreativeWork", "name": "B", "url": "https://b.org"}},
         {"source": "B", "source_url": "https://b.org"}),
        ({"educationalAlignment": {"educationalFramework": "EQF", "targetName": "5"}},
         {"eqf_min": 5, "eqf_max": 5, "eqf_text": "EQF 5"}),
        ({"educationalLevel": {"@type": "DefinedTerm", "inDefinedTermSet": "EQF", "termCode": "6"}},
         {"eqf_min": 6, "eqf_text": "EQF 6"}),
        ({"educationalLevel": "Beginner"}, {"eqf_min": None, "eqf_text": "Beginner"}),
        ({"numberOfCredits": "2,5 ECTS"}, {"ects": Decimal("2.5")}), ({"numberOfCredits": 5}, {"ects": None}),
        ({"numberOfCredits": {"value": 0, "unitText": "ECTS"}}, {"ects": None}),
        ({"educationalCredentialAwarded": "https://example.org/badge"}, {"certificate": ""}),
        ({"educationalCredentialAwarded": ["Diploma of the academy"]}, {"certificate": "qualification"}),
        ({"license": {"@type": "CreativeWork", "name": "CC BY 4.0"}}, {"licence": "CC BY 4.0"}),
        ({"provider": {"@type": "Person", "name": "A B"}}, {"provider": "A B"}),
        ({"publisher": "Academy", "author": {"@type": "Person", "name": "A B"}}, {"provider": "Academy"}),
        ({"provider": {"name": "A", "url": "www.a.org"}}, {"provider": "A", "provider_url": "https://www.a.org"}),
        ({"mainEntityOfPage": {"@id": "https://a.org/1"}}, {"url": "https://a.org/1"}),
        ({"learningResourceType": ["https://w3id.org/kim/hcrt/course", "Workshop"]}, {"record_type": "Workshop"}),
        ({"keywords": {"@value": "a, b", "@language": "en"}}, {"keywords": ("a", "b")}),
        ({"abstract": {"@type": "TextObject", "text": {"@value": "Kurz", "@language": "de"}}},
         {"summaries": {"de": "Kurz"}}),
    ],
)  # fmt: skip
def test_properties_are_read_in_all_their_forms(members: dict[str, object], expected: dict[str, object]) -> None:
    found = read_course(**members)
    assert {name: getattr(found, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("Event", "Events are not courses"), ("https://schema.org/EducationEvent", "Events are not courses"),
        ("WebPage", "Pages are not courses"), ("FAQPage", "Pages are not courses"),
        ("NewsArticle", "Articles are not courses"), ("JobPosting", "Articles are not courses"),
        ("EducationalOccupationalProgram", "A programme is not a course"), ("Product", "'Product' is not a course"),
    ],
)  # fmt: skip
def test_what_is_no_course_is_refused_by_its_kind(kind: str, message: str) -> None:
    courses, problems = read_with(schema_org, {**CONTEXT, "@graph": [{"@type": kind, "name": "A"}, course()]})
    assert [found.position for found in courses] == ["@graph[1]"]
    (problem,) = problems
    assert (problem.position, problem.field) == ("@graph[0]", "@type")
    assert message in problem.message


def test_what_only_describes_a_site_is_passed_over_beside_a_course() -> None:
    kinds = ("Organization", "WebSite", "BreadcrumbList", "Person", "ImageObject", "EducationalOrganization")
    trail = {"itemListElement": [{"@type": "ListItem", "item": {"@id": "https://a.org", "name": "Home"}}]}
    others = [{"@type": kind, "name": "A", **(trail if kind == "BreadcrumbList" else {})} for kind in kinds]
    assert only_course(schema_org, {**CONTEXT, "@graph": [*others, course()]}).position == "@graph[6]"
    courses, problems = read_with(schema_org, {**CONTEXT, "@graph": others})
    assert courses == []
    assert [problem.position for problem in problems] == ["file"]
    assert "It describes: Organization, WebSite" in problems[0].message


@pytest.mark.parametrize(
    "entry", [7, "text", True, {"name": "A"}, {"@type": "Course"}, {"@type": "Course", "name": " "}]
)
def test_an_entry_that_cannot_be_a_course_is_left_out_alone(entry: object) -> None:
    courses, problems = read_with(schema_org, [course(), entry, course(name="Second")])
    assert [found.position for found in courses] == ["[0]", "[2]"]
    assert {problem.position for problem in problems} == {"[1]"}


def test_a_course_that_stands_twice_is_read_once() -> None:
    courses, problems = read_with(schema_org, [course(identifier="b1"), course(identifier="b1", name="Second")])
    assert [found.position for found in courses] == ["[0]"]
    assert [(problem.position, "already at [0]" in problem.message) for problem in problems] == [("[1]", True)]


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"description": 7.5}, "description"), ({"description": [True]}, "description"),
        ({"provider": [[7]], "inLanguage": "Klingon"}, "inLanguage"), ({"dateModified": "2026-02-31"}, "dateModified"),
        ({"offers": {"price": -5, "priceCurrency": "EUR"}}, "offers[0].price"),
        ({"offers": {"price": float("nan"), "priceCurrency": "EUR"}}, "offers[0].price"),
        ({"offers": {"price": 10**30, "priceCurrency": "EUR"}}, "offers[0].price"),
        ({"url": "https://[broken"}, "url"), ({"description": "x" * 50_001}, "description"),
        ({"educationalAlignment": {"targetName": "s", "identifier": {"propertyID": "skill level", "maxValue": 9}}},
         "educationalAlignment[0].identifier[0].maxValue"),
        ({"hasCourseInstance": [{"startDate": "2026-13-01"}]}, "hasCourseInstance[0].startDate"),
        ({"hasCourseInstance": [{"startDate": "2026-03-02", "endDate": "2026-03-01"}]}, "hasCourseInstance[0].endDate"),
        ({"hasCourseInstance": [{"startDate": "2026-03-02", "maximumAttendeeCapacity": "many"}]},
         "hasCourseInstance[0].maximumAttendeeCapacity"),
        ({"hasCourseInstance": [{"identifier": str(number)} for number in range(2_001)]}, "hasCourseInstance"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_of_the_course_and_named(members: dict[str, object], field: str) -> None:
    courses, problems = read_with(schema_org, course(**members))
    assert len(courses) == 1
    assert {problem.position for problem in problems} == {"file"}
    assert problems[0].field == field


def test_a_key_that_stands_twice_is_named_and_its_last_value_read() -> None:
    text = '{"@type": "Course", "name": "A", "name": "B", "provider": {"name": 1, "name": "P"}}'
    courses, problems = read_with(schema_org, text)
    assert [(found.titles, found.provider) for found in courses] == [({"": "B"}, "P")]
    assert {problem.field for problem in problems} == {"name", "provider[0].name"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Course", "name": ',
        '{"@type": "Course",, }',
        "[" * 5_000 + "]" * 5_000,
        '{"a": "\xff"}'.encode("latin-1"),
    ],
)
def test_a_document_that_is_no_sound_json_is_refused_whole(text: object) -> None:
    with pytest.raises(InvalidInput, match=r"JSON"):
        read_with(schema_org, text)


@pytest.mark.parametrize(
    "document",
    [
        {"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": [{"@type": ["skos:Concept"]}]},
        {"@context": "https://w3id.org/openbadges/v2", "@type": "Course", "name": "A"},
        {"format": "synchromesh-framework", "format_version": 1, "families": []},
        {"CFDocument": {"title": "A"}, "CFItems": []}, {"data": [{"type": "Course", "attributes": {}}]},
        [{"id": 2, "shortname": "a", "fullname": "A"}], {"type": "Course", "name": "A"}, "<rss></rss>", "<urlset/>",
    ],
)  # fmt: skip
def test_documents_of_other_formats_are_left_alone(document: object) -> None:
    assert not accepts(schema_org, document)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(json_objects)
def test_no_value_in_a_course_breaks_the_reading(members: dict[str, Any]) -> None:
    document = {**CONTEXT, "@graph": [{**members, "@type": "Course", "name": "A"}, members, course(identifier="last")]}
    for data in (as_bytes(document), b'<html><script type="application/ld+json">%b</script>' % as_bytes(document)):
        courses, _ = read_with(schema_org, data)
        assert courses[-1].external_id == "last"
        assert all(str(found).encode() for found in courses)

"""Courses as RDF of the European Learning Model: sound Turtle, and valid against the SHACL shapes of the Union."""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS
from tests.engine.feeds.course_strategies import random_catalogue

from synchromesh.engine.feeds import elm_turtle
from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN
from synchromesh.engine.feeds.records import CourseRecord, FileTerms, SkillLinkRecord

SHARED = Path(os.environ.get("SYNCHROMESH_SHARED") or Path(__file__).parents[4] / "shared")
SHAPES = SHARED / "data" / "standards" / "edc" / "rdf" / "ap" / "loq" / "LOQ-constraints.ttl"
needs_shapes = pytest.mark.skipif(
    not SHAPES.is_file(),
    reason=f"The shapes of the European Learning Model are not at {SHAPES}. SYNCHROMESH_SHARED names the folder.",
)
ELM = Namespace("http://data.europa.eu/snb/model/elm/")
ADDRESS = "https://skills.example/id/course/1"
TERMS = FileTerms(
    title='All "courses"', publisher="Alliance", licence="https://skills.example/terms",
    address="https://skills.example/data/courses.ttl", made_at=datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC),
)  # fmt: skip


def graph_of(courses: Iterable[CourseRecord], terms: FileTerms | None = None) -> Graph:
    file = io.BytesIO()
    names: dict[int, str] = {}

    def address_of(course: CourseRecord) -> str:
        return names.setdefault(id(course), f"https://skills.example/id/course/{len(names) + 1}")

    elm_turtle.write(courses, file, address_of=address_of, terms=terms)
    return Graph().parse(data=file.getvalue(), format="turtle")


@cache
def shapes() -> Graph:
    """The shapes, but with patterns of addresses in the syntax of Python: they are written for Java (`\\p{L}`)."""
    text = SHAPES.read_text(encoding="utf-8")
    text, found = re.subn(r'sh:pattern "\^\(.+" ?;', 'sh:pattern "^https?://[^/]" ;', text)
    assert found >= 2
    return Graph().parse(data=re.sub(r"owl:imports \w+:;", "", text), format="turtle")


def faults(graph: Graph) -> str:
    conforms, _, words = pyshacl.validate(graph, shacl_graph=shapes())
    return "" if conforms else str(words)


@pytest.mark.conformance
@needs_shapes
def test_whatever_a_course_states_is_valid_against_the_shapes() -> None:
    courses = [course for seed in range(25) for course in random_catalogue(seed)]
    assert len(courses) > 40
    assert faults(graph_of(courses, TERMS)) == ""


@pytest.mark.conformance
@needs_shapes
def test_a_course_with_a_title_only_is_valid_and_a_damaged_one_is_not() -> None:
    graph = graph_of([replace(EMPTY_COURSE, external_id="x", titles={"": "A"})])
    assert faults(graph) == ""
    graph.remove((URIRef(ADDRESS), DCTERMS.title, None))
    assert "title" in faults(graph)


def test_a_course_has_its_address_its_title_in_its_language_and_its_provider() -> None:
    course = replace(
        EMPTY_COURSE, titles={"de": 'Hoch"volt\\', "": "HV"}, provider="Akademie", provider_country="AT",
        url="https://a.org/kurs 1", languages=("de",),
    )  # fmt: skip
    graph = graph_of([course])
    subject = URIRef(ADDRESS)
    assert set(graph.objects(subject, DCTERMS.title)) == {Literal('Hoch"volt\\', lang="de"), Literal("HV", lang="und")}
    (page,) = graph.objects(subject, FOAF.homepage)
    assert str(graph.value(page, ELM.contentUrl)) == "https://a.org/kurs%201"
    (provider,) = graph.objects(subject, ELM.providedBy)
    assert graph.value(provider, RDF.type) == ELM.Organisation


def test_a_course_without_a_page_of_its_own_has_the_address_here() -> None:
    graph = graph_of([replace(EMPTY_COURSE, titles={"en": "A"})])
    (page,) = graph.objects(URIRef(ADDRESS), FOAF.homepage)
    assert str(graph.value(page, ELM.contentUrl)) == ADDRESS


def test_a_skill_is_a_concept_under_its_address_and_its_levels_stand_in_a_note() -> None:
    skill = "https://skills.example/id/skill/7"
    link = SkillLinkRecord(skill=skill, entry=0, level=2, quote="isolate it")
    graph = graph_of([replace(EMPTY_COURSE, titles={"en": "A"}, skills=(link,))])
    (outcome,) = graph.subjects(ELM.relatedSkill, URIRef(skill))
    assert (URIRef(skill), RDF.type, SKOS.Concept) in graph
    assert str(graph.value(outcome, DCTERMS.title)) == "isolate it"
    note = graph.value(outcome, ELM.additionalNote)
    assert skill in str(graph.value(note, ELM.noteLiteral))


def test_an_invented_course_says_so() -> None:
    graph = graph_of([replace(EMPTY_COURSE, titles={"en": "A"}, origin="example")])
    assert Literal("example", lang="und") in set(graph.objects(None, ELM.noteLiteral))


def test_runs_are_parts_with_their_days() -> None:
    days = (datetime.date(2026, 5, 1), datetime.date(2026, 5, 3))
    run = replace(EMPTY_RUN, external_id="1", starts_on=days[0], ends_on=days[1], country="DE", place="Ulm")
    graph = graph_of([replace(EMPTY_COURSE, titles={"en": "A"}, runs=(run, replace(run, external_id="2")))])
    parts = set(graph.objects(URIRef(ADDRESS), ELM.hasPart))
    assert parts == {URIRef(f"{ADDRESS}#run-1"), URIRef(f"{ADDRESS}#run-2")}
    assert {str(day) for day in graph.objects(None, ELM.startDate)} == {"2026-05-01T00:00:00"}


def test_the_file_says_what_it_is_who_publishes_it_and_on_what_terms() -> None:
    graph = graph_of([], TERMS)
    subject = URIRef(TERMS.address)
    assert graph.value(subject, DCTERMS.license) == URIRef(TERMS.licence)
    assert graph.value(subject, DCTERMS.title) == Literal(TERMS.title, lang="en")
    assert str(graph.value(subject, DCTERMS.modified)).startswith("2026-03-01T00:00:00")

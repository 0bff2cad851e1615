"""Large schema.org files are read entry by entry, with the same result as small ones."""

from __future__ import annotations

import json

import pytest
from tests.engine.feeds.course_strategies import random_catalogue, without_positions
from tests.engine.feeds.reading import read_with, written

from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.readers import _schema_documents, _schema_nodes, schema_org


@pytest.fixture
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_schema_documents, "LARGEST_DOCUMENT", 10)


@pytest.mark.usefixtures("_every_file_is_large")
def test_a_large_file_comes_back_as_it_was_written() -> None:
    courses = next(found for seed in range(100) if len(found := random_catalogue(seed)) == 4)
    found, problems = read_with(schema_org, written(schema_org, courses))
    assert (without_positions(found), problems) == (courses, [])
    assert [course.position for course in found] == [f"@graph[{number}]" for number in range(4)]


REFERRING = [
    {"@type": "Course", "name": "A", "provider": {"@id": "#s"}, "hasCourseInstance": [{"@id": "#r"}]},
    {"@type": "CourseInstance", "@id": "#r", "startDate": "2026-03-01"},
    {"@type": "Organization", "@id": "#s", "name": "Academy"},
    {"@type": "Course", "name": "B", "provider": {"@type": "Organization", "@id": "#t", "name": "School"}},
    {"@type": "Course", "name": "C", "provider": {"@id": "#t"}},
    {"@type": "Event", "name": "D"},
]


@pytest.mark.usefixtures("_every_file_is_large")
@pytest.mark.parametrize(
    "head", [{"@context": ["https://schema.org", {"@language": "de"}]}, {"@context": "https://schema.org"}]
)
def test_a_large_file_is_read_as_a_small_one(head: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    for document in ({**head, "@graph": REFERRING}, {**head, "itemListElement": REFERRING}, REFERRING):
        large = read_with(schema_org, json.dumps(document))
        with monkeypatch.context() as patch:
            patch.setattr(_schema_documents, "LARGEST_DOCUMENT", 10**6)
            small = read_with(schema_org, json.dumps(document))
        assert large == small
        courses, problems = large
        assert [course.provider for course in courses] == ["Academy", "School", "School"]
        assert [len(course.runs) for course in courses] == [1, 0, 0]
        assert [problem.field for problem in problems] == ["@type"]


@pytest.mark.usefixtures("_every_file_is_large")
def test_a_large_file_that_breaks_off_is_refused_whole() -> None:
    with pytest.raises(InvalidInput, match="breaks off"):
        read_with(schema_org, json.dumps({"@context": "https://schema.org", "@graph": REFERRING})[:-5])


def test_a_document_of_far_too_many_things_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_schema_nodes, "_MOST_NODES", 1)
    with pytest.raises(InvalidInput, match="more than 1 things"):
        read_with(schema_org, {"@context": "https://schema.org", "@graph": REFERRING})


def test_references_that_multiply_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four layers of which each names the next 500 times: 62,500,000,000 things in a document of 30 KB."""
    layers = [
        {"@id": "#0", "@type": "Course", "name": "A", "hasCourseInstance": [{"@id": "#1"}] * 500},
        {"@id": "#1", "@type": "CourseInstance", "startDate": "2026-03-01", "offers": [{"@id": "#2"}] * 500},
        {"@id": "#2", "@type": "AggregateOffer", "offers": [{"@id": "#3"}] * 500},
        {"@id": "#3", "@type": "AggregateOffer", "offers": [{"@id": "#3"}] * 500},
    ]
    monkeypatch.setattr(_schema_nodes, "_MOST_REFERRED", 2_000)
    with pytest.raises(InvalidInput, match="The references of this document"):
        read_with(schema_org, {"@context": "https://schema.org", "@graph": layers})
    lists = [{"@id": "#a", "itemListElement": [{"@id": "#b"}] * 500}, {"@id": "#b", "hasPart": [{"@id": "#a"}] * 500}]
    assert read_with(schema_org, {"@context": "https://schema.org", "@graph": lists})[0] == []

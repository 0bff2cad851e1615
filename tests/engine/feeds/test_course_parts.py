"""What all readers make of short texts and addresses: the quick way gives what the thorough one gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from synchromesh.engine.feeds.readers._course_parts import EMPTY_COURSE, EMPTY_RUN, derived_run_id, fitted, web_address
from synchromesh.engine.feeds.records import RunRecord


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://example.org/kurse/7?lang=de ", "https://example.org/kurse/7?lang=de"),
        ("http://example.org", "http://example.org"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("https://", ""),
        ("ftp://example.org/a", ""),
        ("kurse/7", ""),
        (f"https://example.org/{'a' * 1000}", ""),
        (f"https://{'a.' * 600}example/{'a' * 10}", ""),
    ],
)
def test_only_whole_addresses_are_kept(text: str, address: str) -> None:
    assert web_address(text) == address
    if address and " " not in text.strip():
        assert web_address(text, base="https://other.example/list") == address


def test_an_entry_whose_texts_fit_is_not_copied() -> None:
    course = replace(EMPTY_COURSE, external_id="7", provider="Akademie Ost", runs=(EMPTY_RUN,))
    assert fitted(course) is course


def test_what_is_too_long_is_cut_in_the_entry_and_in_its_runs() -> None:
    run = replace(EMPTY_RUN, place="Graz " * 80)
    course = fitted(replace(EMPTY_COURSE, external_id="x" * 500, provider="  Akademie \n Ost ", runs=(EMPTY_RUN, run)))
    assert course.provider == "Akademie Ost"
    assert len(course.external_id) == 200
    assert course.runs[0] is EMPTY_RUN
    assert len(course.runs[1].place) <= 200


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (replace(EMPTY_RUN, dates_text="Herbst 2027", place="Graz"), "herbst-2027-graz"),
        (replace(EMPTY_RUN, nuts="AT22", language="de"), "at22-de"),
        (EMPTY_RUN, "run"),
    ],
)
def test_a_run_is_named_by_when_and_where(run: RunRecord, name: str) -> None:
    assert derived_run_id(run) == name

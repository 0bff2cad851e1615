"""Near duplicates among courses: what must hold for any catalogue, and what a person expects of known cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.deduplication.invented_courses import TEXT, background, catalogues, course, keyed, profiles

from synchromesh.engine.deduplication.blocking import MOST, WINDOW
from synchromesh.engine.deduplication.courses import CourseProfile, DuplicatePair
from synchromesh.engine.deduplication.finding import (
    compared_pairs,
    find_duplicates,
    group_duplicates,
)
from synchromesh.engine.errors import InvalidInput

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found_in(*courses: CourseProfile) -> set[tuple[str, str]]:
    """The pairs found among some courses that stand among others."""
    pairs = find_duplicates([*courses, *background()], None)
    return {(pair.first, pair.second) for pair in pairs}


@QUICK
@given(catalogues, st.randoms(use_true_random=False))
def test_the_order_of_courses_does_not_change_what_is_found(courses: list[CourseProfile], draw: object) -> None:
    mixed = list(courses)
    draw.shuffle(mixed)  # type: ignore[attr-defined]
    assert find_duplicates(courses, None, threshold=0) == find_duplicates(mixed, None, threshold=0)


@QUICK
@given(catalogues)
def test_a_pair_is_two_courses_once_with_likeness_between_0_and_1(courses: list[CourseProfile]) -> None:
    pairs = find_duplicates(courses, None, threshold=0)
    named = [(pair.first, pair.second) for pair in pairs]
    assert len(set(named)) == len(named)
    assert all(first < second for first, second in named)
    assert all(0 <= pair.score <= 1 for pair in pairs)
    assert all(0 <= reason.likeness <= 1 for pair in pairs for reason in pair.reasons)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)


@QUICK
@given(profiles, profiles)
def test_a_pair_scores_the_same_from_both_sides(one: CourseProfile, other: CourseProfile) -> None:
    there = find_duplicates([replace(one, key="a"), replace(other, key="b")], None, threshold=0)
    back = find_duplicates([replace(one, key="b"), replace(other, key="a")], None, threshold=0)
    assert [(pair.score, pair.reasons) for pair in there] == [(pair.score, pair.reasons) for pair in back]


@QUICK
@given(profiles, catalogues)
def test_courses_that_state_the_same_are_a_pair(one: CourseProfile, others: list[CourseProfile]) -> None:
    if not one.title.strip():
        one = replace(one, title="Montage")
    courses = keyed([one, *others, one])
    assert (courses[0].key, courses[-1].key) in {(pair.first, pair.second) for pair in find_duplicates(courses, None)}


@pytest.mark.parametrize("change", [
    {"title": "Hochvoltsysteme freischaltne"},
    {"title": "Hochvoltsysteme freischalten | Akademie Ost", "provider": "Kursnetz", "address": "https://k.example/9"},
    {"starts_on": (date(2027, 1, 11),), "title": "Hochvoltsysteme freischalten 2027"},
    {"text": TEXT[:58], "minutes": None},
    {"title": "Hochvoltsysteme freischalten – Graz", "places": ("Graz",), "starts_on": (date(2026, 5, 4),)},
    {"provider": "AKADEMIE OST", "address": ""},
])  # fmt: skip
def test_a_course_that_is_listed_twice_is_found(change: dict[str, object]) -> None:
    assert found_in(course("x"), course("y", **change)) == {("x", "y")}  # type: ignore[arg-type]


@pytest.mark.parametrize(("title", "other"), [
    ("Hochvolt freischalten – Grundlagen", "Hochvolt freischalten – Aufbaukurs"),
    ("Hochvolt freischalten", "Hochvolt freischalten für Fortgeschrittene"),
    ("Hochvolt freischalten, Teil 1", "Hochvolt freischalten, Teil 2"),
    ("Hochvolt freischalten I", "Hochvolt freischalten II"),
    ("Hochvolt freischalten Stufe 2", "Hochvolt freischalten Stufe 3"),
    ("Interner Auditor ISO 14001", "Interner Auditor ISO 45001"),
    ("Sicherheit nach ISO 26262:2011", "Sicherheit nach ISO 26262:2018"),
    ("Akademie kompakt: Hochvolt freischalten", "Akademie kompakt: Batterien lagern"),
    ("Hochvolt freischalten am Bus", "Hochvolt freischalten am Bagger"),
])  # fmt: skip
def test_neighbours_in_the_programme_of_one_provider_are_no_pair(title: str, other: str) -> None:
    shared = "Am Ende steht eine Prüfung. Wir üben an drei Fahrzeugen in kleinen Gruppen."
    one = course("x", title, text=f"{title}. {shared}")
    assert found_in(one, course("y", other, text=f"{other}. {shared}")) == set()


def test_the_same_subject_of_another_provider_is_no_pair() -> None:
    other = course(
        "y", provider="Technikum Berg", address="https://berg.example/3", minutes=480, starts_on=(),
        text="Zwei Abende mit Film und Gespräch. Voraussetzung ist ein Gesellenbrief. Danach folgt ein Test am Bus.",
    )  # fmt: skip
    assert found_in(course("x"), other) == set()


def test_another_day_or_town_is_called_another_run() -> None:
    moved = course("y", "Hochvoltsysteme freischalten – Graz", places=("Graz",), starts_on=(date(2026, 5, 4),))
    run, copy = course("x"), course("z", address="https://k.example/9", provider="Kursnetz")
    pairs = {(pair.first, pair.second): pair for pair in find_duplicates([run, moved, copy, *background()], None)}
    assert pairs["x", "y"].other_run
    assert not pairs["x", "z"].other_run


def test_a_person_sees_why() -> None:
    (pair,) = find_duplicates([course("x"), course("y", address="", starts_on=())], None)
    assert {reason.field: reason.likeness for reason in pair.reasons} == {"title": 1.0, "provider": 1.0, "text": 1.0}


def test_ten_thousand_courses_of_one_title_are_compared_a_bounded_number_of_times_and_hang_together() -> None:
    count = 1500
    same = [CourseProfile(key=f"k{number:05}", title="Montage", language="de") for number in range(count)]
    compared = sum(1 for _ in compared_pairs(same, None))
    assert compared <= count * min(WINDOW, MOST)
    (group,) = group_duplicates(find_duplicates(same, None))
    assert len(group) == count


def test_up_to_25_identical_courses_are_all_paired_with_each_other() -> None:
    same = [CourseProfile(key=f"k{number:02}", title="Montage", language="de", text=TEXT) for number in range(25)]
    assert len(find_duplicates(same, None)) == 25 * 24 // 2


def test_groups_hang_together_by_pairs() -> None:
    def pair(first: str, second: str) -> DuplicatePair:
        return DuplicatePair(first=first, second=second, score=0.9, reasons=(), other_run=False)

    pairs = [pair("d", "e"), pair("a", "c"), pair("b", "c")]
    assert group_duplicates(pairs) == [("a", "b", "c"), ("d", "e")]
    assert group_duplicates([]) == []


def test_a_course_listed_twice_by_key_is_refused() -> None:
    with pytest.raises(InvalidInput, match="listed twice"):
        find_duplicates([course("x"), course("x")], None)


def test_vectors_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InvalidInput, match="one vector for each course"):
        find_duplicates([course("x"), course("y")], np.zeros((1, 4), dtype=np.float32))


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_outside_0_to_1_is_refused(threshold: float) -> None:
    with pytest.raises(InvalidInput, match="between 0 and 1"):
        find_duplicates([], None, threshold=threshold)

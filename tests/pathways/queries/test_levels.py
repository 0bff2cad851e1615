"""Which rating counts: proof over an own answer, the latest of a kind, and nothing that has expired."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.records import TODAY, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.pathways.models import Rating
from synchromesh.pathways.queries.levels import HeldLevel, list_held_levels

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill() -> Skill:
    """Something to be rated in."""
    return a_skill("weld")


def _rate(person: User, skill: Skill, kind: str, level: int, *, day: int = 1, expires_on: date | None = None) -> None:
    rating = Rating.objects.create(
        person=person, skill=skill, kind=kind, level=level, rater="someone", expires_on=expires_on
    )
    Rating.objects.filter(pk=rating.pk).update(rated_at=datetime(2027, 1, day, tzinfo=UTC))


def _held(person: User) -> list[tuple[int, str]]:
    return [(held.level, held.kind) for held in list_held_levels(person, visible_to=person, today=TODAY).values()]


def test_the_latest_own_answer_counts(person: User, skill: Skill) -> None:
    _rate(person, skill, "self", 3, day=2)
    _rate(person, skill, "self", 1, day=5)
    _rate(person, skill, "self", 2, day=3)
    assert _held(person) == [(1, "self")]


@pytest.mark.parametrize("kind", ["assessed", "credential"])
def test_proof_counts_over_an_own_answer_even_when_it_is_lower_and_older(person: User, skill: Skill, kind: str) -> None:
    _rate(person, skill, kind, 1, day=1)
    _rate(person, skill, "self", 3, day=9)
    assert _held(person) == [(1, kind)]


def test_the_latest_proof_counts(person: User, skill: Skill) -> None:
    _rate(person, skill, "credential", 3, day=1)
    _rate(person, skill, "assessed", 2, day=2)
    assert _held(person) == [(2, "assessed")]


def test_proof_that_has_expired_counts_no_more(person: User, skill: Skill) -> None:
    _rate(person, skill, "credential", 3, day=5, expires_on=TODAY - timedelta(days=1))
    _rate(person, skill, "self", 1, day=1)
    assert _held(person) == [(1, "self")]


def test_proof_counts_on_its_last_day(person: User, skill: Skill) -> None:
    _rate(person, skill, "credential", 3, expires_on=TODAY)
    assert _held(person) == [(3, "credential")]


@pytest.mark.parametrize("kind", ["peer", "superior"])
def test_what_others_say_closes_no_gap(person: User, skill: Skill, kind: str) -> None:
    _rate(person, skill, kind, 3)
    assert _held(person) == []


def test_an_own_answer_never_looks_like_proof() -> None:
    assert [HeldLevel(level=3, kind=kind).is_proof for kind in ("self", "peer", "assessed", "credential")] == [
        False,
        False,
        True,
        True,
    ]


def test_nobody_else_sees_the_levels_of_a_person(person: User, staff: User, skill: Skill) -> None:
    _rate(person, skill, "self", 3)
    for other in (staff, VISITOR):
        with pytest.raises(NotAllowed):
            list_held_levels(person, visible_to=other, today=TODAY)  # type: ignore[arg-type]
    assert list_held_levels(staff, visible_to=staff, today=TODAY) == {}

"""Ratings after a split or a merge."""

from __future__ import annotations

from typing import Any

import pytest
from tests.records import TODAY, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.engine.errors import NotAllowed
from synchromesh.framework.models import Skill
from synchromesh.framework.operations.skill_succession import Succession
from synchromesh.pathways.models import Rating
from synchromesh.pathways.operations.skill_references import move_skill_references
from synchromesh.pathways.queries.levels import list_held_levels
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.models import ImportBatch
from synchromesh.plumbing.record_changes import ChangeLog

pytestmark = pytest.mark.django_db


def _move(*successors: str, by: Any = OPERATOR) -> list[PlannedRow]:
    skills = [Skill.objects.filter(slug=slug).first() or a_skill(slug) for slug in ("old", *successors)]
    log = ChangeLog(ImportBatch.objects.create(kind="skill-change", name="test", source="test"))
    return move_skill_references(by=by, log=log, succession=Succession(retired=skills[0], successors=tuple(skills[1:])))


def _rate(person: User, slug: str, level: int, at: str, kind: str = "self") -> None:
    skill = Skill.objects.filter(slug=slug).first() or a_skill(slug)
    rating = Rating.objects.create(person=person, skill=skill, kind=kind, level=level, rater=person.public_id)
    Rating.objects.filter(pk=rating.pk).update(rated_at=f"{at}T10:00:00Z")


def _held(person: User) -> dict[str, tuple[int, str]]:
    slugs = dict(Skill.objects.values_list("pk", "slug"))
    held = list_held_levels(person, visible_to=person, today=TODAY)
    return {slugs[pk]: (level.level, level.kind) for pk, level in held.items()}


def test_all_ratings_are_kept_and_their_dates_decide(person: User) -> None:
    _rate(person, "old", 1, "2026-02-01")
    _rate(person, "new", 3, "2026-01-01")
    _move("new")
    assert Rating.objects.filter(skill__slug="new").count() == 2
    assert _held(person) == {"new": (1, "self")}


def test_evidence_stays_evidence(person: User) -> None:
    _rate(person, "old", 2, "2026-01-01", kind="assessed")
    _rate(person, "new", 3, "2026-02-01")
    _move("new")
    assert _held(person) == {"new": (2, "assessed")}


def test_each_part_of_a_split_has_the_rating_of_the_whole_with_its_date(person: User) -> None:
    _rate(person, "old", 2, "2026-01-01")
    _move("first", "second")
    assert _held(person) == {"first": (2, "self"), "second": (2, "self")}
    first, second = Rating.objects.order_by("skill__slug")
    assert first.rated_at == second.rated_at
    assert first.uid != second.uid


def test_the_preview_counts_and_names_nobody(person: User, staff: User) -> None:
    for one in (person, staff):
        _rate(one, "old", 2, "2026-01-01")
    _rate(person, "old", 3, "2026-02-01")
    (row,) = _move("new")
    assert row.label == "ratings: 3; people: 2"


def test_a_skill_that_nobody_rated_has_no_line() -> None:
    assert _move("new") == []


def test_nobody_else_may(person: User) -> None:
    with pytest.raises(NotAllowed):
        _move("new", by=person)

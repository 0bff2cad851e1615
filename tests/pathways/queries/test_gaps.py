"""The gap: what a person has against what the role needs."""

from __future__ import annotations

import pytest
from tests.records import a_gap, a_role

from synchromesh.engine.planning.problem import Need
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import list_requirements
from synchromesh.pathways.queries.gaps import asked_in_check, find_gap
from synchromesh.pathways.queries.levels import HeldLevel

pytestmark = pytest.mark.django_db


def test_a_skill_that_was_not_answered_counts_as_0_and_says_so() -> None:
    gap = a_gap(a_role("technician", {"weld": 2, "drive": 1}), weld=0)
    assert [(row.skill.slug, row.have, row.need, row.answered, row.met) for row in gap.rows] == [
        ("drive", 0, 1, False, False),
        ("weld", 0, 2, True, False),
    ]
    assert (gap.met, gap.answered) == (0, 1)


def test_a_skill_at_the_needed_level_or_above_is_met_and_needs_no_plan() -> None:
    gap = a_gap(a_role("technician", {"weld": 2, "drive": 1, "lift": 3}), weld=2, drive=3, lift=1)
    assert gap.met == 2
    assert [row.skill.slug for row in gap.open_rows] == ["lift"]
    assert gap.needs() == (Need(skill="lift", have=1, need=3),)


def test_proof_counts_over_the_answer_and_an_answer_over_an_older_one() -> None:
    role = a_role("technician", {"weld": 2, "drive": 2, "lift": 2})
    uid = {skill.slug: str(skill.uid) for skill in Skill.objects.all()}
    pk = {skill.slug: skill.pk for skill in Skill.objects.all()}
    held = {
        pk["weld"]: HeldLevel(level=1, kind="assessed"),
        pk["drive"]: HeldLevel(level=3, kind="self"),
        pk["lift"]: HeldLevel(level=2, kind="self"),
    }
    gap = find_gap(role, answers={uid["weld"]: 3, uid["drive"]: 0}, held=held)
    rows = {row.skill.slug: (row.have, row.answered, row.is_proof) for row in gap.rows}
    assert rows == {"weld": (1, True, True), "drive": (0, True, False), "lift": (2, True, False)}


def test_the_check_asks_the_twelve_most_important() -> None:
    role = a_role("technician", {f"skill-{number:02}": 1 for number in range(15)})
    asked = asked_in_check(list_requirements(role))
    assert [row.skill.slug for row in asked] == [f"skill-{number:02}" for number in range(12)]
    assert len(asked_in_check(list_requirements(a_role("short", {"weld": 1})))) == 1

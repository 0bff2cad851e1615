"""The commands that split and merge skills."""

from __future__ import annotations

import pytest
from tests.records import stored
from tests.site.console.conftest import Command
from tests.site.skill_records import a_skill_in_use

from synchromesh.accounts.models import User
from synchromesh.framework.models import Requirement, VersionStatus

pytestmark = pytest.mark.django_db


def _needs() -> list[tuple[str, int]]:
    found = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED).order_by("skill__slug")
    return list(found.values_list("skill__slug", "level"))


def test_a_merge_is_previewed_committed_and_undone(person: User, command: Command) -> None:
    a_skill_in_use(person)
    before = stored()
    preview = command("skill", "merge", "old", "first", "--into", "new", "--json").answer
    assert set(preview) == {"batch", "status", "touched", "rows"}
    assert preview["status"] == "previewed"
    assert preview["touched"] == {"roles": 1, "units": 1, "courses": 1, "ratings": 1, "people": 1, "plans": 1}
    assert stored() == before
    committed = command("skill", "merge", "old", "first", "--into", "new", "--commit").answer
    assert committed["status"] == "committed"
    assert committed["rows"] == preview["rows"]
    assert _needs() == [("new", 2)]
    undone = command("skill", "undo").answer
    assert (undone["batch"], undone["kind"], undone["status"]) == (committed["batch"], "skill-change", "undone")
    assert stored() == before


def test_a_split_takes_levels_for_roles_courses_and_lines(person: User, command: Command) -> None:
    a_skill_in_use(person)
    words = ["--role", "technician:first=3", "--role", "technician:second=1"]
    words += ["--course", "weld-course:second=2", "--unit", "TECH.U1=second", "--commit"]
    rows = command("skill", "split", "old", "--into", "first", "second", *words).answer["rows"]
    after = {row["position"]: row["changes"][0]["after"] for row in rows}
    assert (after["role"], after["course"], after["unit entry"]) == ("first 3; second 1", "second 2", "second")
    assert _needs() == [("first", 3), ("second", 1)]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["--role", "technician=3"], "role"),
        (["--course", "weld-course:first=high"], "course"),
        (["--role", "technician:first"], "role"),
        (["--unit", "TECH.U1="], "unit"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused(person: User, command: Command, words: list[str], field: str) -> None:
    a_skill_in_use(person)
    refusal = command("skill", "split", "old", "--into", "first", "second", *words).refusal
    assert (refusal["code"], refusal["field"]) == ("invalid_input", field)


def test_there_may_be_nothing_to_undo(command: Command) -> None:
    assert command("skill", "undo").refusal["code"] == "not_found"


def test_a_person_without_the_right_is_refused(person: User, command: Command) -> None:
    a_skill_in_use(person)
    refusal = command("--as", "person@example.org", "skill", "merge", "old", "--into", "new").refusal
    assert refusal["code"] == "not_allowed"


def test_a_person_does_not_carry_out_alone_what_they_prepared(command: Command, person: User, staff: User) -> None:
    a_skill_in_use(person)
    words = ("--as", "staff@example.org", "skill", "merge", "old", "--into", "new")
    assert command(*words).answer["status"] == "previewed"
    refusal = command(*words, "--commit").refusal
    assert refusal["code"] == "not_allowed"
    assert "somebody else" in refusal["message"]

"""The command that takes out what people decided about suggestions."""

from __future__ import annotations

import json

import pytest
from tests.records import a_course, a_skill
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.operations.mapping import confirm_course_skill, reject_course_skill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _judged(db: None) -> None:
    course = a_course("welding")
    confirm_course_skill(by=OPERATOR, course=course, skill=a_skill("weld"), level=2)
    reject_course_skill(by=OPERATOR, course=course, skill=a_skill("schweissen", titles={"en": "Fügen"}))


@pytest.mark.parametrize("words", [[], ["--json"], ["--json", "lines"]])
def test_each_judgement_is_one_line(words: list[str], command: Command) -> None:
    lines = command("mapping", "export", *words).text.splitlines()
    found = [json.loads(line) for line in lines]
    assert [(row["label"], row["decision"], row["level"]) for row in found] == [
        ("Weld", "confirmed", 2),
        ("Fügen", "rejected", None),
    ]


def test_all_judgements_may_be_one_object(command: Command) -> None:
    assert len(command("mapping", "export", "--json", "object").answer["pairs"]) == 2


def test_only_the_alliance_takes_them_out(person: User, command: Command) -> None:
    refusal = command("--as", "person@example.org", "mapping", "export").refusal
    assert refusal["code"] == "not_allowed"

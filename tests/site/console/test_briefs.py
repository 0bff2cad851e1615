"""The command that lists what training is wanted."""

from __future__ import annotations

import pytest
from tests.records import a_skill
from tests.site.console.conftest import Command

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Brief

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wishes(db: None) -> None:
    Brief.objects.create(wish="a", origin="gap", skill=a_skill("weld"), level=2, language="de", times=2)


def test_the_operator_sees_small_numbers_and_what_everybody_sees(command: Command) -> None:
    (row,) = command("brief", "list", "--json").answer["wanted"]
    assert (row["skill"], row["level"], row["language"], row["wishes"], row["fewer_than"]) == ("weld", 2, "de", 2, None)
    (row,) = command("brief", "list", "--public", "--json").answer["wanted"]
    assert (row["skill"], row["language"], row["wishes"], row["fewer_than"]) == ("weld", None, None, 5)


def test_only_the_alliance_sees_small_numbers(person: User, command: Command) -> None:
    assert command("--as", "person@example.org", "brief", "list").refusal["code"] == "not_allowed"

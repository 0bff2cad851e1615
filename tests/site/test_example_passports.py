"""Example passports obey every rule, are on the market, and are marked as what they are."""

from __future__ import annotations

import pytest

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.engine.errors import NotAllowed, NotFound
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.editing import rename_passport
from synchromesh.passports.queries.lists import find_by_digital_link, list_published
from synchromesh.passports.queries.views import get_passport
from synchromesh.site.example_passports import load_example_passports, remove_example_passports

pytestmark = pytest.mark.django_db


def test_everybody_finds_valid_example_passports_on_the_market() -> None:
    assert load_example_passports(by=OPERATOR) == {"new": 3, "same": 0}
    found = list_published()
    assert [passport.origin for passport in found] == ["example"] * 4
    for passport in found:
        view = get_passport(passport.uid, visible_to=VISITOR)
        assert view.valid
        assert find_by_digital_link(view.gtin, view.serial, visible_to=VISITOR) == passport.uid
    assert Passport.objects.filter(predecessor__isnull=False).count() == 1


def test_loading_again_makes_no_second_ones_and_they_go_in_one_command() -> None:
    load_example_passports(by=OPERATOR)
    assert load_example_passports(by=OPERATOR) == {"new": 0, "same": 3}
    assert remove_example_passports(by=OPERATOR) == 4
    assert not Passport.objects.exists()


def test_nobody_but_the_operator_changes_or_removes_an_example(staff: User) -> None:
    load_example_passports(by=OPERATOR)
    example = Passport.objects.order_by("pk").first()
    assert example is not None
    with pytest.raises(NotAllowed):
        rename_passport(by=staff, uid=example.uid, title="Mine")
    with pytest.raises(NotAllowed):
        remove_example_passports(by=staff)
    example.published_at = example.published_number = None
    example.save()
    with pytest.raises(NotFound):
        get_passport(example.uid, visible_to=staff)

"""The page of a passport: what it leads to, and what it costs."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.passports.records import on_the_market, record, typed

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.model import BatteryKind, categories
from synchromesh.passports.models import ChainRole, EventKind
from synchromesh.passports.operations.editing import rename_passport
from synchromesh.passports.operations.starting import start_passport
from synchromesh.passports.queries.history import list_versions
from synchromesh.passports.queries.views import get_category, get_passport

pytestmark = pytest.mark.django_db
MOST = 16


def _queries_of_a_page(passport_uid: object, by: User) -> int:
    with CaptureQueriesContext(connection) as seen:
        get_passport(passport_uid, visible_to=by)  # type: ignore[arg-type]
    return len(seen)


def test_a_page_costs_the_same_however_long_its_history_is(person: User) -> None:
    passport = on_the_market(person)
    before = _queries_of_a_page(passport.uid, person)
    for charge in range(5):
        record(person, passport, EventKind.USED, ChainRole.WORKSHOP, values=typed(state_of_charge=str(charge)))
    assert _queries_of_a_page(passport.uid, person) == before <= MOST
    with CaptureQueriesContext(connection) as seen:
        assert len(list_versions(passport.uid, visible_to=person)) > 5
    assert len(seen) <= MOST


def test_the_editor_shows_every_category_to_the_owner_alone(person: User) -> None:
    passport = on_the_market(person)
    for key in categories():
        view, category = get_category(passport.uid, key, visible_to=person)
        assert view.number == passport.number
        assert category.hidden == ()
        with pytest.raises(NotFound):
            get_category(passport.uid, key, visible_to=VISITOR)
    with pytest.raises(NotFound):
        get_category(passport.uid, "nothing", visible_to=person)


def test_a_passport_says_which_organisation_keeps_it_and_never_which_person(
    person: User, editor: User, organisation: Organisation
) -> None:
    of_person = get_passport(on_the_market(person).uid, visible_to=VISITOR)
    assert of_person.organisation_name == ""
    assert person.name not in repr(of_person)
    kept = start_passport(by=editor, kind=BatteryKind.EV, organisation=organisation)
    assert get_passport(kept.uid, visible_to=editor).organisation_name == "North Works"


def test_a_second_life_links_both_ways_as_soon_as_it_is_on_the_market(person: User) -> None:
    old = on_the_market(person)
    new = record(person, old, EventKind.REPURPOSED, ChainRole.WORKSHOP, title="Storage")
    assert get_passport(old.uid, visible_to=VISITOR).successors == ()
    record(person, new, EventKind.MADE, ChainRole.MAKER)
    record(person, new, EventKind.PLACED, ChainRole.CARMAKER)
    (link,) = get_passport(old.uid, visible_to=VISITOR).successors
    assert link.title == "Storage"
    predecessor = get_passport(new.uid, visible_to=VISITOR).predecessor
    assert predecessor is not None
    assert predecessor.uid == old.uid


def test_a_title_can_change_and_an_unknown_passport_is_not_found(person: User) -> None:
    passport = on_the_market(person)
    rename_passport(by=person, uid=passport.uid, title="Renamed")
    assert get_passport(passport.uid, visible_to=VISITOR).title == "Renamed"
    with pytest.raises(NotFound):
        get_passport(uuid4(), visible_to=person)

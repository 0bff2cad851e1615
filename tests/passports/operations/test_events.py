"""The life of a battery: the right role, the legal order, and what each event leaves behind."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone
from tests.passports.records import a_passport, on_the_market, planted, record, seen_by, sentinel, typed

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import BatteryKind, Tier, fields
from synchromesh.passports.models import ChainRole, EventKind, LifeCycleEvent, Passport, PassportState
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.grants import grant_access
from synchromesh.passports.operations.starting import start_passport
from synchromesh.passports.queries import views
from synchromesh.passports.queries.life_cycle import NEXT, ROLES
from synchromesh.passports.queries.views import get_passport

pytestmark = pytest.mark.django_db


def _in_state(person: User, state: PassportState) -> Passport:
    passport = on_the_market(person)
    Passport.objects.filter(pk=passport.pk).update(state=state)
    return passport


@pytest.mark.parametrize(("state", "kind"), list(product(PassportState, EventKind)))
def test_only_what_the_order_allows_can_happen(state: PassportState, kind: EventKind, person: User) -> None:
    passport = _in_state(person, state)
    LifeCycleEvent.objects.filter(passport=passport).delete()
    if kind in NEXT[state]:
        record(person, passport, kind, ROLES[kind][0])
        passport.refresh_from_db()
        assert passport.events.get().kind == kind
    else:
        with pytest.raises(Conflict):
            record(person, passport, kind, ROLES[kind][0])
        assert not passport.events.exists()


@pytest.mark.parametrize(
    ("kind", "role"), [pair for pair in product(EventKind, ChainRole) if pair[1] not in ROLES[pair[0]]]
)
def test_another_role_cannot_say_so(kind: EventKind, role: ChainRole, person: User) -> None:
    state = next(state for state, kinds in NEXT.items() if kind in kinds)
    passport = _in_state(person, state)
    with pytest.raises(NotAllowed):
        record(person, passport, kind, role)


def test_a_role_that_was_given_away_is_played_by_who_got_it(person: User, staff: User) -> None:
    passport = on_the_market(person)
    with pytest.raises(NotAllowed):
        record(staff, passport, EventKind.USED, ChainRole.WORKSHOP)
    ends_on = timezone.localdate() + timedelta(days=1)
    grant_access(
        by=person,
        uid=passport.uid,
        tier=Tier.INTEREST,
        ends_on=ends_on,
        email="staff@example.org",
        role=ChainRole.WORKSHOP,
    )
    record(staff, passport, EventKind.USED, ChainRole.WORKSHOP, values=typed(state_of_charge="55"))
    with pytest.raises(NotAllowed):
        record(person, passport, EventKind.USED, ChainRole.WORKSHOP)
    record(person, passport, EventKind.USED, ChainRole.CARMAKER)
    with pytest.raises(NotAllowed):
        record(staff, passport, EventKind.RECYCLED, ChainRole.RECYCLER)


def test_a_passport_with_errors_is_not_placed_on_the_market(person: User) -> None:
    passport = start_passport(by=person, kind=BatteryKind.EV)
    record(person, passport, EventKind.MADE, ChainRole.MAKER)
    with pytest.raises(Conflict):
        record(person, passport, EventKind.PLACED, ChainRole.CARMAKER)
    passport.refresh_from_db()
    assert (passport.state, passport.published_at) == (PassportState.MADE, None)


def test_two_batteries_on_the_market_have_different_numbers(person: User, staff: User) -> None:
    on_the_market(person, seed=3)
    same = a_passport(staff, seed=3)
    record(staff, same, EventKind.MADE, ChainRole.MAKER)
    with pytest.raises(Conflict):
        record(staff, same, EventKind.PLACED, ChainRole.MAKER)


def test_a_reading_of_use_moves_the_value_before_into_the_history(person: User) -> None:
    passport = on_the_market(person)
    before = get_passport(passport.uid, visible_to=person).content.values.get("state_of_charge")
    record(person, passport, EventKind.USED, ChainRole.WORKSHOP, values=typed(state_of_charge="55,5"))
    view = get_passport(passport.uid, visible_to=person)
    stated = view.content.values["state_of_charge"]
    assert (stated.value, stated.at) == (55.5, timezone.localdate().isoformat())
    if before is not None:
        assert stated.history[-1].value == before.value
    assert view.content.value_of("service_date")
    assert view.state == PassportState.IN_USE
    assert "state_of_charge" in [field.key for field in view.events[-1].changed]


def test_only_values_that_change_in_use_are_recorded_with_it(person: User) -> None:
    passport = on_the_market(person)
    for values in (typed(model_name="Other"), typed(nothing="1")):
        with pytest.raises(InvalidInput):
            record(person, passport, EventKind.USED, ChainRole.WORKSHOP, values=values)
    with pytest.raises(InvalidInput):
        record(person, passport, EventKind.RECYCLED, ChainRole.RECYCLER, values=typed(state_of_charge="1"))


def test_a_battery_with_another_purpose_gets_a_new_passport_linked_to_the_old(person: User) -> None:
    old = on_the_market(person)
    new = record(person, old, EventKind.REPURPOSED, ChainRole.WORKSHOP)
    old.refresh_from_db()
    assert old.state == PassportState.REPURPOSED
    assert new.predecessor == old
    assert (new.kind, new.state, new.published_at) == ("industrial", PassportState.DRAFT, None)
    content = get_passport(new.uid, visible_to=person).content
    identifier = get_passport(old.uid, visible_to=person).content.value_of("passport_identifier")
    assert content.value_of("previous_passport") == identifier
    assert content.value_of("battery_status") == "repurposed"
    assert content.value_of("serial_number") != old.serial
    assert content.value_of("battery_chemistry")
    assert "state_of_charge" not in content.values
    assert [link.uid for link in get_passport(old.uid, visible_to=person).successors] == [new.uid]
    # The public does not learn of a draft that followed.
    other = User.objects.create_user(email="other@example.org")
    assert get_passport(old.uid, visible_to=other).successors == ()


def test_after_the_passport_ceased_it_can_only_be_read(person: User) -> None:
    passport = on_the_market(person)
    record(person, passport, EventKind.RECYCLED, ChainRole.RECYCLER)
    assert get_passport(passport.uid, visible_to=person).content.value_of("battery_status") == "waste"
    record(person, passport, EventKind.CEASED, ChainRole.RECYCLER)
    view = get_passport(passport.uid, visible_to=person)
    assert (view.state, view.rights.events, view.rights.may_edit) == (PassportState.CEASED, (), False)
    with pytest.raises(Conflict):
        save_category(
            by=person, uid=passport.uid, category="identification", values=typed(model_name="x"), expected=view.number
        )


def test_an_event_lies_neither_in_the_future_nor_before_the_last_one(person: User) -> None:
    passport = on_the_market(person)
    for days in (1, -1):
        with pytest.raises(InvalidInput):
            record_event(
                by=person,
                uid=passport.uid,
                kind=EventKind.USED,
                role=ChainRole.WORKSHOP,
                on=timezone.localdate() + timedelta(days=days),
            )


def test_nobody_records_an_event_of_a_draft_of_others(person: User, staff: User) -> None:
    with pytest.raises(NotFound):
        record(staff, a_passport(person), EventKind.MADE, ChainRole.MAKER)


def test_what_can_happen_next_is_offered_with_the_roles_that_may_say_so(person: User) -> None:
    passport = a_passport(person)
    assert get_passport(passport.uid, visible_to=person).rights.events == ((EventKind.MADE, ChainRole.MAKER),)
    published = on_the_market(person, seed=9)
    other = User.objects.create_user(email="other@example.org")
    assert get_passport(published.uid, visible_to=other).rights.events == ()


def test_who_repurposes_a_battery_of_others_takes_no_more_along_than_they_see(person: User, staff: User) -> None:
    old = planted(person)
    ends_on = timezone.localdate() + timedelta(days=1)
    grant_access(
        by=person,
        uid=old.uid,
        tier=Tier.INTEREST,
        ends_on=ends_on,
        email="staff@example.org",
        role=ChainRole.WORKSHOP,
    )
    new = record(staff, old, EventKind.REPURPOSED, ChainRole.WORKSHOP)
    assert new.owner == staff
    text = str(new.versions.get().data)
    assert {key for key in fields() if sentinel(key) in text} <= seen_by("interest")
    assert sentinel("materials") in text


def test_of_many_readings_the_page_names_the_newest_and_how_many_more_there_are(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_USES", 2)
    passport = on_the_market(person)
    for charge in ("10", "20", "30"):
        record(person, passport, EventKind.USED, ChainRole.WORKSHOP, values=typed(state_of_charge=charge))
    view = get_passport(passport.uid, visible_to=person)
    assert [event.kind for event in view.events] == ["made", "placed", "used", "used"]
    assert view.uses_left_out == 1
    other = User.objects.create_user(email="other@example.org")
    assert get_passport(passport.uid, visible_to=other).uses_left_out == 0

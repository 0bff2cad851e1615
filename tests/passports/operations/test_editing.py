"""Saving keeps what was typed, says what is wrong, and loses nothing when two people work at once."""

from __future__ import annotations

import pytest
from tests.passports.records import a_passport, on_the_market, typed

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.passports.models import Passport, PassportVersion
from synchromesh.passports.operations.editing import rename_passport, restore_version, save_category
from synchromesh.passports.operations.starting import start_passport
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.views import get_category, get_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(person: User) -> Passport:
    """A believable passport of `person`."""
    return a_passport(person)


def _stated(passport: Passport, key: str, by: User) -> object:
    return get_passport(passport.uid, visible_to=by).content.value_of(key)


def test_a_save_writes_a_version_with_what_it_changed(passport: Passport, person: User) -> None:
    saved = save_category(
        by=person,
        uid=passport.uid,
        category="identification",
        values=typed(model_name="Volt 3", battery_mass="412,5"),
        expected=1,
        note="After the weighing",
    )
    assert (saved.number, saved.changed) == (2, True)
    version = PassportVersion.objects.get(passport=passport, number=2)
    assert sorted(version.changed) == ["battery_mass", "model_name"]
    assert version.note == "After the weighing"
    assert _stated(passport, "battery_mass", person) == 412.5


def test_a_save_that_changes_nothing_writes_no_version(passport: Passport, person: User) -> None:
    name = _stated(passport, "model_name", person)
    saved = save_category(
        by=person, uid=passport.uid, category="identification", values=typed(model_name=name), expected=1
    )
    assert (saved.number, saved.changed) == (1, False)


def test_a_value_that_is_no_number_is_kept_as_typed_and_reported(passport: Passport, person: User) -> None:
    saved = save_category(
        by=person, uid=passport.uid, category="identification", values=typed(battery_mass="half a ton"), expected=1
    )
    assert "battery_mass" in {found.field for found in saved.findings}
    assert _stated(passport, "battery_mass", person) == "half a ton"


@pytest.mark.parametrize("typed_text", ["NaN", "1e999", "-inf", "\x00", "\ud800", "9" * 60])
def test_what_no_database_holds_is_kept_as_text(typed_text: str, passport: Passport, person: User) -> None:
    save_category(by=person, uid=passport.uid, category="identification", values=typed(battery_mass="1"), expected=1)
    save_category(
        by=person, uid=passport.uid, category="identification", values=typed(battery_mass=typed_text), expected=2
    )
    kept = _stated(passport, "battery_mass", person)
    assert kept is None or isinstance(kept, str)


def test_an_empty_value_takes_a_field_away_and_an_empty_list_says_none(passport: Passport, person: User) -> None:
    save_category(
        by=person,
        uid=passport.uid,
        category="materials",
        values=typed(critical_raw_materials=[], chemistry_name="", materials=[{"name": "  "}]),
        expected=1,
    )
    assert _stated(passport, "critical_raw_materials", person) == []
    assert _stated(passport, "materials", person) is None
    save_category(
        by=person, uid=passport.uid, category="materials", values=typed(critical_raw_materials=""), expected=2
    )
    assert _stated(passport, "critical_raw_materials", person) is None


def test_rows_take_the_types_of_their_columns_and_keep_what_cannot_be_read(passport: Passport, person: User) -> None:
    row = {"name": "Nickel", "cas": "7440-02-0", "component": "cathode", "mass": "41.2", "critical": "yes"}
    odd = {"name": "Dust", "mass": "a little", "critical": "perhaps"}
    save_category(by=person, uid=passport.uid, category="materials", values=typed(materials=[row, odd]), expected=1)
    assert _stated(passport, "materials", person) == [
        {"name": "Nickel", "cas": "7440-02-0", "component": "cathode", "mass": 41.2, "critical": True},
        odd,
    ]


def test_a_field_of_another_category_is_refused(passport: Passport, person: User) -> None:
    with pytest.raises(InvalidInput):
        save_category(
            by=person, uid=passport.uid, category="identification", values=typed(battery_chemistry="LFP"), expected=1
        )
    with pytest.raises(NotFound):
        save_category(by=person, uid=passport.uid, category="nothing", values={}, expected=1)


def test_of_two_people_who_change_the_same_field_the_second_is_told_and_nothing_is_lost(
    person: User, manager: User, editor: User, organisation: Organisation
) -> None:
    passport = start_passport(by=manager, kind=BatteryKind.LMT, organisation=organisation)
    save_category(by=manager, uid=passport.uid, category="identification", values=typed(model_name="First"), expected=1)
    with pytest.raises(Conflict) as refused:
        save_category(
            by=editor, uid=passport.uid, category="identification", values=typed(model_name="Second"), expected=1
        )
    assert refused.value.field == "model_name"
    assert _stated(passport, "model_name", editor) == "First"
    save_category(by=editor, uid=passport.uid, category="identification", values=typed(model_name="Second"), expected=2)
    assert [version.data["values"]["model_name"]["value"] for version in passport.versions.filter(number__gt=1)] == [
        "Second",
        "First",
    ]


def test_two_people_may_work_on_different_fields_at_once(passport: Passport, person: User) -> None:
    save_category(by=person, uid=passport.uid, category="identification", values=typed(model_name="First"), expected=1)
    saved = save_category(
        by=person, uid=passport.uid, category="materials", values=typed(chemistry_name="Other"), expected=1
    )
    assert saved.number == 3
    assert _stated(passport, "model_name", person) == "First"
    assert _stated(passport, "chemistry_name", person) == "Other"


def test_others_cannot_edit_and_do_not_learn_that_a_draft_exists(passport: Passport, staff: User) -> None:
    for by in (staff, VISITOR):
        with pytest.raises(NotFound):
            save_category(by=by, uid=passport.uid, category="identification", values={}, expected=1)
    published = on_the_market(staff, seed=8)
    other = User.objects.create_user(email="other@example.org")
    with pytest.raises(NotAllowed):
        save_category(by=other, uid=published.uid, category="identification", values={}, expected=1)
    with pytest.raises(NotFound):
        get_category(published.uid, "identification", visible_to=other)


def test_a_member_of_the_organisation_without_a_role_does_not_see_its_drafts(
    manager: User, member: User, organisation: Organisation
) -> None:
    passport = start_passport(by=manager, kind=BatteryKind.EV, organisation=organisation)
    with pytest.raises(NotFound):
        get_passport(passport.uid, visible_to=member)
    Membership.objects.filter(person=member).update(role="editor")
    assert get_category(passport.uid, "materials", visible_to=member)[1].key == "materials"


def test_an_earlier_version_comes_back_as_a_new_one(passport: Passport, person: User) -> None:
    name = _stated(passport, "model_name", person)
    save_category(by=person, uid=passport.uid, category="identification", values=typed(model_name="Wrong"), expected=1)
    with pytest.raises(Conflict):
        restore_version(by=person, uid=passport.uid, number=1, expected=1)
    assert restore_version(by=person, uid=passport.uid, number=1, expected=2) == 3
    assert _stated(passport, "model_name", person) == name
    with pytest.raises(NotFound):
        restore_version(by=person, uid=passport.uid, number=9, expected=3)


def test_the_unit_and_the_day_of_a_value_are_kept(passport: Passport, person: User) -> None:
    given = {"battery_mass": StatedInput(value="400000", unit="g", at="2026-01-02")}
    save_category(by=person, uid=passport.uid, category="identification", values=given, expected=1)
    stated = get_passport(passport.uid, visible_to=person).content.values["battery_mass"]
    assert (stated.value, stated.unit, stated.at) == (400000, "g", "2026-01-02")


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "a\x00b"])
def test_a_title_that_cannot_be_kept_is_refused(title: str, passport: Passport, person: User) -> None:
    with pytest.raises(InvalidInput):
        rename_passport(by=person, uid=passport.uid, title=title)
    assert rename_passport(by=person, uid=passport.uid, title=" My   battery ").title == "My battery"


def test_a_published_passport_cannot_take_the_numbers_of_another_one(person: User) -> None:
    first, second = on_the_market(person, seed=1), on_the_market(person, seed=2)
    values = typed(product_identifier=first.gtin, serial_number=first.serial)
    with pytest.raises(Conflict):
        save_category(by=person, uid=second.uid, category="identification", values=values, expected=second.number)

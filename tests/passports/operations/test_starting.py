"""Beginning a passport: blank, invented, from a file, or as a copy; and removing it."""

from __future__ import annotations

import json

import pytest
from tests.passports.records import a_passport, on_the_market, planted, seen_by, sentinel

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.engine.passport_models.gs1 import gtin_has_check_digit
from synchromesh.engine.passport_models.model import BatteryKind, fields
from synchromesh.passports.models import ChainRole, EventKind, Passport
from synchromesh.passports.operations import starting
from synchromesh.passports.operations.events import record_event
from synchromesh.passports.operations.removing import remove_passport
from synchromesh.passports.operations.starting import (
    copy_passport,
    import_passport,
    start_generated,
    start_passport,
)
from synchromesh.passports.queries.exports import FORMATS, get_export, get_qr_svg
from synchromesh.passports.queries.importing import preview_import
from synchromesh.passports.queries.lists import find_by_digital_link
from synchromesh.passports.queries.views import get_passport
from synchromesh.plumbing.sources import Origin

pytestmark = pytest.mark.django_db


def test_a_blank_passport_has_identifiers_for_practice(person: User) -> None:
    passport = start_passport(by=person, kind=BatteryKind.LMT)
    view = get_passport(passport.uid, visible_to=person)
    assert set(view.content.values) == {
        "battery_category",
        "product_identifier",
        "serial_number",
        "passport_identifier",
    }
    assert view.gtin.startswith("02")
    assert gtin_has_check_digit(view.gtin)
    assert view.address == f"http://localhost:8000/01/{view.gtin}/21/{view.serial}"
    assert {found.severity for found in view.findings if found.field in view.content.values} == set()


@pytest.mark.parametrize("kind", list(BatteryKind))
def test_an_invented_passport_obeys_every_rule(kind: BatteryKind, person: User) -> None:
    for seed in range(4):
        passport = start_generated(by=person, kind=kind, seed=seed)
        assert get_passport(passport.uid, visible_to=person).findings == ()


def test_the_same_seed_invents_the_same_battery(person: User, staff: User) -> None:
    first, second = (start_generated(by=by, kind=BatteryKind.EV, seed=-5) for by in (person, staff))
    assert first.versions.get().data == second.versions.get().data


def test_nobody_without_an_account_keeps_a_passport_and_nobody_makes_examples(person: User) -> None:
    with pytest.raises(NotAllowed):
        start_passport(by=VISITOR, kind=BatteryKind.EV)
    with pytest.raises(NotAllowed):
        start_generated(by=person, kind=BatteryKind.EV, seed=1, origin=Origin.EXAMPLE)
    person.is_active = False
    with pytest.raises(NotAllowed):
        start_passport(by=person, kind=BatteryKind.EV)


def test_only_editors_and_managers_keep_passports_for_an_organisation(
    organisation: Organisation, editor: User, member: User, staff: User
) -> None:
    passport = start_passport(by=editor, kind=BatteryKind.EV, organisation=organisation)
    assert (passport.owner, passport.organisation) == (None, organisation)
    for by in (member, staff):
        with pytest.raises(NotAllowed):
            start_passport(by=by, kind=BatteryKind.EV, organisation=organisation)


def test_there_is_an_end_to_what_one_person_keeps(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "MOST_OF_ONE", 1)
    start_passport(by=person, kind=BatteryKind.EV)
    with pytest.raises(Conflict):
        start_passport(by=person, kind=BatteryKind.EV)


def test_a_copy_holds_what_one_sees_under_numbers_of_its_own(person: User, staff: User) -> None:
    passport = planted(person)
    copy = copy_passport(by=staff, uid=passport.uid)
    text = json.dumps(copy.versions.get().data)
    renamed = {"passport_identifier", "product_identifier", "serial_number"}
    assert {key for key in fields() if sentinel(key) in text} == seen_by("public") - renamed
    assert copy.owner == staff
    assert copy.title == "Copy of Sentinels"
    with pytest.raises(NotFound):
        copy_passport(by=staff, uid=a_passport(person).uid)


@pytest.mark.parametrize("name", ["json", "json-ld", "aas"])
def test_what_is_written_is_read_back_without_loss(name: str, person: User) -> None:
    passport = a_passport(person)
    exported = get_export(passport.uid, name, visible_to=person)
    assert b"not a legal passport" in exported.data
    preview = preview_import(exported.data)
    assert (preview.losses, preview.valid) == ((), True)
    copy = import_passport(by=person, data=exported.data)
    assert copy.versions.get().data["values"].keys() == passport.versions.get().data["values"].keys()
    assert get_passport(copy.uid, visible_to=person).valid


@pytest.mark.parametrize("data", [b"", b"no json", b"[]", b"{}", b"[" * 100_000, b'{"model": 7}', b"\xff\xfe"])
def test_a_file_that_is_no_passport_is_refused_and_nothing_is_kept(data: bytes, person: User) -> None:
    with pytest.raises(InvalidInput):
        import_passport(by=person, data=data)
    assert not Passport.objects.exists()


def test_what_a_file_says_wrongly_is_kept_and_reported(person: User) -> None:
    odd = {"battery_mass": {"value": "a lot"}, "unheard_of": {"value": [1, {"a": None}]}}
    data = json.dumps({"model": "synchromesh-practice-passport/1", "kind": "ev", "values": odd}).encode()
    passport = import_passport(by=person, data=data)
    view = get_passport(passport.uid, visible_to=person)
    assert view.content.value_of("battery_mass") == "a lot"
    assert [key for key, _ in view.other] == ["unheard_of"]
    assert {"battery_mass", "unheard_of"} <= {found.field for found in view.findings}
    assert (passport.gtin, view.address) == ("", "")
    with pytest.raises(NotFound):
        get_qr_svg(passport.uid, visible_to=person)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", "1" + "0" * 400, '"\\u0000"', '"\\ud800"'])
def test_what_no_database_holds_is_kept_as_text(value: str, person: User) -> None:
    data = f'{{"model": "synchromesh-practice-passport/1", "kind": "ev", "values": {{"battery_mass": {value}}}}}'
    passport = import_passport(by=person, data=data.encode())
    passport.refresh_from_db()
    assert isinstance(get_passport(passport.uid, visible_to=person).content.value_of("battery_mass"), str)


def test_the_address_behind_the_code_leads_to_the_passport_that_one_may_see(person: User, staff: User) -> None:
    passport = a_passport(person)
    keys = (passport.gtin, passport.serial)
    assert find_by_digital_link(*keys, visible_to=person) == passport.uid
    assert find_by_digital_link(*keys, visible_to=staff) is None
    assert find_by_digital_link(passport.gtin, "other", visible_to=person) is None
    assert find_by_digital_link("7", "7", visible_to=person) is None
    published = on_the_market(staff, seed=44)
    assert find_by_digital_link(published.gtin.lstrip("0"), published.serial, visible_to=VISITOR) == published.uid
    assert get_qr_svg(published.uid, visible_to=VISITOR).startswith(b"<svg")


def test_a_removed_passport_is_gone_and_the_one_that_followed_stays(person: User, staff: User) -> None:
    old = on_the_market(person)
    new = record_event(
        by=person,
        uid=old.uid,
        kind=EventKind.REPURPOSED,
        role=ChainRole.WORKSHOP,
        on=old.events.latest("recorded_at").happened_on,
    )
    with pytest.raises(NotAllowed):
        remove_passport(by=staff, uid=old.uid)
    remove_passport(by=person, uid=old.uid)
    assert list(Passport.objects.all()) == [new]
    new.refresh_from_db()
    assert new.predecessor is None


def test_every_format_is_named_once_with_its_ending() -> None:
    assert [written.name for written in FORMATS.values()] == list(FORMATS)
    assert len({written.ending for written in FORMATS.values()}) == len(FORMATS)


def test_an_unknown_format_is_not_found(person: User) -> None:
    with pytest.raises(NotFound):
        get_export(a_passport(person).uid, "docx", visible_to=person)

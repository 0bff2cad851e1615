"""The editor: findings beside the fields, what is left alone, and two people at one passport."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.passports.records import a_passport

from synchromesh.accounts.models import User
from synchromesh.engine.passport_models.model import BatteryKind, categories, fields
from synchromesh.engine.passport_models.passport import FieldValue
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import Passport
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.starting import begin_passport
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.views import get_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport(person: User) -> Passport:
    return a_passport(person)


@pytest.fixture
def editor(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def address_of(passport: Passport, category: str) -> str:
    return f"/en/passports/{passport.uid}/edit/{category}/"


def filled_in(client: Client, passport: Passport, category: str) -> dict[str, str]:
    """What a browser sends when nobody changes anything."""
    page = BeautifulSoup(client.get(address_of(passport, category)).content, "html.parser")
    form = page.select_one("main form[novalidate]")
    assert form is not None
    data = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name = str(control["name"])
        if control.name == "select":
            chosen = control.select_one("option[selected]")
            data[name] = str(chosen["value"]) if chosen else ""
        elif control.name == "textarea":
            data[name] = control.get_text().removeprefix("\n")
        elif control.get("type") != "checkbox" or control.has_attr("checked"):
            data[name] = str(control.get("value", ""))
    return data


def content_of(passport: Passport, person: User) -> Content:
    return get_passport(passport.uid, visible_to=person).content


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("category", categories())
def test_saving_without_a_change_changes_nothing(
    category: str, editor: Client, passport: Passport, person: User
) -> None:
    before = content_of(passport, person)
    data = filled_in(editor, passport, category)
    answer = editor.post(address_of(passport, category), data, follow=True)
    assert "Nothing was changed." in text_of(answer)
    assert content_of(passport, person) == before


@pytest.mark.parametrize("category", categories())
def test_each_field_says_its_clause_its_duty_and_who_sees_it(category: str, editor: Client, passport: Passport) -> None:
    page = BeautifulSoup(editor.get(address_of(passport, category)).content, "html.parser")
    for field in fields().values():
        if field.category == category:
            part = page.select_one(f"#field-{field.key}")
            assert part is not None
            text = part.get_text(" ")
            assert field.clause in text
            assert field.help in text
            assert "seen by:" in text
    names = [str(control["id"]) for control in page.select("main [id]")]
    assert len(names) == len(set(names))
    labelled = {label["for"] for label in page.select("main label[for]")}
    for control in page.select("main form[novalidate] :is(input, select, textarea):not([type=hidden])"):
        assert control["id"] in labelled


def test_a_wrong_value_is_kept_as_typed_and_its_finding_stands_at_the_field(
    editor: Client, passport: Passport, person: User
) -> None:
    data = filled_in(editor, passport, "identification") | {"value.battery_mass": "twelve"}
    answer = editor.post(address_of(passport, "identification"), data, follow=True)
    assert "Saved. 1 finding in this category." in text_of(answer)
    assert content_of(passport, person).value_of("battery_mass") == "twelve"
    part = BeautifulSoup(answer.content, "html.parser").select_one("#field-battery_mass .field-finding")
    assert part is not None
    assert "twelve" in part.get_text()


def test_a_number_may_have_a_comma(editor: Client, passport: Passport, person: User) -> None:
    data = filled_in(editor, passport, "identification") | {"value.battery_mass": "381,5"}
    editor.post(address_of(passport, "identification"), data)
    assert content_of(passport, person).value_of("battery_mass") == 381.5


def test_rows_are_changed_added_and_taken_away(editor: Client, passport: Passport, person: User) -> None:
    before = content_of(passport, person).value_of("materials")
    data = filled_in(editor, passport, "materials")
    data |= {f"row.materials.0.{name}": "" for name in before[0]}
    new = {"name": "Cobalt", "cas": "7440-48-4", "component": "cathode", "mass": "1.5", "critical": "yes"}
    data |= {f"row.materials.{len(before)}.{name}": text for name, text in new.items()}
    editor.post(address_of(passport, "materials"), data)
    after = content_of(passport, person).value_of("materials")
    assert after == [*before[1:], {**new, "mass": 1.5, "critical": True}]


def test_an_empty_list_says_none_only_where_that_is_ticked(editor: Client, passport: Passport, person: User) -> None:
    data = filled_in(editor, passport, "use")
    cleared = {name: "" for name in data if name.startswith("row.negative_events.")}
    data = {name: value for name, value in data.items() if name != "none.negative_events"} | cleared
    editor.post(address_of(passport, "use"), data | {"none.negative_events": "1", "at.negative_events": "2026-01-01"})
    assert content_of(passport, person).value_of("negative_events") == []
    data = filled_in(editor, passport, "use")
    del data["none.negative_events"]
    editor.post(address_of(passport, "use"), data)
    assert "negative_events" not in content_of(passport, person).values


def test_a_value_that_no_input_can_show_stays_as_it_is(editor: Client, person: User) -> None:
    strange = Content(
        kind=BatteryKind.EV,
        values={
            "battery_mass": FieldValue(value=[1, {"a": 2}], unit="kg"),
            "materials": FieldValue(value=[{"name": f"m{number}", "mass": 1} for number in range(60)]),
            "critical_raw_materials": FieldValue(value="cobalt"),
        },
    )
    made = begin_passport(by=person, content=strange, title="Strange", owner=person)
    for category in categories():
        data = filled_in(editor, made, category)
        assert editor.post(address_of(made, category), data).status_code == 302
    assert content_of(made, person) == strange
    assert "too long for the editor" in text_of(editor.get(address_of(made, "materials")))


def test_two_people_at_different_fields_do_not_meet(editor: Client, passport: Passport, person: User) -> None:
    data = filled_in(editor, passport, "identification") | {"value.battery_mass": "300"}
    other = {"model_name": StatedInput(value="Somebody else's")}
    save_category(by=person, uid=passport.uid, category="identification", values=other, expected=1)
    assert editor.post(address_of(passport, "identification"), data).status_code == 302
    content = content_of(passport, person)
    assert content.value_of("battery_mass") == 300
    assert content.value_of("model_name") == "Somebody else's"


def test_two_people_at_one_field_see_both_values_and_the_second_save_decides(
    editor: Client, passport: Passport, person: User
) -> None:
    data = filled_in(editor, passport, "identification") | {"value.model_name": "Mine", "value.battery_mass": "300"}
    other = {"model_name": StatedInput(value="Theirs")}
    save_category(by=person, uid=passport.uid, category="identification", values=other, expected=1)
    answer = editor.post(address_of(passport, "identification"), data)
    assert answer.status_code == 409
    page = BeautifulSoup(answer.content, "html.parser")
    part = page.select_one("#field-model_name")
    assert part is not None
    assert "Theirs" in part.get_text()
    control = page.find(id="value.model_name")
    assert control["value"] == "Mine"  # type: ignore[index]
    assert content_of(passport, person).value_of("model_name") == "Theirs"
    again = data | {"expected": page.select_one("input[name=expected]")["value"]}  # type: ignore[index]
    assert editor.post(address_of(passport, "identification"), again).status_code == 302
    content = content_of(passport, person)
    assert content.value_of("model_name") == "Mine"
    assert content.value_of("battery_mass") == 300


@pytest.mark.parametrize("expected", ["", "x", "99", "0", "-1", "²", "9" * 40])
def test_a_version_that_cannot_be_counts_as_the_newest(expected: str, editor: Client, passport: Passport) -> None:
    data = filled_in(editor, passport, "identification") | {"value.model_name": "Mine", "expected": expected}
    assert editor.post(address_of(passport, "identification"), data).status_code == 302


def test_the_overview_counts_what_is_due_and_leads_to_each_finding(
    editor: Client, passport: Passport, person: User
) -> None:
    values = {"battery_mass": StatedInput(value=""), "warranty_period": StatedInput(value="many")}
    save_category(by=person, uid=passport.uid, category="identification", values=values, expected=1)
    answer = editor.get(f"/en/passports/{passport.uid}/edit/")
    text = text_of(answer)
    assert "Not valid" in text
    assert "1 of " in text
    links = [str(link["href"]) for link in BeautifulSoup(answer.content, "html.parser").select("table.findings a")]
    assert f"{address_of(passport, 'identification')}#field-battery_mass" in links


def test_the_title_is_changed_and_an_empty_one_refused(editor: Client, passport: Passport) -> None:
    address = f"/en/passports/{passport.uid}/edit/"
    assert editor.post(address, {"title": "  "}).status_code == 422
    assert editor.post(address, {"title": "Fleet battery 7"}).status_code == 302
    passport.refresh_from_db()
    assert passport.title == "Fleet battery 7"


def test_an_unknown_category_is_not_there(editor: Client, passport: Passport) -> None:
    assert editor.get(address_of(passport, "colours")).status_code == 404

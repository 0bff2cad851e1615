"""The lab: lists, starting, copying and removing, files, versions, the field list, and how much its pages ask."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.passports.records import a_passport, on_the_market, record

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.engine.passport_models.model import BatteryKind, Tier, fields
from synchromesh.engine.passport_models.readers import read_passport
from synchromesh.passports.models import ChainRole, EventKind, Passport
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.operations.grants import grant_access
from synchromesh.passports.operations.starting import start_generated, start_passport
from synchromesh.passports.operations.typed_values import StatedInput
from synchromesh.passports.queries.views import get_passport

pytestmark = pytest.mark.django_db
QUERIES = 10
OWN_PATHS = (
    *("", "print/", "files/", "versions/", "edit/", "edit/use/", "events/", "share/", "sign/"),
    *("code.svg", "files/json", "files/json-ld", "copy/", "remove/"),
)


@pytest.fixture
def passport(person: User) -> Passport:
    return on_the_market(person)


@pytest.fixture
def owner(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def rename(person: User, passport: Passport, name: str) -> None:
    passport.refresh_from_db()
    values = {"model_name": StatedInput(value=name)}
    save_category(by=person, uid=passport.uid, category="identification", values=values, expected=passport.number)


def test_the_first_page_says_that_all_is_practice_and_leads_to_everything(client: Client, passport: Passport) -> None:
    answer = client.get("/en/passports/")
    assert "Practice, not a legal passport" in text_of(answer)
    assert passport.title in text_of(answer)
    links = {str(link["href"]) for link in BeautifulSoup(answer.content, "html.parser").select("main a[href]")}
    assert {"/en/passports/start/", "/en/passports/check/", "/en/passports/fields/"} <= links


def test_the_courses_of_the_lab_are_linked_once_they_are_published(client: Client) -> None:
    course = Course.objects.create(slug="battery-passport-essentials", titles={"en": "Battery passport essentials"})
    assert "Learn it first" not in text_of(client.get("/en/passports/"))
    Course.objects.filter(pk=course.pk).update(published_at="2026-01-01T00:00Z")
    assert 'href="/en/courses/battery-passport-essentials/"' in client.get("/en/passports/").content.decode()


def test_a_draft_stands_in_the_list_of_its_owner_alone(client: Client, owner: Client, person: User) -> None:
    draft = a_passport(person)
    assert draft.title in text_of(owner.get("/en/passports/mine/"))
    assert str(draft.uid) not in client.get("/en/passports/all/").content.decode()


def test_the_list_is_paged_and_asks_no_more_with_many_passports(
    client: Client, owner: Client, person: User, passport: Passport
) -> None:
    def ask(who: Client, address: str) -> int:
        who.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert who.get(address).status_code == 200
        return len(asked)

    pages = ("/en/passports/", "/en/passports/all/", "/en/passports/mine/", "/en/passports/mine/?list=shared")
    before = {address: ask(owner, address) for address in pages}
    for number in range(40):
        made = a_passport(person, seed=number + 100)
        now = passport.published_at
        Passport.objects.filter(pk=made.pk).update(published_at=now, published_number=1, serial=f"S{number}")
    for address in pages:
        assert ask(owner, address) <= min(before[address] + 1, QUERIES), address
    assert len(BeautifulSoup(client.get("/en/passports/all/").content, "html.parser").select("li.row")) == 30
    assert "/en/passports/all/?page=2" in client.get("/en/passports/all/").content.decode() or "?page=2" in (
        client.get("/en/passports/all/").content.decode()
    )


def test_no_page_of_a_passport_asks_more_than_ten_questions(owner: Client, person: User, passport: Passport) -> None:
    for number in range(5):
        rename(person, passport, f"Name {number}")
    start = f"/en/passports/{passport.uid}/"
    for path in ("versions/3/4/", *OWN_PATHS):
        owner.get(start + path)
        with CaptureQueriesContext(connection) as asked:
            assert owner.get(start + path).status_code == 200, path
        assert len(asked) <= QUERIES, (path, [query["sql"][-400:] for query in asked])


def test_no_page_asks_more_of_an_owner_who_gave_a_role_away_or_of_an_organisation(
    editor: User, organisation: Organisation, staff: User
) -> None:
    made = start_generated(by=editor, kind=BatteryKind.EV, seed=5, organisation=organisation)
    record(editor, made, EventKind.MADE, ChainRole.MAKER)
    record(editor, made, EventKind.PLACED, ChainRole.CARMAKER)
    until = timezone.localdate() + timedelta(days=9)
    grant_access(
        by=editor, uid=made.uid, tier=Tier.INTEREST, ends_on=until, email=staff.email or "", role=ChainRole.WORKSHOP
    )
    record(editor, made, EventKind.USED, ChainRole.CARMAKER)
    follower = start_generated(by=editor, kind=BatteryKind.EV, seed=6, organisation=organisation)
    Passport.objects.filter(pk=made.pk).update(predecessor=follower)
    client = Client()
    for who, paths in ((editor, OWN_PATHS), (staff, ("", "files/", "events/", "copy/"))):
        client.force_login(who)
        for path in paths:
            client.get(f"/en/passports/{made.uid}/{path}")
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/en/passports/{made.uid}/{path}").status_code == 200, path
            assert len(asked) <= QUERIES, (who, path, [query["sql"][-150:] for query in asked])


@pytest.mark.parametrize("way", ["blank", "generated"])
@pytest.mark.parametrize("kind", ["ev", "lmt", "industrial"])
def test_a_passport_begins_in_the_editor(way: str, kind: str, owner: Client) -> None:
    answer = owner.post("/en/passports/start/", {"do": way, "kind": kind, "title": "My first", "seed": "12"})
    made = Passport.objects.get()
    assert answer["Location"] == f"/en/passports/{made.uid}/edit/"
    assert (made.kind, made.title) == (kind, "My first")


@pytest.mark.parametrize("way", ["blank", "generated", "file", "copy"])
def test_editors_begin_a_passport_for_their_organisation(
    way: str, editor: User, organisation: Organisation, passport: Passport
) -> None:
    client = Client()
    client.force_login(editor)
    address = "/en/passports/start/" if way != "copy" else f"/en/passports/{passport.uid}/copy/"
    document = client.get(f"/en/passports/{passport.uid}/files/json").content.decode()
    form = {"do": way, "kind": "ev", "document": document, "keeper": organisation.slug}
    assert client.post(address, form).status_code == 302
    made = Passport.objects.get(organisation=organisation)
    assert made.owner is None
    line = text_of(client.get("/en/passports/mine/"))
    assert organisation.name in line
    assert client.get(f"/en/passports/{made.uid}/edit/").status_code == 200


def test_a_file_that_was_checked_can_be_kept_for_an_organisation(
    editor: User, organisation: Organisation, passport: Passport, staff: User
) -> None:
    client = Client()
    client.force_login(editor)
    document = client.get(f"/en/passports/{passport.uid}/files/json").content.decode()
    page = BeautifulSoup(client.post("/en/passports/check/", {"text": document}).content, "html.parser")
    keeper = page.select_one('form[action="/en/passports/start/"] select[name=keeper]')
    assert keeper is not None
    assert [option.get("value") for option in keeper.select("option")] == ["", organisation.slug]
    client.force_login(staff)
    page = BeautifulSoup(client.post("/en/passports/check/", {"text": document}).content, "html.parser")
    assert page.select_one('form[action="/en/passports/start/"]') is not None
    assert page.select_one("select[name=keeper]") is None


def test_nobody_begins_a_passport_for_an_organisation_that_is_not_theirs_to_edit_for(
    member: User, staff: User, person: User, organisation: Organisation, passport: Passport
) -> None:
    for who in (member, staff, person):
        client = Client()
        client.force_login(who)
        before = Passport.objects.count()
        assert "keeper" not in client.get("/en/passports/start/").content.decode()
        for address in ("/en/passports/start/", f"/en/passports/{passport.uid}/copy/"):
            client.post(address, {"do": "blank", "kind": "ev", "keeper": organisation.slug})
        assert Passport.objects.count() == before + 2
        assert not Passport.objects.filter(organisation=organisation).exists()


def test_an_editor_of_one_organisation_cannot_choose_another(editor: User, passport: Passport) -> None:
    other = Organisation.objects.create(slug="south-works", name="South Works")
    client = Client()
    client.force_login(editor)
    for address in ("/en/passports/start/", f"/en/passports/{passport.uid}/copy/"):
        answer = client.post(address, {"do": "blank", "kind": "ev", "keeper": other.slug})
        assert answer.status_code == 422
        assert other.name not in text_of(answer)
    assert Passport.objects.count() == 1


def test_what_an_organisation_keeps_is_a_draft_to_its_members_and_to_others(
    editor: User, manager: User, member: User, person: User, organisation: Organisation
) -> None:
    made = start_passport(by=editor, kind=BatteryKind.LMT, organisation=organisation, title="Our draft")
    for who, status in ((manager, 200), (member, 404), (person, 404)):
        client = Client()
        client.force_login(who)
        for path in ("", "edit/", "copy/"):
            assert client.get(f"/en/passports/{made.uid}/{path}").status_code == status
        assert ("Our draft" in text_of(client.get("/en/passports/mine/"))) == (status == 200)


def test_the_same_number_gives_the_same_battery(owner: Client, person: User) -> None:
    for _ in range(2):
        owner.post("/en/passports/start/", {"do": "generated", "kind": "ev", "seed": "12"})
    first, second = (get_passport(one.uid, visible_to=person).content for one in Passport.objects.all())
    assert first == second


def test_a_form_that_is_not_filled_in_is_refused(owner: Client) -> None:
    assert owner.post("/en/passports/start/", {"do": "blank"}).status_code == 422
    assert owner.post("/en/passports/start/", {"do": "file", "document": "{}"}).status_code == 422
    assert not Passport.objects.exists()


def test_a_copy_has_another_serial_number_and_only_what_one_sees(staff: User, passport: Passport) -> None:
    reader = Client()
    reader.force_login(staff)
    assert "31 fields that you may not see stay behind" in text_of(reader.get(f"/en/passports/{passport.uid}/copy/"))
    reader.post(f"/en/passports/{passport.uid}/copy/")
    made = Passport.objects.get(owner=staff)
    content = get_passport(made.uid, visible_to=staff).content
    assert content.value_of("serial_number") != passport.serial
    assert all(Tier.PUBLIC in fields()[key].seen_by for key in content.values)


def test_a_passport_is_removed_after_a_question(owner: Client, passport: Passport) -> None:
    assert "cannot be undone" in text_of(owner.get(f"/en/passports/{passport.uid}/remove/"))
    assert Passport.objects.exists()
    assert owner.post(f"/en/passports/{passport.uid}/remove/")["Location"] == "/en/passports/"
    assert not Passport.objects.exists()
    assert owner.get(f"/en/passports/{passport.uid}/").status_code == 404


def test_the_code_and_the_link_in_it_lead_to_the_passport(client: Client, passport: Passport) -> None:
    code = client.get(f"/en/passports/{passport.uid}/code.svg")
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg ")
    found = client.get(f"/01/{passport.gtin}/21/{passport.serial}")
    assert found["Location"] == f"/en/passports/{passport.uid}/"
    assert client.get(f"/01/{passport.gtin}/21/other").status_code == 404
    assert client.get("/01/not-a-number/21/x").status_code == 404
    german = client.get(f"/01/{passport.gtin}/21/{passport.serial}", headers={"Accept-Language": "de"})
    assert german["Location"] == f"/de/passports/{passport.uid}/"


def test_the_words_of_json_ld_lead_to_the_field_list(client: Client, passport: Passport) -> None:
    exported = json.loads(client.get(f"/en/passports/{passport.uid}/files/json-ld").content)
    word = exported["@context"]["@vocab"] + "battery_mass"
    path = word.split("/", 3)[3]
    target = client.get(f"/{path}")["Location"]
    assert target == "/en/passports/fields/#field-battery_mass"
    assert 'id="field-battery_mass"' in client.get(target).content.decode()
    assert client.get("/passports/fields/colour").status_code == 404


def test_a_file_comes_back_through_the_check(client: Client, passport: Passport) -> None:
    exported = client.get(f"/en/passports/{passport.uid}/files/json")
    assert "attachment" in exported["Content-Disposition"]
    data = json.loads(exported.content)
    assert data["notice"] == "Practice, not a legal passport."
    assert set(read_passport(data).passport.values) <= {
        key for key, field in fields().items() if Tier.PUBLIC in field.seen_by
    }
    assert client.post("/en/passports/check/", {"text": exported.content.decode()}).status_code == 200
    assert client.get(f"/en/passports/{passport.uid}/files/exe").status_code == 404


def test_a_difference_shows_both_values_and_going_back_states_the_old_one(
    owner: Client, person: User, passport: Passport
) -> None:
    rename(person, passport, "First name")
    rename(person, passport, "Second name")
    passport.refresh_from_db()
    number = passport.number
    text = text_of(owner.get(f"/en/passports/{passport.uid}/versions/{number - 1}/{number}/"))
    assert "First name" in text
    assert "Second name" in text
    assert f"Difference of {number} from {number - 1}" in text_of(owner.get(f"/en/passports/{passport.uid}/versions/"))
    back = {"number": str(number - 1), "expected": str(number)}
    owner.post(f"/en/passports/{passport.uid}/versions/back/", back)
    assert get_passport(passport.uid, visible_to=person).content.value_of("model_name") == "First name"
    late = owner.post(f"/en/passports/{passport.uid}/versions/back/", back, follow=True)
    assert "has changed in the meantime" in text_of(late)


def test_the_field_list_is_filtered_by_who_sees_a_field(client: Client) -> None:
    everything = BeautifulSoup(client.get("/en/passports/fields/").content, "html.parser")
    assert len(everything.select("tr[id^=field-]")) == len(fields())
    only = BeautifulSoup(client.get("/en/passports/fields/?seen=authority&unseen=interest").content, "html.parser")
    assert [row["id"] for row in only.select("tr[id^=field-]")] == ["field-test_report"]
    cells = [" ".join(cell.get_text().split()) for cell in only.select("#field-test_report td")][1:]
    assert cells == ["does not", "does not", "sees it"]


@pytest.mark.parametrize("query", ["seen=nobody", "kind=x&category=y", "category=use&scope=model", "update=%00"])
def test_filters_that_are_no_choice_do_no_harm(query: str, client: Client) -> None:
    assert client.get(f"/en/passports/fields/?{query}").status_code == 200


def test_what_search_engines_find_holds_no_passport(client: Client, passport: Passport) -> None:
    answer = client.get(f"/en/passports/{passport.uid}/")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(f"/en/passports/{passport.uid}/code.svg")["X-Robots-Tag"] == "noindex, nofollow"

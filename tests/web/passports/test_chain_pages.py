"""The life of a battery on its pages: events by the right role, sharing until a day, signing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.credentials.records import an_issuer
from tests.passports.records import a_passport, on_the_market, typed

from synchromesh.accounts.models import Membership, Organisation, User
from synchromesh.passports.models import Passport, PassportGrant
from synchromesh.passports.operations.editing import save_category
from synchromesh.passports.queries.views import get_passport

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def workshop(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def text_of(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def today() -> str:
    return timezone.localdate().isoformat()


def events_of(passport: Passport, what: str = "") -> str:
    return f"/en/passports/{passport.uid}/events/" + (f"?what={what}" if what else "")


def test_a_passport_goes_on_the_market_and_everybody_sees_it(client: Client, owner: Client, person: User) -> None:
    passport = a_passport(person)
    assert client.get(f"/en/passports/{passport.uid}/").status_code == 404
    assert "Cell maker" in text_of(owner.get(events_of(passport)))
    owner.post(events_of(passport, "made-maker"), {"on": today()})
    answer = owner.post(events_of(passport, "placed-carmaker"), {"on": today(), "note": "Line 4"}, follow=True)
    assert "It is recorded." in text_of(answer)
    page = text_of(client.get(f"/en/passports/{passport.uid}/"))
    assert "On the market" in page
    assert "Placed on the market" in page
    assert "Line 4" not in page


def test_a_day_in_the_future_is_refused_at_its_field(owner: Client, person: User) -> None:
    passport = a_passport(person)
    answer = owner.post(events_of(passport, "made-maker"), {"on": "2999-01-01"})
    assert answer.status_code == 422
    assert "lies in the future" in text_of(answer)


def test_a_passport_with_errors_stays_off_the_market(owner: Client, person: User) -> None:
    owner.post("/en/passports/start/", {"do": "blank", "kind": "ev"})
    passport = Passport.objects.get()
    owner.post(events_of(passport, "made-maker"), {"on": today()})
    answer = owner.post(events_of(passport, "placed-maker"), {"on": today()})
    assert answer.status_code == 422
    assert "still has errors" in text_of(answer)


def test_readings_become_the_newest_values_and_the_old_ones_history(
    owner: Client, client: Client, person: User
) -> None:
    passport = on_the_market(person, seed=3)
    held = get_passport(passport.uid, visible_to=person).content.values["remaining_capacity"]
    page = BeautifulSoup(owner.get(events_of(passport, "used-workshop")).content, "html.parser")
    assert page.find(id="value.remaining_capacity")["value"] == ""  # type: ignore[index]
    sent = {"on": today(), "sent.remaining_capacity": "1", "value.remaining_capacity": "50,5", "sent.power_fade": "1"}
    owner.post(events_of(passport, "used-workshop"), sent)
    now = get_passport(passport.uid, visible_to=person).content.values["remaining_capacity"]
    assert (now.value, now.at) == (50.5, today())
    assert now.history[-1].value == held.value
    public = text_of(client.get(f"/en/passports/{passport.uid}/"))
    assert "50.5" not in public
    assert "Values of use recorded" not in public


def test_a_repair_is_added_to_those_before(owner: Client, person: User) -> None:
    passport = on_the_market(person)
    for number, work in enumerate(("Fan changed", "Cell module changed")):
        page = BeautifulSoup(owner.get(events_of(passport, "used-workshop")).content, "html.parser")
        rows = page.select("#field-repairs .edit-row")
        sent = {
            str(control["name"]): str(control.get("value", "")) for control in page.select("#field-repairs input[name]")
        }
        assert len(rows) == number + 2
        sent |= {"on": today(), f"row.repairs.{number}.work": work, f"row.repairs.{number}.day": today()}
        owner.post(events_of(passport, "used-workshop"), sent)
    value = get_passport(passport.uid, visible_to=person).content.value_of("repairs")
    assert [row["work"] for row in value] == ["Fan changed", "Cell module changed"]


def test_a_second_life_is_a_passport_of_its_own_that_names_the_first(owner: Client, person: User) -> None:
    passport = on_the_market(person)
    form = {"on": today(), "battery_kind": "industrial", "title": "Store in the yard"}
    answer = owner.post(events_of(passport, "repurposed-workshop"), form)
    made = Passport.objects.get(title="Store in the yard")
    assert answer["Location"] == f"/en/passports/{made.uid}/"
    assert made.kind == "industrial"
    assert f"/en/passports/{passport.uid}/" in owner.get(f"/en/passports/{made.uid}/").content.decode()
    assert "Store in the yard" in text_of(owner.get(f"/en/passports/{passport.uid}/"))
    assert owner.get(f"/en/passports/{passport.uid}/edit/").status_code == 404


def test_a_role_that_is_shared_records_and_the_owner_no_longer_does(
    owner: Client, workshop: Client, person: User, staff: User
) -> None:
    passport = on_the_market(person)
    assert workshop.get(events_of(passport)).status_code == 404
    form = {"tier": "interest", "ends_on": today(), "email": staff.email, "role": "workshop"}
    answer = owner.post(f"/en/passports/{passport.uid}/share/", form, follow=True)
    assert "It is shared." in text_of(answer)
    assert "used-workshop" in workshop.get(events_of(passport)).content.decode()
    assert "used-workshop" not in owner.get(events_of(passport)).content.decode()
    grant = PassportGrant.objects.get()
    owner.post(f"/en/passports/{passport.uid}/share/", {"withdraw": str(grant.uid)})
    assert workshop.get(events_of(passport)).status_code == 404


def test_a_link_is_shown_once_and_shows_more_than_the_public_sees(client: Client, owner: Client, person: User) -> None:
    passport = on_the_market(person)
    share = f"/en/passports/{passport.uid}/share/"
    page = BeautifulSoup(owner.post(share, {"tier": "authority", "ends_on": today()}).content, "html.parser")
    link = str(page.find(id="link")["value"])  # type: ignore[index]
    assert "You see this passport as: an authority" in text_of(client.get(link))
    assert "Whoever has the link" in text_of(owner.get(share))
    assert link.split("key=")[1] not in owner.get(share).content.decode()
    for anchor in BeautifulSoup(client.get(link).content, "html.parser").select("main p.actions a"):
        assert client.get(str(anchor["href"])).status_code == 200, anchor


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2020-01-01"}, "within the next twelve months"),
        ({"email": "nobody@example.org"}, "Nobody here has this e-mail"),
        ({"role": "workshop"}, "Whoever has a link can only read"),
        ({"tier": "public"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_words(
    change: dict[str, str], sentence: str, owner: Client, person: User
) -> None:
    passport = on_the_market(person)
    answer = owner.post(f"/en/passports/{passport.uid}/share/", {"tier": "interest", "ends_on": today()} | change)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize("grant", ["x", "00000000-0000-0000-0000-000000000000"])
def test_a_share_that_is_none_cannot_be_withdrawn(grant: str, owner: Client, person: User) -> None:
    passport = on_the_market(person)
    assert owner.post(f"/en/passports/{passport.uid}/share/", {"withdraw": grant}).status_code == 404


def test_who_is_no_issuer_is_told_what_signing_needs(owner: Client, person: User) -> None:
    passport = on_the_market(person)
    assert "must be an issuer here" in text_of(owner.get(f"/en/passports/{passport.uid}/sign/"))
    assert owner.post(f"/en/passports/{passport.uid}/sign/", {"issuer": "x"}).status_code == 422


def test_a_date_of_a_share_is_a_day_within_a_year(owner: Client, person: User) -> None:
    page = BeautifulSoup(owner.get(f"/en/passports/{a_passport(person).uid}/share/").content, "html.parser")
    first = date.fromisoformat(str(page.find(id="id_ends_on")["value"]))  # type: ignore[index]
    assert first == timezone.localdate() + timedelta(days=30)


def test_an_issuer_signs_and_a_change_shows_that_it_was_signed_before(
    owner: Client, client: Client, person: User
) -> None:
    organisation = Organisation.objects.create(slug="signers", name="Signers")
    Membership.objects.create(person=person, organisation=organisation, role="manager")
    issuer = an_issuer(organisation)
    passport = on_the_market(person)
    files = f"/en/passports/{passport.uid}/files/"
    assert "Signed" not in text_of(client.get(files))
    answer = owner.post(f"/en/passports/{passport.uid}/sign/", {"issuer": str(issuer.uid)}, follow=True)
    assert "The passport states what was signed." in text_of(answer)
    assert f"Signed by {issuer.legal_name}" in text_of(client.get(f"/en/passports/{passport.uid}/"))
    offline = client.get(f"{files}signed-offline")
    assert offline.status_code == 200
    assert "Signed (VC-JWT)" in text_of(client.get(files))
    file = SimpleUploadedFile("passport.offline.json", offline.content)
    assert "good" in text_of(client.post("/en/verify", {"file": file})).lower()
    values = typed(model_name="Another")
    save_category(by=person, uid=passport.uid, category="identification", values=values, expected=passport.number)
    assert "The passport has changed since then." in text_of(owner.get(f"/en/passports/{passport.uid}/sign/"))
    assert "changed since then" in text_of(client.get(f"/en/passports/{passport.uid}/"))

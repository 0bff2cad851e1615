"""The directory of members, the application, the desk of a member and that of alliance staff."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.pages.limits import QUERIES
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.community.member_records import (
    a_group,
    a_leader,
    a_member,
    a_member_person,
    an_application,
    confirm_address,
    in_group,
)
from tests.community.sharing_records import a_region

from synchromesh.accounts.models import Membership, User
from synchromesh.community.models import JoinRequest, MailDomain, MemberApplication, MemberProfile
from synchromesh.community.operations.members import publish_statutes
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
CONTACT = {"contact_name": "Zoë Müller", "contact_email": "zoe@works.example", "contact_phone": "+356 2100"}
APPLICATION = {
    "name": "South Works",
    "value_chain_area": "suppliers",
    "country": "MT",
    "contact_name": "Zoë Müller",
    "contact_email": "zoe@works.example",
}


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_directory_shows_members_of_today_and_keeps_its_choice(client: Client) -> None:
    a_member("Amber Seats", value_chain_area="suppliers")
    a_member("Basalt Tyres", value_chain_area="tyres")
    page = client.get("/en/members/?area=tyres").content.decode()
    assert "Basalt Tyres" in page
    assert "Amber Seats" not in page
    assert '<option value="tyres" selected>' in page
    assert "?area=tyres" in page  # the table is of the same choice


def placed(name: str, code: str, region: str = "", **columns: Any) -> None:
    """A member in a country, and in a region of it."""
    organisation = a_member(name, **columns).organisation
    organisation.country = Country.objects.get_or_create(code=code, defaults={"names": {"en": f"Land {code}"}})[0]
    organisation.region = a_region(region, f"Part {region}") if region else None
    organisation.save()


def test_tiles_and_table_count_members_by_country_and_region_and_lead_to_the_list(client: Client) -> None:
    placed("Amber Seats", "DE", "DE11", value_chain_area="tyres")
    placed("Basalt Tyres", "DE", value_chain_area="tyres")
    placed("Cobalt Cells", "MT", value_chain_area="batteries")
    a_member("Nowhere Works")
    page = BeautifulSoup(client.get("/en/members/?view=tiles").content, "html.parser")
    tiles = {
        tile.select_one(".tile-code").get_text(): " ".join(tile.get_text().split())  # type: ignore[union-attr]
        for tile in page.select(".map-tile:has(a)")
    }
    assert tiles == {
        "DE": "DE Land DE 2 members",
        "MT": "MT Land MT 1 member",
        "DE11": "DE11 Part DE11, Land DE 1 member",
    }
    rows = [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
    assert rows == ["Land DE 2", "Land MT 1", "Country not known 1"]
    address = page.select_one('.map-tile a[title="Land DE"]')
    assert address is not None
    assert "Basalt Tyres" in client.get(str(address["href"])).content.decode()


def test_tiles_keep_the_filters_in_their_addresses_and_count_what_the_list_has(client: Client) -> None:
    placed("Amber Seats", "DE", value_chain_area="suppliers")
    placed("Basalt Tyres", "DE", value_chain_area="tyres")
    page = BeautifulSoup(client.get("/en/members/?view=tiles&area=tyres&q=bas").content, "html.parser")
    assert [a["href"] for a in page.select(".map-tile a")] == ["/en/members/?q=bas&country=DE&area=tyres"]
    assert [strong.get_text() for strong in page.select(".tile-count")] == ["1"]
    assert page.select('form.filter-line input[name="view"][value="tiles"]')
    assert page.select_one("a.chip[aria-current]").get_text() == "Tiles by country and region"  # type: ignore[union-attr]


def test_tiles_ask_as_much_for_many_members_as_for_few(client: Client) -> None:
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            placed(f"Works {number}", "DE", f"DE1{number % 5}")
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/members/?view=tiles")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= QUERIES


@pytest.mark.parametrize(
    "path",
    [
        "/en/members/",
        "/en/members/?view=tiles",
        "/en/members/members.csv",
        "/en/members/{slug}/",
        "/en/search/?q=works",
    ],
)
def test_a_contact_is_in_no_list_page_table_or_search_for_others(client: Client, person: User, path: str) -> None:
    profile = a_member("Amber Works", **CONTACT)
    for reader in (client, signed_in(person)):
        answer = reader.get(path.format(slug=profile.organisation.slug))
        assert answer.status_code == 200
        assert not any(word in answer.content.decode() for word in CONTACT.values())


def test_members_see_the_contact(client: Client) -> None:
    profile = a_member(**CONTACT)
    page = signed_in(a_member_person()).get(f"/en/members/{profile.organisation.slug}/").content.decode()
    assert all(word in page for word in CONTACT.values())


def test_the_table_can_be_imported_again(client: Client) -> None:
    a_member("Amber Seats", value_chain_area="suppliers", is_founder=True, about={"en": "=SUM(A1)"})
    answer = client.get("/en/members/members.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("id,organisation,country,region,joined_on,is_founder,area,about,language")
    assert "Amber Seats" in lines[1]
    assert "'=SUM(A1)" in lines[1]


def test_a_profile_names_groups_only_to_members(client: Client) -> None:
    profile, group = a_member(), a_group(names={"en": "Quiet group"})
    representative = in_group(a_member_person(profile), group)
    representative.groups.update(organisation=profile.organisation)
    address = f"/en/members/{profile.organisation.slug}/"
    assert "Quiet group" not in client.get(address).content.decode()
    assert "Quiet group" in signed_in(a_member_person()).get(address).content.decode()


def test_a_list_asks_the_database_no_more_with_many_members(client: Client) -> None:
    for number in range(60):
        a_member(f"Member {number:02}")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/members/")
    assert len(asked) <= 6
    assert page.content.decode().count('<li class="tile">') == 48


def test_an_application_is_sent_decided_and_seen(person: User, staff: User) -> None:
    Country.objects.create(code="MT", names={"en": "Malta"})
    publish_statutes(by=staff, version="2026", url="https://example.org/statutes")
    asker, desk = signed_in(person), signed_in(staff)
    refused = asker.post("/en/members/apply/", APPLICATION)
    assert refused.status_code == 422
    assert not MemberApplication.objects.exists()
    assert asker.post("/en/members/apply/", APPLICATION | {"statutes": "on"}).status_code == 302
    made = MemberApplication.objects.get()
    assert (made.statutes_version, made.country) == ("2026", Country.objects.get())
    waiting = desk.get("/en/members/desk/").content.decode()
    assert "South Works" in waiting
    assert "zoe@works.example" in waiting
    desk.post("/en/members/desk/", {"do": "approve", "application": str(made.uid)})
    profile = MemberProfile.objects.get()
    assert f"/en/members/{profile.organisation.slug}/" in asker.get("/en/members/apply/").content.decode()
    assert asker.get(f"/en/members/{profile.organisation.slug}/manage/").status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "required"),
        ({"region": "XX9"}, "There is no region with this code."),
        ({"contact_email": "zoe"}, "valid e"),
    ],
)
def test_an_application_says_beside_the_field_what_is_wrong(person: User, change: dict[str, str], said: str) -> None:
    Country.objects.create(code="MT", names={"en": "Malta"})
    answer = signed_in(person).post("/en/members/apply/", APPLICATION | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_staff_refuse_with_a_reason_that_the_asker_reads(person: User, staff: User) -> None:
    made = an_application(person)
    desk = signed_in(staff)
    without = desk.post("/en/members/desk/", {"do": "refuse", "application": str(made.uid)})
    assert without.status_code == 422
    desk.post("/en/members/desk/", {"do": "refuse", "application": str(made.uid), "answer": "Too small"})
    assert "Too small" in signed_in(person).get("/en/members/apply/").content.decode()


def test_staff_check_domains_publish_statutes_and_end_memberships(staff: User) -> None:
    profile = a_member(joined_on=None, renewal_due_on="2026-01-01")
    domain = MailDomain.objects.create(profile=profile, domain="works.example", named_by="x")
    desk = signed_in(staff)
    desk.post("/en/members/desk/", {"do": "confirm-domain", "domain": str(domain.uid)})
    domain.refresh_from_db()
    assert domain.verified_by == staff.public_id
    desk.post("/en/members/desk/", {"do": "publish", "version": "2026", "url": "https://example.org/statutes"})
    assert "Version 2026" in desk.get("/en/members/desk/").content.decode()
    slug = profile.organisation.slug
    assert desk.post("/en/members/desk/", {"do": "end", "member": slug, "ended_on": "soon"}).status_code == 422
    desk.post("/en/members/desk/", {"do": "end", "member": slug, "ended_on": "2026-01-31"})
    assert "until 31 January 2026" in desk.get(f"/en/members/{slug}/").content.decode()
    desk.post("/en/members/desk/", {"do": "remove-domain", "domain": str(domain.uid)})
    assert not MailDomain.objects.exists()


@pytest.mark.parametrize("form", [{}, {"do": "dance"}, {"do": "approve", "application": "1"}])
def test_a_button_that_is_none_does_nothing(staff: User, form: dict[str, str]) -> None:
    assert signed_in(staff).post("/en/members/desk/", form).status_code in {404, 422}


def test_somebody_with_an_address_of_the_member_asks_and_its_manager_lets_them_in(person: User) -> None:
    profile = a_member()
    manager = signed_in(a_member_person(profile, role="manager"))
    slug = profile.organisation.slug
    MailDomain.objects.create(
        profile=profile, domain="works.example", named_by="x", verified_by="x", verified_at=profile.created_at
    )
    asker, address = signed_in(person), f"/en/members/{slug}/"
    assert "Ask to join" not in asker.get(address).content.decode()
    confirm_address(person, "pia@works.example")
    assert f"Ask to join {profile.organisation.name}" in asker.get("/en/members/apply/").content.decode()
    assert "Ask to join" in asker.get(address).content.decode()
    asker.post(f"{address}join/")
    assert "You have asked to join" in asker.get(address).content.decode()
    assert str(person) in manager.get(f"{address}manage/").content.decode()
    asked = JoinRequest.objects.get()
    manager.post(f"{address}manage/", {"do": "let-in", "request": str(asked.uid)})
    assert Membership.objects.get(person=person).role == "member"
    assert "Ask to join" not in asker.get("/en/members/apply/").content.decode()


def test_a_manager_names_a_domain_renews_and_writes_about_the_member() -> None:
    profile = a_member()
    manager, address = signed_in(a_member_person(profile, role="manager")), f"/en/members/{profile.organisation.slug}/"
    assert manager.post(f"{address}manage/", {"do": "add-domain", "domain": "gmail.com"}).status_code == 422
    manager.post(f"{address}manage/", {"do": "add-domain", "domain": "works.example"})
    domain = MailDomain.objects.get()
    manager.post(f"{address}manage/", {"do": "renew"})
    assert "renewed until" in manager.get(f"{address}manage/").content.decode()
    manager.post(f"{address}details/", {"about": "We make seats."})
    assert "We make seats." in manager.get(address).content.decode()
    manager.post(f"{address}manage/", {"do": "remove-domain", "domain": str(domain.uid)})
    assert not MailDomain.objects.exists()


def test_a_manager_of_one_member_touches_nothing_of_another(person: User) -> None:
    own, other = a_member(), a_member()
    manager = signed_in(a_member_person(own, role="manager"))
    domain = MailDomain.objects.create(profile=other, domain="other.example", named_by="x")
    asked = JoinRequest.objects.create(person=person, organisation=other.organisation)
    address = f"/en/members/{own.organisation.slug}/manage/"
    assert manager.post(address, {"do": "remove-domain", "domain": str(domain.uid)}).status_code == 404
    assert manager.post(address, {"do": "let-in", "request": str(asked.uid)}).status_code == 404
    assert manager.get(f"/en/members/{other.organisation.slug}/manage/").status_code == 403
    assert MailDomain.objects.filter(pk=domain.pk).exists()


def test_a_manager_applies_for_the_organisation_that_is_here(manager: User) -> None:
    Country.objects.create(code="MT", names={"en": "Malta"})
    client = signed_in(manager)
    assert '<option value="north-works">' in client.get("/en/members/apply/").content.decode()
    client.post("/en/members/apply/", APPLICATION | {"name": "", "organisation": "north-works"})
    made = MemberApplication.objects.get()
    assert made.organisation is not None
    assert made.organisation.slug == "north-works"


def test_the_german_page_marks_what_is_written_in_english(client: Client) -> None:
    profile = a_member(about={"en": "We make seats."})
    page = client.get(f"/de/members/{profile.organisation.slug}/").content.decode()
    assert '<span lang="en">We make seats.</span>' in page


def test_who_leads_a_group_of_others_sees_no_desk_of_a_member() -> None:
    profile = a_member()
    leader = signed_in(a_leader(a_group()))
    assert leader.get(f"/en/members/{profile.organisation.slug}/manage/").status_code == 403
    assert leader.get("/en/members/desk/").status_code == 403


def test_the_filters_name_each_choice_once_so_that_it_can_be_changed(client: Client) -> None:
    """A browser sends every field of a name, and the last one counts."""
    page = BeautifulSoup(client.get("/en/members/?region=DE11&country=DE").content, "html.parser")
    form = page.select_one("form.filter-line")
    assert form is not None
    names = [str(field["name"]) for field in form.find_all(["input", "select"])]
    assert sorted(names) == ["area", "country", "q", "region"]

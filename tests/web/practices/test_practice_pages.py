"""Practices: found, written, reviewed, done again by others; as pages and as a table."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from tests.community.sharing_records import TEXTS, a_practice, a_region

from synchromesh.accounts.models import Membership, MembershipRole, Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Practice, PracticeReuse, PracticeState
from synchromesh.community.operations.practices import publish_practice
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db
FORM = TEXTS | {"theme": "upskilling", "texts_in": "en"}


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_practice_is_written_sent_in_and_published_by_somebody_else(
    client: Client, person: User, staff: User
) -> None:
    client.force_login(person)
    client.post("/en/practices/new/", FORM)
    practice = Practice.objects.get()
    state = f"/en/practices/{practice.slug}/state/"
    assert practice.slug == "mentors-on-the-night-shift"
    assert "Mentors on the night shift" not in text_of(client, "/en/practices/")
    client.post(state, {"do": "submit"})
    client.force_login(staff)
    assert "Pia Person" in text_of(client, "/en/practices/review/")
    client.post(f"/en/practices/{practice.slug}/review/", {"do": "publish"})
    client.logout()
    page = text_of(client, f"/en/practices/{practice.slug}/")
    assert "Two mentors changed to the night shift" in page
    assert "No evidence is named." in page
    assert "Mentors on the night shift" in text_of(client, "/en/practices/")


def test_a_practice_given_back_says_why_and_can_be_mended(client: Client, person: User, staff: User) -> None:
    client.force_login(person)
    client.post("/en/practices/new/", FORM)
    practice = Practice.objects.get()
    client.post(f"/en/practices/{practice.slug}/state/", {"do": "submit"})
    client.force_login(staff)
    assert client.post(f"/en/practices/{practice.slug}/review/", {"do": "reject"}).status_code == 422
    client.post(f"/en/practices/{practice.slug}/review/", {"do": "reject", "note": "Which plant?"})
    client.force_login(person)
    assert "Which plant?" in text_of(client, f"/en/practices/{practice.slug}/state/")
    client.post(f"/en/practices/{practice.slug}/edit/", FORM | {"by_whom": "Plant North"})
    practice.refresh_from_db()
    assert (practice.state, practice.by_whom) == (PracticeState.DRAFT, "Plant North")


def test_a_practice_without_a_result_is_not_sent_in(client: Client, person: User) -> None:
    client.force_login(person)
    client.post("/en/practices/new/", FORM | {"result": ""})
    practice = Practice.objects.get()
    response = client.post(f"/en/practices/{practice.slug}/state/", {"do": "submit"})
    assert response.status_code == 422
    assert "result" in response.content.decode()


def test_a_draft_is_nobody_elses_business(client: Client, person: User, manager: User) -> None:
    client.force_login(person)
    client.post("/en/practices/new/", FORM)
    client.force_login(manager)
    slug = Practice.objects.get().slug
    for address in ("", "state/", "edit/", "we-did-this-too/"):
        assert client.get(f"/en/practices/{slug}/{address}").status_code == 404


def test_an_organisation_says_that_it_did_this_too_once(
    client: Client, person: User, editor: User, organisation: Organisation
) -> None:
    practice = a_practice(person)
    client.force_login(editor)
    address = f"/en/practices/{practice.slug}/we-did-this-too/"
    said = {"organisation": organisation.slug, "result": "It worked in two halls.", "since_year": "2025"}
    client.post(address, said)
    assert client.post(address, said).status_code == 422
    page = text_of(client, f"/en/practices/{practice.slug}/")
    assert "North Works" in page
    assert "It worked in two halls." in page
    client.post(address, {"do": "remove", "reuse": str(PracticeReuse.objects.get().uid)})
    assert not PracticeReuse.objects.exists()


def test_nobody_speaks_for_an_organisation_of_others(
    client: Client, person: User, member: User, organisation: Organisation
) -> None:
    practice = a_practice(person)
    client.force_login(member)
    said = {"organisation": organisation.slug, "result": "It worked."}
    assert client.post(f"/en/practices/{practice.slug}/we-did-this-too/", said).status_code == 422
    assert not PracticeReuse.objects.exists()


def test_a_change_by_the_author_takes_a_published_practice_to_the_review_again(client: Client, person: User) -> None:
    practice = a_practice(person)
    client.force_login(person)
    client.post(f"/en/practices/{practice.slug}/edit/", FORM | {"title": "Mentors at night"})
    client.logout()
    assert client.get(f"/en/practices/{practice.slug}/").status_code == 404


def test_earlier_versions_stay_readable(client: Client, person: User) -> None:
    practice = a_practice(person)
    client.force_login(person)
    client.post(f"/en/practices/{practice.slug}/edit/", FORM | {"result": "Half of them left again."})
    client.post(f"/en/practices/{practice.slug}/state/", {"do": "submit"})
    practice.refresh_from_db()
    publish_practice(by=OPERATOR, practice=practice)
    page = text_of(client, f"/en/practices/{practice.slug}/")
    assert "Version 1" in page
    assert "nobody left in the first year" in page
    assert "Half of them left again." in page


def test_words_find_a_practice_and_filters_narrow_the_list(client: Client, person: User) -> None:
    a_practice(person, region=a_region("DE11"))
    a_practice(person, title="Robots in class", theme="teachers", challenge="Old", action="New", conditions="None")
    assert "Robots in class" not in text_of(client, "/en/practices/?q=mentors")
    assert "Mentors on the night shift" in text_of(client, "/en/practices/?q=mentors")
    assert "Mentors on the night" not in text_of(client, "/en/practices/?theme=teachers")
    assert "Mentors on the night" in text_of(client, "/en/practices/?region=DE1")
    assert "No practice fits" in text_of(client, "/en/practices/?region=FR")


def test_a_practice_names_those_that_share_its_skills_first(client: Client, person: User) -> None:
    skill = Skill.objects.create(slug="isolate-hv", titles={"en": "Isolate a battery"})
    first = a_practice(person, skills=[skill])
    a_practice(person, title="Same theme only")
    a_practice(person, title="Same skill", theme="funding", skills=[skill])
    page = text_of(client, f"/en/practices/{first.slug}/")
    assert page.index("Same skill") < page.index("Same theme only")
    assert "same skills:" in page


def test_the_list_as_a_table_reads_as_the_page_says_and_unknown_is_empty(client: Client, person: User) -> None:
    a_practice(person, cost_cents=0)
    a_practice(person, title="Cost nobody knows")
    rows = list(csv.DictReader(io.StringIO(client.get("/en/practices/?format=csv").content.decode("utf-8-sig"))))
    assert {row["title"]: row["cost"] for row in rows} == {
        "Mentors on the night shift": "0.00",
        "Cost nobody knows": "",
    }


def test_an_unknown_cost_is_never_shown_as_nothing(client: Client, person: User) -> None:
    practice = a_practice(person)
    page = text_of(client, f"/en/practices/{practice.slug}/")
    cost = page[page.index("<dt>Cost</dt>") :].split("</dd>")[0]
    assert "unknown" in cost


def test_only_alliance_staff_see_what_waits_and_nobody_reviews_their_own(client: Client, staff: User) -> None:
    client.force_login(staff)
    client.post("/en/practices/new/", FORM)
    practice = Practice.objects.get()
    client.post(f"/en/practices/{practice.slug}/state/", {"do": "submit"})
    assert client.post(f"/en/practices/{practice.slug}/review/", {"do": "publish"}).status_code == 403
    other = User.objects.create_user(email="other@example.org", name="Olga Other")
    Membership.objects.create(
        person=other, organisation=Organisation.objects.create(slug="o", name="O"), role=MembershipRole.EDITOR
    )
    client.force_login(other)
    assert client.get("/en/practices/review/").status_code == 403

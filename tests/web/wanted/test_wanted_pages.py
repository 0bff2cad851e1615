"""Training that is wanted: the public list, one skill, data, and a provider who says that it will offer it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_role, a_skill_in_force, a_topic

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Brief, BriefClaim, Course

pytestmark = pytest.mark.django_db
LIST = "/en/wanted/"
OFFER = "/en/wanted/offer/?skill=weld-tabs&level=2&language=de"


def wished(times: int, **columns: Any) -> None:
    Brief.objects.create(**({"wish": str(Brief.objects.count()), "origin": "gap", "times": times} | columns))


@pytest.fixture
def _wishes(db: None) -> None:
    """Seven for a skill in German, two for another one, and words that twelve people and one person typed."""
    weld = a_skill_in_force("weld-tabs", a_topic("battery"))
    wished(7, skill=weld, level=2, language="de")
    wished(2, skill=a_skill_in_force("drive-safely", a_topic("driving")), level=1)
    wished(12, origin="search", words="laser cutting")
    wished(1, origin="search", words="one private wish")
    a_role("welder", {"weld-tabs": 2})


def rows_of(client: Client, address: str) -> str:
    """The rows of the table alone."""
    return text_of(client, address).partition("<tbody>")[2].partition("</tbody>")[0]


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.usefixtures("_wishes")
def test_everybody_sees_what_is_wanted_without_small_numbers(client: Client) -> None:
    page = text_of(client, LIST)
    assert "Weld tabs" in page
    assert "“laser cutting”" in page
    assert "Drive safely" in page
    assert rows_of(client, LIST).count("fewer than 5") == 1
    assert "private" not in page
    assert "We will offer this" not in page


@pytest.mark.usefixtures("_wishes")
def test_filters_narrow_the_list_and_can_be_taken_away(client: Client) -> None:
    page = text_of(client, f"{LIST}?field=battery&language=de")
    assert "1 wanted training<" in page
    assert "laser cutting" not in page
    assert 'href="?language=de"' in page
    assert "Nothing that is wanted fits all of this." in text_of(client, f"{LIST}?level=3&field=battery")
    assert "1 wanted training<" in text_of(client, f"{LIST}?origin=search")


@pytest.mark.usefixtures("_wishes")
def test_the_list_is_ordered_by_number_or_by_name(client: Client) -> None:
    by_number, by_name = rows_of(client, LIST), rows_of(client, f"{LIST}?order=title")
    assert by_number.index("“laser cutting”") < by_number.index(">Weld tabs") < by_number.index(">Drive safely")
    assert by_name.index(">Drive safely") < by_name.index("“laser cutting”") < by_name.index(">Weld tabs")


def test_without_any_wish_the_page_says_so(client: Client) -> None:
    assert "Nobody has missed a course here yet" in text_of(client, LIST)


@pytest.mark.usefixtures("_wishes")
def test_the_same_rows_are_there_as_json_and_csv(client: Client) -> None:
    rows = client.get(f"{LIST}?format=json&field=battery&field=driving").json()["wanted"]
    assert [(row["skill"], row["wishes"], row["fewer_than"]) for row in rows] == [
        ("weld-tabs", 7, None),
        ("drive-safely", None, 5),
    ]
    answer = client.get(f"{LIST}?format=csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("text/csv")
    assert [(row["title"], row["words"], row["wishes"], row["fewer_than"]) for row in table] == [
        ("", "laser cutting", "12", ""),
        ("Weld tabs", "", "7", ""),
        ("Drive safely", "", "", "5"),
    ]
    assert client.get(f"{LIST}?format=pdf").status_code == 422


@pytest.mark.usefixtures("_wishes")
def test_the_page_of_a_skill_says_who_looks_for_it(client: Client) -> None:
    page = text_of(client, "/en/wanted/skills/weld-tabs/")
    for said in ("Who looks for: Weld tabs", "German", "skills that no course teaches (7)", "Welder"):
        assert said in page
    assert "/en/courses/?skill=weld-tabs" in page
    assert "laser" not in page
    a_skill_in_force("not-missed")
    assert "Nobody has missed a course for this skill" in text_of(client, "/en/wanted/skills/not-missed/")
    assert client.get("/en/wanted/skills/no-such-skill/").status_code == 404


@pytest.mark.usefixtures("_wishes")
def test_an_editor_says_that_the_provider_will_offer_it_and_gives_it_up(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert "We will offer this" in text_of(client, LIST)
    assert "nobody yet" in text_of(client, OFFER)
    page = client.post(
        "/en/wanted/offer/",
        {"skill": "weld-tabs", "level": "2", "language": "de", "provider": "north-works"},
        follow=True,
    )
    draft = Course.objects.get()
    assert page.redirect_chain == [(f"/en/desk/courses/{draft.slug}/", 302)]
    assert 'value="Weld tabs"' in page.content.decode()
    assert "1 provider" in text_of(client, LIST)
    own = text_of(client, "/en/me/provider/")
    assert "What you said you would offer" in own
    assert f"/en/desk/courses/{draft.slug}/" in own
    assert "What we said we would offer" in text_of(client, "/en/desk/organisations/north-works/")
    client.post(f"/en/wanted/claims/{BriefClaim.objects.get().uid}/give-up/")
    assert "What you said you would offer" not in text_of(client, "/en/me/provider/")
    assert "nobody yet" in text_of(client, OFFER)


@pytest.mark.usefixtures("_wishes")
def test_a_second_claim_of_the_same_provider_is_refused_in_words(client: Client, editor: User) -> None:
    client.force_login(editor)
    sent = {"skill": "weld-tabs", "level": "2", "language": "de", "provider": "north-works"}
    client.post("/en/wanted/offer/", sent)
    again = client.post("/en/wanted/offer/", sent)
    assert again.status_code == 409
    assert "prepares a course for this already" in again.content.decode()


@pytest.mark.usefixtures("_wishes")
def test_who_edits_for_no_provider_is_told_how_to_become_one(client: Client, member: User) -> None:
    assert client.get(OFFER).status_code == 302
    client.force_login(member)
    assert "Add a training provider" in text_of(client, OFFER)
    sent = {"skill": "weld-tabs", "level": "2", "language": "de", "provider": "north-works"}
    assert client.post("/en/wanted/offer/", sent).status_code == 403
    assert not BriefClaim.objects.exists()


@pytest.mark.usefixtures("_wishes")
def test_what_nobody_looks_for_cannot_be_offered(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get("/en/wanted/offer/?skill=weld-tabs&level=3").status_code == 404
    assert client.get("/en/wanted/offer/?words=one+private+wish").status_code == 404
    assert client.get("/en/wanted/offer/").status_code == 302


@pytest.mark.usefixtures("_wishes")
def test_the_public_pages_ask_at_most_ten_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        wished(9, skill=a_skill_in_force(f"skill-{number}", a_topic(f"topic-{number}")), level=1)
    for address in (LIST, "/en/wanted/skills/weld-tabs/", f"{LIST}?format=csv"):
        with django_assert_max_num_queries(10, info=address):
            client.get(address)

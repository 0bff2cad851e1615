"""The crosswalk desk in a browser without JavaScript: lists, proposals, decisions, refusals, and what it costs."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import METALS, SOLDERING, WELDER, WELDING, an_esco
from tests.records import a_role, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.framework.models import EscoConcept, EscoLink, EscoRejection, EscoVersion, Skill
from synchromesh.framework.operations.crosswalk import confirm_esco_match

pytestmark = pytest.mark.django_db
LIST = "/en/desk/crosswalk/"
PAGE = f"{LIST}skill/weld-metal/"


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    """The browser of somebody of the alliance's staff, on a site with a small ESCO."""
    an_esco()
    a_skill("weld-metal")
    a_role("welder", {"types-of-steel": 1})
    client.force_login(staff)
    return client


def _text(page: Any) -> str:
    text = " ".join(unescape(page.content.decode()).split())
    assert "⚠" not in text
    return text


def _do(desk: Client, do: str, uri: str = WELDING, page: str = PAGE, **fields: str) -> Any:
    return desk.post(page, {"do": do, "uri": uri} | fields, follow=True)


@pytest.mark.parametrize("address", [LIST, PAGE])
def test_only_alliance_staff_see_it(desk: Client, manager: User, address: str) -> None:
    assert desk.get(address).status_code == 200
    assert Client().get(address)["Location"].startswith("/en/account/login/")
    desk.force_login(manager)
    assert desk.get(address).status_code == 403
    assert desk.post(address, {"do": "confirm", "uri": WELDING, "match": "close"}).status_code == 403
    assert not EscoLink.objects.exists()


def test_a_proposal_says_why_and_is_confirmed(desk: Client, staff: User) -> None:
    page = _text(desk.get(PAGE))
    for words in (
        "Same name",
        "It has exactly this name in English.",
        "Join pieces of metal by heat.",
        "skills › working with machinery › joining metal",
        'value="exact" selected',
        "likeness 1.0",
    ):
        assert words in page
    done = _text(_do(desk, "confirm", match="exact"))
    assert "The link is confirmed." in done
    assert staff.name in done
    assert EscoLink.objects.get().confirmed_by == staff.public_id
    assert "It has exactly this name" not in done


def test_other_names_that_are_alike_are_listed(desk: Client) -> None:
    Skill.objects.filter(slug="weld-metal").update(titles={"en": "Fuse metal"})
    page = _text(desk.get(PAGE))
    assert "Another name of it in English is exactly this." in page
    assert 'Names that are alike too: <span lang="en">weld metal</span>' in page


def test_a_second_exact_one_is_refused_on_the_same_page(desk: Client) -> None:
    _do(desk, "confirm", match="exact")
    refused = _do(desk, "confirm", SOLDERING, match="exact")
    assert refused.status_code == 409
    page = _text(refused)
    assert f"is exactly {WELDING} already. Change that link first" in page
    assert 'role="alert"' in page
    assert "<title>Error: Links to ESCO: Weld metal" in page
    assert EscoLink.objects.count() == 1


@pytest.mark.parametrize(
    ("do", "uri", "match", "status"),
    [
        ("", WELDING, "close", 422),
        ("melt", WELDING, "close", 422),
        ("confirm", WELDING, "", 422),
        ("confirm", WELDER, "close", 422),
        ("confirm", "nonsense", "close", 409),
        ("change", WELDING, "close", 409),
        ("remove", WELDING, "", 409),
        ("withdraw", WELDING, "", 409),
    ],
)
def test_what_cannot_be_done_changes_nothing(desk: Client, do: str, uri: str, match: str, status: int) -> None:
    assert _do(desk, do, uri, match=match).status_code == status
    assert not EscoLink.objects.exists()


def test_a_rejected_concept_is_not_proposed_until_that_is_withdrawn(desk: Client, staff: User) -> None:
    page = _text(_do(desk, "reject"))
    assert "The concept is rejected." in page
    assert "It has exactly this name" not in page
    assert "Propose it again" in page
    assert EscoRejection.objects.get().rejected_by == staff.public_id
    assert "weld metal" in _text(desk.get(f"{LIST}?state=rejected"))
    assert "It has exactly this name" in _text(_do(desk, "withdraw"))


def test_a_link_is_changed_and_removed(desk: Client) -> None:
    _do(desk, "confirm", match="exact")
    assert "The link is confirmed." in _text(_do(desk, "confirm", match="close"))
    assert EscoLink.objects.get().match == "close"
    assert "The link is removed." in _text(_do(desk, "remove"))
    assert not EscoLink.objects.exists()


def test_a_concept_can_be_looked_for_by_hand(desk: Client) -> None:
    page = _text(desk.get(f"{PAGE}?q=solder"))
    assert "apply soldering techniques" in page
    assert "Back to the proposals" in page
    _do(desk, "confirm", SOLDERING, f"{PAGE}?q=solder", match="related")
    assert EscoLink.objects.get().match == "related"
    assert "Linked or rejected already" in _text(desk.get(f"{PAGE}?q=solder"))
    assert "No concept fits these words." in _text(desk.get(f"{PAGE}?q=xqzzyvw"))


def test_a_new_version_shows_what_it_says_otherwise_and_a_confirmation_settles_it(desk: Client) -> None:
    _do(desk, "confirm", match="exact")
    _do(desk, "confirm", SOLDERING, match="related")
    EscoVersion.objects.update(is_active=False)
    newer = an_esco("1.2.0")
    EscoConcept.objects.get(version=newer, uri=WELDING).labels.filter(language="en", kind="preferred").update(
        text="weld metals"
    )
    EscoConcept.objects.get(version=newer, uri=SOLDERING).delete()
    listed = _text(desk.get(f"{LIST}?state=moved"))
    assert "renamed (English)" in listed
    assert "no longer in ESCO" in listed
    page = _text(desk.get(PAGE))
    assert "What ESCO 1.2.0 says otherwise" in page
    assert '<del lang="en">weld metal</del>' in page
    assert f'Save<span class="visually-hidden">: {SOLDERING}' not in page
    _do(desk, "confirm", match="close")
    _do(desk, "remove", SOLDERING)
    assert "says otherwise" not in _text(desk.get(PAGE))
    assert EscoLink.objects.get().esco_version == "1.2.0"


def test_the_list_is_filtered_by_its_address(desk: Client) -> None:
    assert "Same name in ESCO" in _text(desk.get(LIST))
    roles = _text(desk.get(f"{LIST}?kind=role"))
    assert '<a href="/en/desk/crosswalk/role/welder/?state=to-do">Welder</a>' in roles
    assert "Nothing here." in _text(desk.get(f"{LIST}?kind=role&state=done"))
    assert desk.get(f"{LIST}?kind=course&state=nonsense&page=x").status_code == 200


def test_the_next_one_leads_to_another_skill_in_the_same_state(desk: Client) -> None:
    onward = desk.get(f"{LIST}?kind=skill&state=to-do&after=weld-metal")
    assert (onward.status_code, onward["Location"]) == (302, f"{LIST}skill/types-of-steel/?state=to-do")
    last = desk.get(f"{LIST}?kind=role&state=to-do&after=welder")
    assert last["Location"] == f"{LIST}?kind=role&state=to-do"


@pytest.mark.parametrize("address", ["skill/nobody/", "course/weld-metal/", "role/weld-metal/"])
def test_what_is_not_there_is_not_found(desk: Client, address: str) -> None:
    assert desk.get(LIST + address).status_code == 404


def test_without_esco_the_desk_says_so(desk: Client) -> None:
    EscoLink.objects.create(skill=Skill.objects.get(slug="weld-metal"), uri=METALS, match="close")
    EscoVersion.objects.all().delete()
    for address in (LIST, PAGE):
        assert "ESCO is not loaded on this site." in _text(desk.get(address))
    assert "The link is changed." in _text(_do(desk, "change", METALS, match="broad"))


def test_the_desk_says_how_much_is_to_do(desk: Client) -> None:
    assert "3 without a link, 0 not confirmed, 0 moved in the new version" in _text(desk.get("/en/desk/"))
    confirm_esco_match(by=OPERATOR, subject=Skill.objects.get(slug="weld-metal"), uri=WELDING, match="exact")
    assert "2 without a link" in _text(desk.get("/en/desk/"))


@pytest.mark.parametrize(("address", "most"), [(LIST, 20), (PAGE, 30), (f"{PAGE}?q=metal", 30), ("/en/desk/", 22)])
def test_a_page_asks_no_more_questions_with_more_skills(
    desk: Client, address: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        skill = a_skill(f"weld-metal-{number}")
        EscoLink.objects.create(skill=skill, uri=WELDING, match="close")
    desk.get(address)
    with django_assert_max_num_queries(most):
        assert desk.get(address).status_code == 200

"""Splitting and merging skills at the desk: choose, look, a second person confirms, undo; all without JavaScript."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.records import a_skill, stored
from tests.site.skill_records import MERGE, SPLIT, a_skill_in_use

from synchromesh.accounts.models import User
from synchromesh.framework.models import FrameworkVersion, Skill
from synchromesh.plumbing.models import ImportBatch
from synchromesh.site.skill_changes import preview_skill_change

pytestmark = pytest.mark.django_db
LIST = "/en/desk/skills/"
CHOICE = {"several": "old", "one": "new"}


@pytest.fixture
def desk(client: Client, staff: User, person: User) -> Client:
    """The browser of somebody of the alliance's staff, on a site where the skill `old` is used in every way."""
    a_skill_in_use(person)
    client.force_login(staff)
    return client


def _text(page: Any) -> str:
    text = " ".join(unescape(page.content.decode()).split())
    assert "⚠" not in text
    return text


def _prepared(desk: Client, kind: str = "merge", **choice: Any) -> str:
    return str(desk.post(f"{LIST}{kind}/", choice or CHOICE)["Location"])


@pytest.mark.parametrize("address", ["", "merge/", "split/", "change"])
def test_only_alliance_staff_see_and_do_it(desk: Client, staff: User, manager: User, address: str) -> None:
    batch, _ = preview_skill_change(by=staff, request=MERGE)
    path = f"{LIST}changes/{batch.uid}/" if address == "change" else LIST + address
    assert desk.get(path).status_code == 200
    assert Client().get(path)["Location"].startswith("/en/account/login/")
    desk.force_login(manager)
    assert desk.get(path).status_code == 403
    assert desk.post(path, {"do": "withdraw"} | CHOICE).status_code == 403
    assert ImportBatch.objects.get().status == "previewed"


def test_a_merge_is_prepared_confirmed_by_another_person_and_undone(desk: Client, second_desk: Client) -> None:
    before = stored()
    page = _text(desk.get(f"{LIST}merge/", CHOICE | {"step": "check"}))
    assert "So many name what would retire:" in page
    assert "1 (people: 1)" in page
    address = _prepared(desk)
    assert stored() == before
    own = _text(desk.get(address))
    for words in ("Merge old into new", "Somebody else must confirm it.", "prepared by Stan Staff", "What would move"):
        assert words in own
    for words in ("technician", "weld-course", "Wanted training", "ratings: 1; people: 1"):
        assert words in own
    assert "Confirm and carry it out" not in own
    refused = desk.post(address, {"do": "commit"})
    assert refused.status_code == 403
    assert "somebody else of the alliance's staff must carry it out" in _text(refused)
    assert stored() == before

    assert "Confirm and carry it out" in _text(second_desk.get(address))
    done = _text(second_desk.post(address, {"do": "commit"}, follow=True))
    assert "The change is carried out." in done
    assert "What moved" in done
    assert Skill.objects.get(slug="old-retired").retired_at is not None
    undone = _text(desk.post(address, {"do": "undo"}, follow=True))
    assert "The change is undone." in undone
    assert stored() == before


def test_a_split_is_prepared_and_carried_out(desk: Client, second_desk: Client) -> None:
    choice = {"several": ["first", "second"], "one": "old"}
    page = _text(desk.get(f"{LIST}split/", choice | {"step": "check"}))
    assert "Each part takes over at the level of the whole" in page
    address = _prepared(desk, "split", **choice)
    assert "Split old into first, second" in _text(second_desk.get(address))
    second_desk.post(address, {"do": "commit"})
    assert set(Skill.objects.get(slug="old").successors.values_list("slug", flat=True)) == {"first", "second"}


def test_a_search_finds_skills_and_keeps_what_is_ticked(desk: Client) -> None:
    a_skill("weld-steel", titles={"en": "Weld steel", "de": "Stahl schweißen"})
    empty = _text(desk.get(f"{LIST}merge/"))
    assert "Search first, then tick the skills." in empty
    page = _text(desk.get(f"{LIST}merge/?q=STAHL schweissen&several=old"))
    assert '<input type="checkbox" id="skill-weld-steel" name="several" value="weld-steel"><label' in page
    assert 'value="old" checked' in page
    assert '<option value="weld-steel">Weld steel</option>' in page
    assert "Nothing has these words in its name." in _text(desk.get(f"{LIST}merge/?q=xqzzyvw"))


def test_a_long_answer_is_cut_and_says_so(desk: Client) -> None:
    for number in range(45):
        a_skill(f"weld-{number}")
    assert "5 more skills have these words." in _text(desk.get(f"{LIST}merge/?q=weld"))


@pytest.mark.parametrize(
    ("kind", "choice", "status", "words"),
    [
        ("merge", {"several": "old"}, 422, "Choose the skills on both sides."),
        ("merge", {"one": "old"}, 422, "Choose the skills on both sides."),
        ("merge", {"several": "old", "one": "old"}, 422, "cannot take the place of itself"),
        ("merge", {"several": "nobody", "one": "new"}, 422, "There is no skill 'nobody'."),
        ("merge", {"several": "older-retired", "one": "new"}, 409, "retired already"),
        ("split", {"several": "first", "one": "old"}, 422, "A skill is split into two or more."),
    ],
)
def test_a_choice_that_cannot_be_meant_is_explained_on_the_same_page(
    desk: Client, kind: str, choice: dict[str, str], status: int, words: str
) -> None:
    for answer in (
        desk.get(f"{LIST}{kind}/", choice | {"step": "check"}),
        desk.post(f"{LIST}{kind}/", choice),
    ):
        assert answer.status_code == status
        page = _text(answer)
        assert words in page
        assert 'role="alert"' in page
    assert not ImportBatch.objects.exists()


def test_while_a_draft_waits_nothing_is_prepared_and_the_page_says_why(desk: Client) -> None:
    FrameworkVersion.objects.create(number=9, status="draft")
    refused = desk.post(f"{LIST}merge/", CHOICE)
    assert refused.status_code == 409
    assert "Version 9 is a draft." in _text(refused)


def test_a_prepared_change_is_withdrawn(desk: Client, second_desk: Client) -> None:
    address = _prepared(desk)
    assert "The change is withdrawn." in _text(second_desk.post(address, {"do": "withdraw"}, follow=True))
    assert desk.get(address).status_code == 404


def test_what_is_not_possible_any_more_is_explained(desk: Client, second_desk: Client) -> None:
    address, other = _prepared(desk), _prepared(desk, "split", several=["first", "second"], one="old")
    second_desk.post(address, {"do": "commit"})
    late = second_desk.post(other, {"do": "commit"})
    assert late.status_code == 409
    assert "has become 'new'" in _text(late)
    assert second_desk.post(address, {"do": "commit"}).status_code == 409
    assert second_desk.post(address, {"do": "withdraw"}).status_code == 409
    assert second_desk.post(address, {"do": "melt"}).status_code == 422


def test_the_list_shows_what_waits_and_what_was_done(desk: Client, second_desk: Client) -> None:
    assert "Nothing waits." in _text(desk.get(LIST))
    address = _prepared(desk)
    waiting = _text(desk.get(LIST))
    assert f'<a href="{address}">Merge old into new</a>' in waiting
    assert "Stan Staff" in waiting
    assert "1 change waits for a second person" in _text(desk.get("/en/desk/"))
    second_desk.post(address, {"do": "commit"})
    assert "carried out" in _text(desk.get(LIST))
    assert "0 changes wait for a second person" in _text(desk.get("/en/desk/"))
    desk.post(address, {"do": "undo"})
    assert "undone" in _text(desk.get(LIST))


def test_a_change_from_the_command_line_is_listed_and_one_of_before_has_no_list(desk: Client, staff: User) -> None:
    ImportBatch.objects.create(
        kind="skill-change", name="merge a into b", source="skill-change", actor="operator", status="committed"
    )
    assert "merge a into b" in _text(desk.get(LIST))
    batch = ImportBatch.objects.get()
    page = _text(desk.get(f"{LIST}changes/{batch.uid}/"))
    assert "The list was not kept with this change." in page
    assert "prepared by the operator" in page


@pytest.mark.parametrize("address", ["melt/", "changes/6f0c1f0a-5a5e-4d55-9c39-2b6a5c1e6d01/"])
def test_what_is_not_there_is_not_found(desk: Client, address: str) -> None:
    assert desk.get(LIST + address).status_code == 404


def test_an_import_of_courses_is_no_change_of_skills(desk: Client) -> None:
    batch = ImportBatch.objects.create(kind="feed", name="courses.csv", source="north", actor="operator")
    assert desk.get(f"{LIST}changes/{batch.uid}/").status_code == 404
    assert desk.post(f"{LIST}changes/{batch.uid}/", {"do": "withdraw"}).status_code == 404


def test_the_pages_ask_few_questions(
    desk: Client, staff: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for request in (MERGE, SPLIT):
        batch, _ = preview_skill_change(by=staff, request=request)
    for number in range(20):
        a_skill(f"weld-{number}")
    for address in ("", "merge/?q=weld&several=old&one=new&step=check", f"changes/{batch.uid}/"):
        with django_assert_max_num_queries(20):
            desk.get(LIST + address)

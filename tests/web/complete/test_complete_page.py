"""Suggestions as a list for the script and as a page: names, addresses, how each was found, and odd questions."""

from __future__ import annotations

from html import unescape

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import an_esco
from tests.records import a_course, a_provider, a_role, a_skill_in_force

from synchromesh.catalogue.models import Course
from synchromesh.framework.models import Skill
from synchromesh.framework.queries import prepared_completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def _content() -> None:
    a_role("welding-supervisor", {"welding": 2})
    a_skill_in_force("gluing", titles={"en": "Gluing", "de": "Kleben"})
    an_esco()


def _options(client: Client, query: str) -> list[Tag]:
    page = client.get(f"/en/complete/{query}", headers={"HX-Request": "true"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠ unknown variable" not in text
    assert "<html" not in text
    return list(BeautifulSoup(text, "html.parser").select("li"))


def _status(client: Client, query: str) -> str:
    text = client.get(f"/en/complete/{query}", headers={"HX-Request": "true"}).content.decode()
    return str(BeautifulSoup(text, "html.parser").ul["data-status"])  # type: ignore[index]


def _words(option: Tag) -> str:
    return " ".join(option.get_text(" ").split())


@pytest.mark.usefixtures("_content")
def test_each_option_says_its_kind_and_how_it_was_found(client: Client) -> None:
    assert [_words(option) for option in _options(client, "?q=weld")] == [
        "Welding supervisor Job role starts with",
        "Welding Skill starts with",
        "welder ESCO occupation starts with",
    ]
    assert [_words(option) for option in _options(client, "?q=weldnig+supervisor&kinds=role")] == [
        "Welding supervisor Job role similar spelling"
    ]
    assert [_words(option) for option in _options(client, "?q=kleben&kinds=skill")] == [
        "Gluing also called Kleben Skill exact"
    ]
    assert _options(client, "?q=kleben&kinds=skill")[0].select_one('[lang="de"]') is not None


@pytest.mark.usefixtures("_content")
def test_an_option_carries_what_the_script_needs(client: Client) -> None:
    (option,) = _options(client, "?q=welding&kinds=skill")
    skill = Skill.objects.get(slug="welding")
    assert option["role"] == "option"
    assert (option["data-value"], option["data-slug"], option["data-label"], option["data-address"]) == (
        str(skill.uid), "welding", "Welding", "/en/skills/welding/",
    )  # fmt: skip
    (concept,) = _options(client, "?q=types+of&kinds=esco-skill")
    assert concept["data-value"] == "http://data.europa.eu/esco/skill/metal-2"
    assert concept["data-address"] == "/en/esco/skill/metal-2/"


@pytest.mark.usefixtures("_content")
def test_the_number_of_suggestions_is_said(client: Client) -> None:
    assert _status(client, "?q=weld") == "3 suggestions"
    assert _status(client, "?q=gluing&kinds=skill") == "1 suggestion"
    assert _status(client, "?q=xqzzyvw") == "No suggestions"
    assert _status(client, "?q=") == "No suggestions"


@pytest.mark.usefixtures("_content")
def test_while_esco_is_prepared_the_answer_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared_completion, "_AT_ONCE", 0)
    monkeypatch.setattr(prepared_completion, "_prepare_aside", lambda what, key: None)
    assert _status(client, "?q=weld&kinds=occupation") == "Suggestions are being prepared. Try again in a moment."
    assert "max-age" not in client.get("/en/complete/?q=weld", headers={"HX-Request": "true"}).get("Cache-Control", "")
    assert "is being prepared" in client.get("/en/complete/?q=weld").content.decode()


@pytest.mark.usefixtures("_content")
def test_without_a_script_it_is_a_page_with_links(client: Client) -> None:
    page = client.get("/en/complete/?q=weldnig+supervisor&kinds=role")
    text = unescape(page.content.decode())
    assert "1 suggestion for “weldnig supervisor”" in text
    assert 'href="/en/roles/welding-supervisor/"' in text
    assert "similar spelling" in text
    assert '<input type="hidden" name="kinds" value="role">' in text
    assert "noindex" in text
    assert "HX-Request" in page["Vary"]
    nothing = unescape(client.get("/en/complete/?q=xqzzyvw").content.decode())
    assert "Nothing has a name like this." in nothing
    assert "/en/search/?q=xqzzyvw" in nothing
    assert "suggestion for" not in client.get("/en/complete/").content.decode()


@pytest.mark.usefixtures("_content")
def test_the_page_is_in_the_language_of_its_address(client: Client) -> None:
    (option,) = BeautifulSoup(
        client.get("/de/complete/?q=gluing&kinds=skill", headers={"HX-Request": "true"}).content, "html.parser"
    ).select("li")
    assert option["data-label"] == "Kleben"
    assert option["data-address"] == "/de/skills/gluing/"


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("query", [
    "?q=%00", "?q=%22%3Cscript%3E", "?q=" + "x" * 5000, "?q=weld&kinds=rubbish", "?q=weld&kinds=" + "skill," * 500,
])  # fmt: skip
def test_odd_questions_are_answered(client: Client, query: str) -> None:
    assert all("<script>" not in str(option) for option in _options(client, query))
    assert client.get(f"/en/complete/{query}").status_code == 200


@pytest.mark.usefixtures("_content")
def test_only_reading_is_possible(client: Client) -> None:
    assert client.post("/en/complete/", {"q": "weld"}).status_code == 405


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("in_field", [True, False])
def test_it_asks_at_most_four_questions(
    client: Client, in_field: bool, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    headers = {"HX-Request": "true"} if in_field else {}
    address = "/en/complete/?q=wel&kinds=role,skill,occupation,esco-skill"
    client.get(address, headers=headers)
    with django_assert_max_num_queries(4):
        client.get(address, headers=headers)


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize(("address", "kinds", "action"), [
    ("/en/", "role,skill,course,organisation,occupation", "/en/search/"),
    ("/en/search/", "role,skill,course,organisation,occupation", "/en/search/"),
    ("/en/skills/", "skill", "/en/complete/"),
    ("/en/esco/", "esco-skill,occupation", "/en/esco/"),
])  # fmt: skip
def test_a_field_with_suggestions_has_all_its_parts(client: Client, address: str, kinds: str, action: str) -> None:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    (root,) = page.select("[data-combobox]")
    assert (root["data-address"], root["data-kinds"], root["data-choose"]) == ("/en/complete/", kinds, "go")
    assert root["action"] == action
    (field,) = root.select("input[data-combobox-input]")
    assert "role" not in field.attrs  # the script gives it: without one it is a plain field
    assert len(page.select(f'label[for="{field["id"]}"]')) == 1
    (options,) = root.select('ul[role="listbox"]')
    assert options.has_attr("hidden")
    assert len(root.select('[role="status"]')) == 1
    assert len(page.select('script[src*="combobox"][defer]')) == 1


@pytest.mark.usefixtures("_content")
def test_courses_and_organisations_are_suggested_by_their_names(client: Client) -> None:
    a_course("welding-for-beginners", provider=a_provider("weld-works"))
    a_course("gluing-course", summaries={"en": "Not about welding."})
    kinds = "&kinds=role,skill,course,organisation,occupation"
    assert [_words(option) for option in _options(client, f"?q=weld{kinds}")] == [
        "Welding supervisor Job role starts with",
        "Welding Skill starts with",
        "Welding for beginners Course starts with",
        "Weld Works Organisation starts with",
        "welder ESCO occupation starts with",
    ]
    (course,) = _options(client, "?q=beginn&kinds=course")
    assert (course["data-address"], course["data-label"]) == (
        "/en/courses/welding-for-beginners/",
        "Welding for beginners",
    )
    assert [_words(row) for row in _options(client, "?q=wleding+beginners&kinds=course")] == [
        "Welding for beginners Course similar spelling"
    ]
    assert "/en/organisations/weld-works/" in client.get("/en/complete/?q=weld&kinds=organisation").content.decode()


@pytest.mark.usefixtures("_content")
def test_a_course_that_is_gone_meanwhile_is_not_suggested(client: Client) -> None:
    course = a_course("welding-for-beginners")
    assert len(_options(client, "?q=weld&kinds=course")) == 1
    Course.objects.filter(pk=course.pk).update(published_at=None)
    assert _options(client, "?q=weld&kinds=course") == []

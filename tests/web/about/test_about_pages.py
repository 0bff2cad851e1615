"""The pages about the alliance: what they say, in which language, and what choosing a language does."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from synchromesh.engine.vocabulary.languages import OWN_NAMES

pytestmark = pytest.mark.django_db

PAGES = ("", "accessibility/", "privacy/", "data/", "help/", "languages/")


@pytest.mark.parametrize("page", PAGES)
def test_everyone_may_read_every_page_about_the_site(client: Client, page: str) -> None:
    answer = client.get(f"/en/about/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1>") == 1
    assert "unknown variable" not in text


def test_the_accessibility_statement_names_the_standard_the_date_and_a_contact(client: Client) -> None:
    text = client.get("/en/about/accessibility/").content.decode()
    assert "2.2 at level AA" in text
    assert "EN 301 549" in text
    assert "2026" in text
    assert f"mailto:{settings.CONTACT_EMAIL}" in text


def test_the_privacy_page_states_the_days_that_answers_are_really_kept(client: Client) -> None:
    text = client.get("/en/about/privacy/").content.decode()
    assert f"kept for {settings.SESSION_COOKIE_AGE // 86_400} days" in text
    assert "/en/me/privacy/" in text


def test_the_privacy_page_names_every_cookie_that_the_site_sets(client: Client) -> None:
    text = client.get("/en/about/privacy/").content.decode()
    for cookie in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "theme"):
        assert f"<code>{cookie}</code>" in text


def test_the_pages_load_nothing_from_other_sites(client: Client) -> None:
    text = client.get("/en/about/privacy/").content.decode()
    assert 'src="http' not in text
    assert 'rel="stylesheet" href="/static/' in text


def test_the_languages_page_lists_all_24_by_their_own_name_and_marks_it_as_theirs(client: Client) -> None:
    text = client.get("/en/about/languages/").content.decode()
    assert len(OWN_NAMES) == 24
    for code, name in OWN_NAMES.items():
        assert f'<span lang="{code}">{name}</span>' in text


def test_a_language_that_is_not_offered_has_no_button(client: Client) -> None:
    text = client.get("/en/about/languages/").content.decode()
    assert "mt" not in settings.INTERFACE_LANGUAGES
    assert 'value="mt"' not in text
    assert "not translated yet" in text


def test_choosing_a_language_remembers_it_and_goes_back_to_the_page(client: Client) -> None:
    answer = client.post("/en/about/languages/", {"language": "en", "next": "/en/about/help/"})
    assert answer.status_code == 302
    assert answer["Location"] == "/en/about/help/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_a_language_that_is_not_offered_is_refused_with_a_sentence(client: Client) -> None:
    answer = client.post("/en/about/languages/", {"language": "mt"})
    assert answer.status_code == 422
    assert "This language is not offered yet." in answer.content.decode()


def test_choosing_a_language_never_leads_to_another_site(client: Client) -> None:
    answer = client.post("/en/about/languages/", {"language": "en", "next": "https://evil.example/x"})
    assert answer["Location"] == "/"


def test_the_help_page_explains_each_answer_of_the_self_check(client: Client) -> None:
    text = client.get("/en/about/help/").content.decode()
    for answer in ("Not yet", "With help", "On my own", "I can teach it"):
        assert f"<dt>{answer}</dt>" in text
    assert 'id="path"' in text


def test_the_data_page_links_the_framework_of_now(client: Client) -> None:
    text = client.get("/en/about/data/").content.decode()
    for file in ("framework.json", "framework.zip"):
        assert f'href="/en/about/data/{file}"' in text

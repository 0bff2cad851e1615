"""The frame of every page, the pages for errors, and the account pages inside the frame."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from synchromesh.accounts.models import User
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput, NotAllowed, NotFound, SynchromeshError
from synchromesh.web.error_pages import server_error
from synchromesh.web.templatetags.page_frame import address_words, page_numbers

pytestmark = pytest.mark.django_db

OPEN_ACCOUNT_PAGES = ("login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/")
OWN_ACCOUNT_PAGES = ("email/", "password/change/", "mfa/", "mfa/webauthn/", "reauthenticate/", "logout/")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} gave {answer.status_code}"
    return answer.content.decode()


def test_the_first_thing_on_a_page_is_the_way_past_the_navigation(client: Client) -> None:
    text = page(client, "/en/about/")
    body = text[text.index("<body>") :]
    assert re.search(r"<a [^>]*>", body).group() == '<a class="skip button" href="#main">'  # type: ignore[union-attr]
    assert '<main id="main"' in text


def test_the_page_says_its_language_and_has_one_place_for_spoken_news(client: Client) -> None:
    text = page(client, "/en/about/")
    assert '<html lang="en"' in text
    assert text.count('role="status"') == 1


@pytest.mark.parametrize("part", ["roles", "skills", "courses", "regions", "events"])
def test_the_navigation_marks_the_part_where_the_reader_is(client: Client, part: str) -> None:
    marked = re.findall(r'<a href="(/en/[a-z]+/)" aria-current="true">', page(client, f"/en/{part}/"))
    assert set(marked) == {f"/en/{part}/"}


def test_the_header_offers_sign_in_to_visitors_and_their_pages_to_others(client: Client, person: User) -> None:
    assert 'href="/en/account/login/"' in page(client, "/en/about/")
    client.force_login(person)
    text = page(client, "/en/about/")
    assert 'href="/en/me/"' in text
    assert 'href="/en/account/login/"' not in text


def test_htmx_is_told_to_keep_to_the_content_security_policy(client: Client) -> None:
    answer = client.get("/en/about/")
    assert '{"includeIndicatorStyles":false,"defaultSettleDelay":0,"allowEval":false}' in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]


ERRORS: list[tuple[SynchromeshError, int]] = [
    (InvalidInput("The price must be a number."), 422),
    (NotAllowed("Only editors may change this."), 403),
    (NotFound("There is no such skill."), 404),
    (Conflict("The import was undone already."), 409),
    (ExternalFailure("The provider's site did not answer."), 502),
]


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: str(value)[:20])
def test_an_expected_error_is_a_page_in_the_frame_with_its_own_sentence(error: SynchromeshError, status: int) -> None:
    request = RequestFactory().get("/en/skills/cell-operator/")
    text = render_to_string(f"errors/{status}.html", {"error": error, "status": status}, request)
    assert str(error.message).replace("'", "&#x27;") in text
    assert text.count("<h1>") == 1
    assert 'content="noindex"' in text
    assert "unknown variable" not in text


def test_an_address_that_does_not_exist_offers_to_search_for_its_words(client: Client) -> None:
    answer = client.get("/en/rolls/battery-technician-2/")
    assert answer.status_code == 404
    assert 'value="battery technician"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/en/roles/cell-operator/", "cell operator"),
        ("/mt/skills/", "skills"),
        ("/", ""),
        ("/en/x/über_das-werk.html", "über das werk html"),
        ("/en/x/" + "long-" * 60, ("long " * 16).strip()),
    ],
)
def test_the_words_of_an_address_are_its_last_part_without_signs(path: str, words: str) -> None:
    assert address_words(path).strip() == words


def test_a_bug_shows_a_number_that_stands_in_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    answer = server_error(RequestFactory().get("/en/roles/"))
    shown = re.search(r"<strong>([0-9A-F]{4}-[0-9A-F]{4})</strong>", answer.content.decode())
    assert answer.status_code == 500
    assert shown
    assert shown.group(1) in caplog.text


def test_the_page_for_a_bug_needs_no_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        server_error(RequestFactory().get("/en/roles/"))


def test_the_numbers_of_pages_show_gaps_as_zero() -> None:
    assert page_numbers(Paginator(range(400), 10), 6) == [1, 0, 4, 5, 6, 7, 8, 0, 40]
    assert page_numbers(Paginator(range(30), 10), 1) == [1, 2, 3]


@pytest.mark.parametrize("name", OPEN_ACCOUNT_PAGES)
def test_account_pages_stand_in_the_frame(client: Client, name: str) -> None:
    text = page(client, f"/en/account/{name}")
    assert 'class="site-head"' in text
    assert text.count("<h1>") == 1
    assert "unknown variable" not in text
    assert 'content="noindex"' in text


@pytest.mark.parametrize("name", OWN_ACCOUNT_PAGES)
def test_pages_of_an_own_account_stand_in_the_frame(client: Client, person: User, name: str) -> None:
    client.force_login(person)
    text = client.get(f"/en/account/{name}", follow=True).content.decode()
    assert 'class="site-head"' in text
    assert text.count("<h1>") == 1
    assert "unknown variable" not in text


def test_the_sign_in_page_leads_people_with_an_invitation_code_further(client: Client) -> None:
    text = page(client, "/en/account/login/")
    assert 'href="/en/me/join/"' in text
    assert "E-mail address or sign-in name" in text


def test_a_wrong_password_puts_the_error_first_and_gives_it_the_focus(client: Client) -> None:
    answer = client.post("/en/account/login/", {"login": "nobody@example.org", "password": "wrong password"})
    text = answer.content.decode()
    assert re.search(r"<title>\s*Error:", text)
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in text
    assert text.index("error-summary") < text.index('id="id_login"')


@pytest.mark.parametrize("name", OPEN_ACCOUNT_PAGES)
def test_account_pages_have_no_script_or_style_of_their_own_in_the_page(client: Client, name: str) -> None:
    text = page(client, f"/en/account/{name}")
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes in scripts)
    assert "<style" not in text
    assert not re.search(r'\s(style|on[a-z]+)="', text)


def test_the_frame_names_the_alliance_of_this_installation(client: Client) -> None:
    assert f"<span>{settings.ALLIANCE_NAME}</span>" in page(client, "/en/about/")

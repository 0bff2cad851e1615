"""Head and foot of pages: kept once, with the address of each page in its gaps and nothing of another page."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.web.templatetags.frame_pieces import ADDRESS, BEHIND, PATH, Frame, frame_pieces, language_addresses

FACTORY = RequestFactory()


def _frame(address: str, **more: object) -> Frame:
    with override("en"):
        return frame_pieces({"request": FACTORY.get(address), "user": AnonymousUser(), "section": "roles"} | more)


def test_a_page_in_other_languages_has_the_same_address_behind_the_language() -> None:
    with override("en"):
        languages, behind = language_addresses(FACTORY.get("/en/roles/?page=2"))
    found = {code: address.replace(BEHIND, behind) for code, _name, address in languages}
    assert found == {"en": "http://testserver/en/roles/", "de": "http://testserver/de/roles/"}


def test_an_address_without_a_language_is_the_same_in_all() -> None:
    with override("en"):
        languages, behind = language_addresses(FACTORY.get("/nowhere"))
    assert {address.replace(BEHIND, behind) for _code, _name, address in languages} == {"http://testserver/nowhere"}


@given(st.text(min_size=0, max_size=20), st.text(min_size=0, max_size=20))
def test_each_page_has_its_own_address_in_every_gap_and_no_markup_of_it(path: str, query: str) -> None:
    request = FACTORY.get("/en/roles/")
    request.path = request.path_info = f"/en/{path}"
    request.META["QUERY_STRING"] = query
    with override("en"):
        frame = frame_pieces({"request": request, "user": AnonymousUser()})
    text = frame.files + frame.head + frame.foot
    assert not {ADDRESS, PATH, BEHIND} & set(text)
    sent = set(map(html.unescape, re.findall(r'name="next" value="([^"]*)"', text)))
    assert sent == {request.get_full_path()}
    plain = _frame("/en/roles/", section="")
    assert re.sub(r'"[^"]*"', "", text) == re.sub(r'"[^"]*"', "", plain.files + plain.head + plain.foot)


def test_the_next_page_does_not_get_the_address_of_the_last() -> None:
    first, second = _frame("/en/roles/?page=2"), _frame("/en/skills/")
    assert "page=2" in first.head
    assert "page=2" not in second.head + second.foot
    assert "/en/about/languages/?next=/en/skills/" in second.head
    assert "http://testserver/de/skills/" in second.foot


@pytest.mark.django_db
def test_the_pages_of_somebody_are_offered_to_nobody_else(client: Client, person: object) -> None:
    assert "Sign in" in _frame("/en/").head
    assert "My pages" in _frame("/en/", user=person).head
    assert "My pages" not in _frame("/en/").head
    assert _frame("/en/", theme="dark").head != _frame("/en/", theme="light").head

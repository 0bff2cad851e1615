"""By what a kept page is found, and which requests may never have one."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from synchromesh.web.kept_pages.keys import LONGEST_ADDRESS, page_key

HARMLESS = ("theme", "django_language", "csrftoken")
NAMES = st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=12)
# Whatever changes what a public page says; each value with what the site may answer differently to.
VARIATIONS: dict[str, list[dict[str, str]]] = {
    "theme": [{}, {"Cookie": "theme=dark"}, {"Cookie": "theme=light"}],
    "part": [{}, {"HX-Request": "true"}],
    "back": [{}, {"HX-History-Restore-Request": "true"}],
    "packing": [{}, {"Accept-Encoding": "gzip, br"}],
    "host": [{"Host": "localhost"}, {"Host": "localhost:8000"}],
}


def _request(path: str = "/en/", **headers: str) -> HttpRequest:
    return RequestFactory().get(path, headers=headers)


@given(st.dictionaries(NAMES | st.sampled_from(HARMLESS), NAMES))
def test_a_cookie_that_is_not_known_to_be_harmless_forbids_a_kept_page(cookies: dict[str, str]) -> None:
    written = "; ".join(f"{name}={value}" for name, value in cookies.items())
    key = page_key(_request(**({"Cookie": written} if written else {})))
    assert (key is None) == (not cookies.keys() <= set(HARMLESS))


@pytest.mark.parametrize("cookie", ["sessionid", "messages", "anything"])
def test_who_has_a_session_or_a_message_never_gets_a_kept_page(cookie: str) -> None:
    assert page_key(_request(Cookie=f"theme=dark; {cookie}=1")) is None


def test_only_plain_reading_without_credentials_has_a_key() -> None:
    factory = RequestFactory()
    assert page_key(factory.get("/en/")) is not None
    assert page_key(factory.get("/en/", headers={"Authorization": "Bearer x"})) is None
    assert page_key(factory.get("/en/", headers={"HX-Request": "yes"})) is None
    for method in ("post", "put", "delete", "head", "options"):
        assert page_key(getattr(factory, method)("/en/")) is None


def test_a_very_long_address_is_not_kept() -> None:
    assert page_key(_request("/en/?q=" + "x" * LONGEST_ADDRESS)) is None


@given(st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VARIATIONS.items()}), st.data())
def test_requests_that_may_get_different_pages_have_different_keys(
    first: dict[str, dict[str, str]], data: st.DataObject
) -> None:
    second = dict(first)
    changed = data.draw(st.sampled_from(sorted(VARIATIONS)))
    second[changed] = data.draw(st.sampled_from(VARIATIONS[changed]))
    one, other = (
        page_key(_request(**{k: v for part in headers.values() for k, v in part.items()}))
        for headers in (first, second)
    )
    assert (one == other) == (first == second)


@pytest.mark.parametrize("path", ["/de/", "/en/courses/", "/en/?page=2", "/en/?q=a&page=2", "/en/?page=2&q=a"])
def test_each_address_and_language_has_its_own_page(path: str) -> None:
    others = {page_key(_request(other)) for other in ("/en/", "/en/?q=a")}
    assert page_key(_request(path)) not in others


def test_an_invented_theme_is_none() -> None:
    assert page_key(_request(Cookie="theme=pink")) == page_key(_request())


def test_pages_of_an_address_with_and_without_encryption_are_two() -> None:
    factory = RequestFactory()
    assert page_key(factory.get("/en/", secure=True)) != page_key(factory.get("/en/"))

"""The inner part of a page is made once for everybody and anew when anything has changed."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override
from tests.records import a_topic

from synchromesh.accounts.models import User
from synchromesh.web.kept_pages import fragments
from synchromesh.web.kept_pages.fragments import kept_fragment

TEMPLATE = "components/empty.html"


@pytest.fixture
def stamp(monkeypatch: pytest.MonkeyPatch) -> list[Hashable]:
    """A list whose last entry is the stamp of the site."""
    states: list[Hashable] = ["first"]
    monkeypatch.setattr(fragments._fragments, "_read_stamp", lambda: states[-1])
    fragments._fragments._stamp = None
    return states


def _shown(address: str, text: str) -> str:
    def context() -> dict[str, Any]:
        return {"text": text, "url": ""}

    return str(kept_fragment(RequestFactory().get(address), TEMPLATE, context))


def test_a_fragment_is_made_once_for_each_address_and_language(stamp: list[Hashable]) -> None:
    assert "first" in _shown("/en/", "first")
    assert "first" in _shown("/en/", "second")
    assert "third" in _shown("/en/?page=2", "third")
    with override("de"):
        assert "fourth" in _shown("/en/", "fourth")
    stamp.append("changed")
    assert "fifth" in _shown("/en/", "fifth")
    stamp.append(None)
    assert "sixth" in _shown("/en/", "sixth")
    assert "seventh" in _shown("/en/", "seventh")


@pytest.mark.django_db
@pytest.mark.usefixtures("stamp")
def test_the_first_page_of_somebody_signed_in_is_that_of_everybody_in_their_frame(staff: User) -> None:
    a_topic("battery", titles={"en": "Battery"})
    signed_in, visitor = Client(), Client()
    signed_in.force_login(staff)
    own, public = signed_in.get("/en/").content.decode(), visitor.get("/en/").content.decode()
    assert "Battery" in own
    assert "Battery" in public
    assert "My pages" in own
    assert "My pages" not in public

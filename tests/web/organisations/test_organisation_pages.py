"""Organisations and their courses."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from tests.records import a_course, a_provider, a_run

from synchromesh.accounts.models import Organisation
from synchromesh.places.models import Country

pytestmark = pytest.mark.django_db
LIST = "/en/organisations/"


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠ unknown variable" not in text
    return text


def test_organisations_are_listed_by_kind_and_country(client: Client, organisation: Organisation) -> None:
    a_provider("south-school", country=Country.objects.create(code="AT", names={"en": "Austria"}))
    assert "North Works" in _text(client, LIST)
    for query in ("?kind=provider", "?country=AT", "?kind=provider&country=AT"):
        text = _text(client, LIST + query)
        assert "South School" in text
        assert "North Works" not in text
    assert "North Works" in _text(client, f"{LIST}?kind=rubbish")
    assert "South School" not in _text(client, f"{LIST}?country=XX")


def test_an_organisation_shows_its_courses_with_those_that_are_over_last(client: Client) -> None:
    provider = a_provider(origin="example")
    a_run(a_course("a-past", provider=provider), date(2020, 1, 1))
    a_course("b-open", provider=provider)
    a_course("draft", provider=provider, published_at=None)
    text = _text(client, f"{LIST}south-school/")
    assert text.index("/en/courses/b-open/") < text.index("/en/courses/a-past/")
    assert "/en/courses/draft/" not in text
    assert "Example" in text


def test_an_unknown_organisation_does_not_exist(client: Client) -> None:
    assert client.get(f"{LIST}nothing/").status_code == 404


def test_the_page_says_as_data_what_the_organisation_is(client: Client, organisation: Organisation) -> None:
    provider = a_provider(country=Country.objects.create(code="AT", names={"en": "Austria"}))
    found = [
        json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', _text(client, LIST + slug))[0])
        for slug in (f"{provider.slug}/", f"{organisation.slug}/")
    ]
    assert [node["@type"] for node in found] == ["EducationalOrganization", "Organization"]
    assert found[0]["@id"] == f"http://localhost:8000/id/organisation/{provider.uid}"
    assert found[0]["address"] == {"@type": "PostalAddress", "addressCountry": "AT"}
    assert "url" not in found[1]

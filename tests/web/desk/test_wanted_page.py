"""Wanted training at the desk: all of it, for alliance staff alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.records import a_skill

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Brief

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/wanted/"


@pytest.fixture
def _wishes(db: None) -> None:
    """Two wishes for a skill this year, one search of long ago."""
    Brief.objects.create(wish="a", origin="gap", skill=a_skill("weld-tabs"), level=2, times=2)
    old = Brief.objects.create(wish="b", origin="search", words="laser 3000", times=1)
    Brief.objects.filter(pk=old.pk).update(last_on=timezone.localdate() - timedelta(days=500))


@pytest.mark.usefixtures("_wishes")
def test_staff_see_small_numbers_and_all_words_of_the_period_they_choose(client: Client, staff: User) -> None:
    client.force_login(staff)
    year, two_years = (client.get(f"{PAGE}{query}").content.decode() for query in ("", "?months=24&order=latest"))
    assert "Weld tabs" in year
    assert "laser 3000" not in year
    assert "fewer than 5" not in year.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = two_years.partition("<tbody>")[2]
    assert rows.index(">Weld tabs") < rows.index("laser 3000")
    assert client.get(f"{PAGE}?format=json&months=24").json()["wanted"][0]["wishes"] == 2
    assert PAGE in client.get("/en/desk/").content.decode()


@pytest.mark.usefixtures("_wishes")
def test_nobody_else_comes_in(client: Client, manager: User) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(manager)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}?format=csv").status_code == 403

"""Entry pages: real records, figures with period and source, and nothing that only members see."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.community.sharing_records import a_profile
from tests.records import a_course, a_role

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Event, MemberProfile, RegionSite
from synchromesh.framework.models import Family
from synchromesh.web.interests.pages import AUDIENCES
from synchromesh.web.interests.published_figures import INDICATORS

pytestmark = pytest.mark.django_db


def _text(path: str) -> str:
    page = Client().get(path)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_page_says_that_it_is_a_draft_and_leads_on(audience: str) -> None:
    text = _text(f"/en/for/{audience}/")
    assert "Starter draft" in text
    assert str(AUDIENCES[audience].lede) in text
    for other in set(AUDIENCES) - {audience}:
        assert f'href="/en/for/{other}/"' in text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_address_of_a_page_leads_somewhere(audience: str) -> None:
    client = Client()
    text = _text(f"/en/for/{audience}/")
    main = text.partition("<main")[2].partition("</main>")[0]
    for part in main.split('href="/en/')[1:]:
        assert client.get(f"/en/{part.partition(chr(34))[0]}").status_code in {200, 302}


def test_young_people_see_a_job_of_each_family_of_the_shop_floor_before_a_second_one() -> None:
    for slug in ("battery-production", "logistics-supply-chain"):
        family = Family.objects.create(slug=slug, titles={"en": slug})
        for place in range(6):
            a_role(f"{slug}-{place}", {f"skill-{slug}-{place}": 1}, family=family)
    office = Family.objects.create(slug="software-data-ai", titles={"en": "Software"})
    a_role("tester", {"testing": 1}, family=office)
    text = _text("/en/for/young-people/")
    shown = [part.partition("/")[0] for part in text.split('<h3><a href="/en/roles/')[1:]]
    assert len(shown) == 8
    assert sum(slug.startswith("battery-production") for slug in shown) == 4
    assert "tester" not in shown


def test_free_courses_are_those_whose_price_is_known_to_be_nothing() -> None:
    a_course("for-free", price_cents=0)
    a_course("who-knows", price_cents=None, currency="")
    a_course("costs", price_cents=100)
    text = _text("/en/for/young-people/")
    assert "/en/courses/for-free/" in text
    assert "/en/courses/who-knows/" not in text
    assert "/en/courses/costs/" not in text


def test_an_event_for_members_is_on_no_entry_page() -> None:
    day = timezone.localdate() + timedelta(days=20)
    for slug, visibility in (("open-day", "public"), ("inner-circle", "members")):
        Event.objects.create(
            slug=slug,
            titles={"en": slug},
            state="published",
            published_at=timezone.now(),
            visibility=visibility,
            starts_on=day,
            ends_on=day,
            made_by="operator",
        )
    for audience in AUDIENCES:
        assert "inner-circle" not in _text(f"/en/for/{audience}/")
    assert "open-day" in _text("/en/for/young-people/")


def test_employers_see_courses_on_site_and_figures_that_lead_to_what_they_count() -> None:
    a_course("at-your-place", mode="in-company")
    a_course("at-home", mode="online")
    organisation = Organisation.objects.create(slug="works", name="Works")
    MemberProfile.objects.create(organisation=organisation)
    former = Organisation.objects.create(slug="former", name="Former")
    MemberProfile.objects.create(organisation=former, ended_on=date(2020, 1, 1))
    profile = a_profile("DE11")
    RegionSite.objects.create(profile=profile, name="Plant North")
    RegionSite.objects.create(profile=profile, name="Invented", origin="example")
    text = _text("/en/for/employers/")
    assert "/en/courses/at-your-place/" in text
    assert "/en/courses/at-home/" not in text
    figures = text.partition('<dl class="figures">')[2].partition("</dl>")[0]
    shown = {
        part.partition("</dt>")[0]: (part.partition('href="')[2].partition('"')[0], part.partition('">')[2][0])
        for part in figures.split("<div><dt>")[1:]
    }
    assert shown["Members of the alliance"] == ("/en/members/", "1")
    assert shown["Plants and employers in profiles of regions"] == ("/en/regions/?view=table", "1")


def test_own_figures_count_no_examples() -> None:
    a_course("real-one", price_cents=0)
    a_course("invented", price_cents=0, origin="example")
    text = _text("/en/for/policy-makers/")
    counts = {
        part.partition("</dt>")[0]: part.partition('">')[2].partition("<")[0] for part in text.split("<div><dt>")[1:]
    }
    assert (counts["Courses"], counts["Free courses"]) == ("1", "1")


def test_each_published_figure_has_its_period_and_source_and_stands_in_the_table() -> None:
    text = _text("/en/for/policy-makers/")
    assert "must not be read as a series" in text
    answer = Client().get("/en/for/policy-makers/figures.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == sum(len(one.figures) for one in INDICATORS)
    for row in rows:
        assert row["period"]
        assert row["source_url"].startswith("https://")
        assert f"{int(row['value']):,}" in text


def test_a_page_for_nobody_is_not_found() -> None:
    assert Client().get("/en/for/nobody/").status_code == 404


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_page_asks_at_most_ten_questions(
    audience: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(12):
        a_course(f"free-{place}", price_cents=0)
    client = Client()
    client.get("/en/courses/?q=free")
    with django_assert_max_num_queries(10):
        client.get(f"/en/for/{audience}/")

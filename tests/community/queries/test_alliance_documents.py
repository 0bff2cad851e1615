"""What the search knows of the alliance's work: everything public, and nothing that is for members or a draft."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from tests.community.news_records import an_article

from synchromesh.community.models import Event, Group, Project, RegionProfile
from synchromesh.community.queries.alliance_documents import (
    list_event_documents,
    list_group_documents,
    list_news_documents,
    list_project_documents,
    list_region_documents,
)
from synchromesh.places.models import Country, Region
from synchromesh.search.backends import memory

pytestmark = pytest.mark.django_db


def _an_event(slug: str, **columns: str) -> Event:
    stated = {"slug": slug, "titles": {"en": f"Zirkon {slug}"}, "state": "published", "made_by": "operator"}
    days = {"starts_on": date(2027, 5, 1), "ends_on": date(2027, 5, 2)}
    return Event.objects.create(**(stated | days | columns))


@pytest.fixture
def work() -> None:
    """One public record of each kind, and beside it what is not for everybody."""
    _an_event("open")
    _an_event("inner", visibility="members")
    _an_event("draft", state="draft")
    for slug, visibility in (("open-group", "public"), ("inner-group", "members"), ("closed-group", "group")):
        Group.objects.create(slug=slug, kind="forum", names={"en": f"Zirkon {slug}"}, visibility=visibility)
    an_article("zirkon-public")
    an_article("zirkon-members", visibility="members")
    an_article("zirkon-draft", at=None)
    Project.objects.create(slug="zirkon-lab", name="Zirkon Lab")
    country = Country.objects.get_or_create(code="DE", defaults={"names": {"en": "Germany"}})[0]
    region = Region.objects.get_or_create(code="DE11", defaults={"level": 2, "name": "Stuttgart", "country": country})[
        0
    ]
    RegionProfile.objects.create(region=region, name="Zirkon Valley")


@pytest.mark.usefixtures("work")
def test_each_kind_gives_what_everybody_may_see_and_nothing_else() -> None:
    assert [one.slug for one in list_event_documents()] == ["open"]
    assert [one.slug for one in list_group_documents()] == ["open-group"]
    assert [one.slug for one in list_news_documents()] == ["zirkon-public"]
    assert [one.slug for one in list_project_documents()] == ["zirkon-lab"]
    assert [(one.slug, one.titles) for one in list_region_documents()] == [("DE11", {"": "Zirkon Valley"})]


def test_only_the_records_that_were_asked_for_are_given() -> None:
    one, _ = an_article("one"), an_article("two")
    assert [found.slug for found in list_news_documents([str(one.uid)])] == ["one"]


@pytest.mark.usefixtures("work")
def test_the_search_page_leads_to_all_of_it_in_one_group() -> None:
    memory.forget()
    text = Client().get("/en/search/?q=zirkon").content.decode()
    assert "Work of the alliance" in text
    for address in (
        "/en/events/open/",
        "/en/groups/open-group/",
        "/en/news/articles/zirkon-public/",
        "/en/projects/zirkon-lab/",
        "/en/regions/DE11/",
    ):
        assert f'href="{address}"' in text
    assert "inner" not in text
    assert "zirkon-members" not in text
    assert "draft" not in text


@pytest.mark.usefixtures("work")
def test_the_interface_for_programs_finds_its_four_kinds_only() -> None:
    memory.forget()
    answer = Client().get("/api/v1/search?q=zirkon")
    assert answer.status_code == 200
    assert answer.json()["total"] == 0

"""What ships about the alliance: every row of the tables is in, and each record shows its source on its page."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client

from synchromesh.community.models import (
    Agreement,
    Deliverable,
    Engagement,
    Event,
    Group,
    MemberProfile,
    Practice,
    Project,
    ProjectResult,
    RegionFact,
    RegionNetwork,
    RegionProfile,
    StatedValue,
)
from synchromesh.site.starter_community import FOLDER, PARTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_content")]
KINDS: dict[str, type[Model]] = {
    "networks of regions": RegionNetwork,
    "regions": RegionProfile,
    "facts about regions": RegionFact,
    "members": MemberProfile,
    "projects": Project,
    "deliverables": Deliverable,
    "stated numbers": StatedValue,
    "groups": Group,
    "agreements": Agreement,
    "practices": Practice,
    "events": Event,
    "results of projects": ProjectResult,
    "engagements": Engagement,
}


def _page_of_number(row: StatedValue) -> str:
    """The page of what a number is said of; that of a network is said with the agreement it is a party of."""
    if row.project is not None:
        return f"/en/projects/{row.project.slug}/"
    if row.group is not None:
        return f"/en/groups/{row.group.slug}/"
    return f"/en/agreements/{Agreement.objects.get(parties__organisation=row.organisation).slug}/"


PAGES: dict[str, Callable[[Any], str]] = {
    "networks of regions": lambda row: "/en/regions/",
    "regions": lambda row: f"/en/regions/{row.region.code}/",
    "facts about regions": lambda row: f"/en/regions/{row.profile.region.code}/",
    "members": lambda row: f"/en/members/{row.organisation.slug}/",
    "projects": lambda row: f"/en/projects/{row.slug}/",
    "deliverables": lambda row: f"/en/projects/{row.project.slug}/",
    "stated numbers": _page_of_number,
    "groups": lambda row: f"/en/groups/{row.slug}/",
    "agreements": lambda row: f"/en/agreements/{row.slug}/",
    "practices": lambda row: f"/en/practices/{row.slug}/",
    "events": lambda row: f"/en/events/{row.slug}/",
    "results of projects": lambda row: f"/en/projects/{row.project.slug}/",
    "engagements": lambda row: f"/en/engagements/{row.uid}/",
}


def _without_source(rows: Iterable[Any], page_of: Callable[[Any], str], pages: dict[str, str]) -> list[str]:
    """The pages that lack the source of a record, or where it can be read."""
    lacking = []
    for row in rows:
        address = page_of(row)
        if address not in pages:
            answer = Client().get(address)
            assert answer.status_code == 200, address
            pages[address] = unescape(answer.content.decode())
        if not row.source or row.source_on is None or row.source not in pages[address]:
            lacking.append(f"{address}: {row.source}")
        elif row.source_url and f'href="{row.source_url}"' not in pages[address]:
            lacking.append(f"{address}: {row.source_url}")
    return lacking


def test_every_row_of_the_tables_is_a_record() -> None:
    counted = {part.name: part.file for part in PARTS if part.name in KINDS}
    assert set(counted) == set(KINDS)
    for name, file in counted.items():
        with (Path(settings.STARTER_DIR) / FOLDER / file).open(encoding="utf-8-sig", newline="") as table:
            rows = sum(1 for _ in csv.DictReader(table))
        assert KINDS[name]._default_manager.count() == rows > 0, name
    assert Practice.objects.count() == 20


def test_every_record_shows_its_source_on_its_page() -> None:
    pages: dict[str, str] = {}
    lacking = [
        line
        for name, kind in KINDS.items()
        for line in _without_source(kind._default_manager.all(), PAGES[name], pages)
    ]
    assert lacking == []


def test_practices_that_ship_are_drafts_and_say_so_and_all_else_is_real() -> None:
    origins = {name: set(kind._default_manager.values_list("origin", flat=True)) for name, kind in KINDS.items()}
    assert origins.pop("practices") == {"starter"}
    assert set().union(*origins.values()) == {"real"}
    for practice in Practice.objects.all():
        assert "Starter draft" in Client().get(f"/en/practices/{practice.slug}/").content.decode()

"""Roles that fit a job title, whatever the language of the title, directly or through ESCO."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.esco_records import WELDER, an_esco
from tests.records import a_role

from synchromesh.engine.matching.completion import Hit
from synchromesh.framework.models import EscoLink, JobRole
from synchromesh.framework.queries.job_titles import TitleFit, list_fitting_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> JobRole:
    """A role with names in three languages."""
    titles = {"en": "Battery technician", "cs": "Technik baterií", "de": "Batterietechniker/in"}
    return a_role("battery-technician", {"welding": 1}, titles=titles)


def _facts(fits: list[TitleFit]) -> list[tuple[str, str, str, str]]:
    return [(fit.role.slug if fit.role else fit.uri, fit.found.label, fit.found.hit.value, fit.match) for fit in fits]


@pytest.mark.parametrize(("title", "label", "hit"), [
    ("battery technician", "Battery technician", "exact"),
    ("Senior Battery Technician (m/w/d) - Example Ltd", "Battery technician", "exact"),
    ("TECHNIK BATERIÍ", "Technik baterií", "exact"),
    ("technik baterii", "Technik baterií", "exact"),
    ("Batterietechniker", "Batterietechniker", "exact"),
    ("batery technicain", "Battery technician", "fuzzy"),
])  # fmt: skip
def test_a_title_in_any_language_finds_the_role(role: JobRole, title: str, label: str, hit: str) -> None:
    assert _facts(list_fitting_roles(title)) == [(role.slug, label, hit, "")]


def test_a_title_of_an_occupation_leads_to_the_roles_that_are_linked_with_it(role: JobRole) -> None:
    an_esco()
    other = a_role("joiner", {"welding": 2})
    EscoLink.objects.create(role=other, uri=WELDER.replace("http:", "https:"), match="broad")
    EscoLink.objects.create(role=role, uri=WELDER, match="close")
    assert _facts(list_fitting_roles("Schweißer (m/w/d)")) == [
        (role.slug, "Schweißer", "exact", "close"),
        ("joiner", "Schweißer", "exact", "broad"),
    ]


def test_an_occupation_without_a_role_stands_for_itself(role: JobRole) -> None:
    an_esco()
    EscoLink.objects.create(role=role, uri=WELDER, match="related")
    (fit,) = list_fitting_roles("welder")
    assert (fit.role, fit.uri, fit.found.preferred, fit.found.hit) == (None, WELDER, "welder", Hit.EXACT)
    gone = a_role("joiner", {"welding": 2}, retired_at=timezone.now())
    EscoLink.objects.create(role=gone, uri=WELDER, match="exact")
    assert [fit.role for fit in list_fitting_roles("welder")] == [None]


def test_of_several_titles_each_is_looked_for(role: JobRole) -> None:
    an_esco()
    assert {fit[0] for fit in _facts(list_fitting_roles("Welder / Battery technician"))} == {role.slug, WELDER}


def test_a_role_is_named_once(role: JobRole) -> None:
    an_esco()
    role.titles = {"en": "Welder"}
    role.save()
    EscoLink.objects.create(role=role, uri=WELDER, match="exact")
    assert _facts(list_fitting_roles("welder")) == [(role.slug, "Welder", "exact", "")]


@pytest.mark.parametrize("title", ["", "(m/w/d)", "12345", "quantum gardener", "\0", "x" * 10_000])
def test_a_title_that_fits_nothing_finds_nothing(role: JobRole, title: str) -> None:
    assert list_fitting_roles(title) == []


def test_a_title_costs_six_questions_at_the_most(
    role: JobRole, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_esco()
    for title in ("welder / battery technician", "somebody for batteries"):
        list_fitting_roles(title)
        with django_assert_max_num_queries(6):
            list_fitting_roles(title)

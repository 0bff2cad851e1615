"""Courses as the planner sees them."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import Settings
from tests.records import TODAY, a_course, a_run

from synchromesh.catalogue.queries.offers import list_planning_courses, offer_of, price_in_euro_cents
from synchromesh.engine.planning.problem import Teaching
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db


def _planning(*names: str) -> list[str]:
    ids = list(Skill.objects.filter(slug__in=names).values_list("pk", flat=True))
    return [course.slug for course in list_planning_courses(skill_ids=ids, today=TODAY)]


def test_only_confirmed_links_of_published_courses_that_can_be_taken_count() -> None:
    a_course("good", {"weld": (0, 1)})
    a_course("suggested", {"weld": (0, 1)}, confirmed=False)
    a_course("unpublished", {"weld": (0, 1)}, published_at=None)
    a_course("other", {"drive": (0, 1)})
    a_run(a_course("past", {"weld": (0, 1)}), date(2026, 1, 1))
    assert _planning("weld") == ["good"]
    assert _planning() == []


def test_an_offer_names_entry_and_level_and_keeps_unknown_unknown() -> None:
    a_course("c", {"weld": (None, 2), "drive": (0, 1)}, price_cents=None, currency="", minutes=None)
    skills = Skill.objects.values_list("pk", flat=True)
    (course,) = list_planning_courses(skill_ids=list(skills), today=TODAY)
    offer = offer_of(course)
    assert (offer.price_cents, offer.minutes) == (None, None)
    assert set(offer.teaches) == {
        Teaching(skill="weld", entry=None, level=2),
        Teaching(skill="drive", entry=0, level=1),
    }


@pytest.mark.parametrize(
    ("cents", "currency", "rates", "expected"),
    [
        (None, "", {}, None),
        (1050, "EUR", {}, 1050),
        (0, "CZK", {}, 0),
        (10000, "CZK", {}, None),
        (10000, "CZK", {"SEK": "0.09"}, None),
        (10000, "CZK", {"CZK": "0.04"}, 400),
        (10000, "CZK", {"CZK": "four"}, None),
        (10000, "CZK", {"CZK": "NaN"}, None),
        (10000, "CZK", {"CZK": "Infinity"}, None),
        (10000, "CZK", {"CZK": "-1"}, None),
        (10000, "CZK", {"CZK": "0"}, None),
    ],
)
def test_a_price_counts_in_euro_only_when_the_operator_set_a_sound_rate(
    settings: Settings, cents: int | None, currency: str, rates: dict[str, str], expected: int | None
) -> None:
    settings.EXCHANGE_RATES = rates
    assert price_in_euro_cents(a_course("c", price_cents=cents, currency=currency)) == expected

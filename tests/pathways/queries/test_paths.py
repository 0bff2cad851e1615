"""Training paths over stored courses: wishes, swaps, what nobody offers, and few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tests.records import TODAY, a_course, a_gap, a_role, a_run

from synchromesh.framework.models import JobRole
from synchromesh.pathways.queries.paths import TrainingPath, Wishes, find_training_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> JobRole:
    """Needs level 2 of one skill and level 1 of another."""
    return a_role("technician", {"weld": 2, "drive": 1})


def _path(role: JobRole, **wishes: Any) -> TrainingPath:
    return find_training_path(a_gap(role), wishes=Wishes(**wishes), today=TODAY)


def _slugs(path: TrainingPath) -> list[str]:
    return [step.course.slug for step in path.steps]


def test_the_cheapest_way_over_all_levels_is_found_in_an_order_that_can_be_taken(role: JobRole) -> None:
    a_course("both-dear", {"weld": (0, 2), "drive": (0, 1)}, price_cents=100_000)
    a_course("weld-2", {"weld": (None, 2)}, price_cents=5_000)
    a_course("weld-1", {"weld": (0, 1)}, price_cents=0)
    a_course("drive-1", {"drive": (0, 1)}, price_cents=1_000)
    path = _path(role)
    assert sorted(_slugs(path)) == ["drive-1", "weld-1", "weld-2"]
    assert _slugs(path).index("weld-1") < _slugs(path).index("weld-2")
    assert (path.plan.price_cents, path.plan.minutes, path.plan.at_least) == (6_000, 180, False)
    assert path.plan.objective == path.plan.bound == 120.0
    assert path.plan.proved
    step = next(step for step in path.steps if step.course.slug == "weld-2")
    assert [(c.skill.slug, c.from_level, c.to_level, c.assumed_entry) for c in step.closes] == [("weld", 1, 2, True)]
    assert [step.number for step in path.steps] == [1, 2, 3]


def test_the_value_of_an_hour_decides_between_short_and_cheap(role: JobRole) -> None:
    a_course("long-free", {"weld": (0, 2), "drive": (0, 1)}, price_cents=0, minutes=6000)
    a_course("short-paid", {"weld": (0, 2), "drive": (0, 1)}, price_cents=50_000, minutes=600)
    assert _slugs(_path(role, hour_value_cents=0)) == ["long-free"]
    assert _slugs(_path(role, hour_value_cents=2000)) == ["short-paid"]


def test_what_nobody_offers_is_named_and_the_rest_is_closed(role: JobRole) -> None:
    a_course("weld-1", {"weld": (0, 1)})
    path = _path(role)
    assert _slugs(path) == ["weld-1"]
    assert [(skill.slug, level) for skill, level in path.unreachable] == [("drive", 1), ("weld", 2)]
    rows = {row.skill.slug: row for row in path.gap.rows}
    assert path.is_unreachable(rows["weld"])
    assert path.is_unreachable(rows["drive"])
    assert [step.course.slug for step in path.closing_steps(rows["weld"])] == ["weld-1"]
    assert path.closing_steps(rows["drive"]) == []


def test_without_any_course_everything_is_unreachable(role: JobRole) -> None:
    path = _path(role)
    assert path.steps == ()
    assert [(skill.slug, level) for skill, level in path.unreachable] == [("drive", 1), ("weld", 1), ("weld", 2)]


def test_without_a_gap_there_is_no_course(role: JobRole) -> None:
    a_course("weld-2", {"weld": (0, 2)})
    path = find_training_path(a_gap(role, weld=3, drive=1), wishes=Wishes(), today=TODAY)
    assert (path.steps, path.unreachable, path.plan.objective) == ((), (), 0.0)


def test_suggested_unpublished_and_past_courses_never_count(role: JobRole) -> None:
    a_course("suggested", {"weld": (0, 2)}, confirmed=False)
    a_course("unpublished", {"weld": (0, 2)}, published_at=None)
    a_run(a_course("past", {"weld": (0, 2)}), TODAY - timedelta(days=1))
    assert _path(role).courses == {}


def test_a_known_price_goes_before_an_unknown_one_and_totals_say_at_least(role: JobRole) -> None:
    a_course("unknown", {"weld": (0, 2)}, price_cents=None, currency="")
    a_course("known", {"weld": (0, 2)}, price_cents=900_000)
    a_course("drive", {"drive": (0, 1)}, minutes=None)
    path = _path(role)
    assert sorted(_slugs(path)) == ["drive", "known"]
    assert path.plan.at_least


def test_another_currency_is_unknown_until_the_operator_sets_a_rate(role: JobRole, settings: Settings) -> None:
    a_course("crowns", {"weld": (0, 2), "drive": (0, 1)}, price_cents=10_000, currency="CZK")
    settings.EXCHANGE_RATES = {}
    assert _path(role).plan.at_least
    settings.EXCHANGE_RATES = {"CZK": "0.04"}
    assert (_path(role).plan.at_least, _path(role).plan.price_cents) == (False, 400)


def test_languages_and_modes_keep_what_fits_or_does_not_say(role: JobRole) -> None:
    a_course("english", {"weld": (0, 2)}, languages=["en"], mode="online")
    a_course("german", {"weld": (0, 2)}, languages=["de"], mode="on-site", price_cents=9_000)
    a_course("silent", {"drive": (0, 1)}, languages=[], mode="")
    assert _slugs(_path(role)) == ["english", "silent"]
    assert sorted(_slugs(_path(role, languages=("de",)))) == ["german", "silent"]
    assert sorted(_slugs(_path(role, languages=("de", "en")))) == ["english", "silent"]
    assert sorted(_slugs(_path(role, modes=("on-site",)))) == ["german", "silent"]
    assert _slugs(_path(role, modes=("self-study",), languages=("fr",))) == ["silent"]


def test_a_course_that_was_asked_for_is_taken_even_when_it_costs_more_or_does_not_fit(role: JobRole) -> None:
    a_course("cheap", {"weld": (0, 2), "drive": (0, 1)})
    a_course("dear", {"weld": (0, 2)}, price_cents=90_000, languages=["fr"])
    path = _path(role, use=("dear", "no-such-course"), languages=("en",))
    assert "dear" in _slugs(path)
    chosen = {step.course.slug: step.chosen_by_person for step in path.steps}
    assert chosen == {"dear": True, "cheap": False}


def test_a_course_that_was_left_out_is_never_taken(role: JobRole) -> None:
    a_course("cheap", {"weld": (0, 2), "drive": (0, 1)})
    a_course("dear", {"weld": (0, 2), "drive": (0, 1)}, price_cents=90_000)
    assert _slugs(_path(role, without=("cheap",))) == ["dear"]
    assert _slugs(_path(role, without=("cheap", "dear"))) == []
    assert _slugs(_path(role, use=("cheap",), without=("cheap",))) == ["dear"]


def test_alternatives_close_the_same_levels_best_first_and_can_be_swapped_in_and_back(role: JobRole) -> None:
    for slug, cents in (("first", 1_000), ("second", 2_000), ("third", 3_000)):
        a_course(slug, {"weld": (0, 2)}, price_cents=cents)
    a_course("half", {"weld": (1, 2)}, price_cents=0)
    a_course("drive", {"drive": (0, 1)})
    path = _path(role)
    step = next(step for step in path.steps if step.course.slug == "first")
    assert [course.slug for course in path.alternatives_to(step)] == ["second", "third"]
    swapped = _path(role, use=("second",), without=("first",))
    assert sorted(_slugs(swapped)) == ["drive", "second"]
    back = next(step for step in swapped.steps if step.course.slug == "second")
    assert [course.slug for course in swapped.alternatives_to(back)] == ["first", "third"]


def test_a_step_names_the_next_run(role: JobRole) -> None:
    course = a_course("weld-2", {"weld": (0, 2)})
    for day in (date(2027, 1, 1), date(2027, 9, 1), date(2027, 4, 1)):
        a_run(course, day)
    (step,) = _path(role).steps
    assert step.next_run is not None
    assert step.next_run.starts_on == date(2027, 4, 1)


@pytest.mark.usefixtures("starter_content")
def test_a_path_over_the_shipped_content_takes_at_most_8_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    gap = a_gap(JobRole.objects.get(slug="battery-technician"))
    with django_assert_max_num_queries(8):
        path = find_training_path(gap, wishes=Wishes(), today=date(2026, 12, 1))
        for step in path.steps:
            assert step.course.provider or step.course.learned_here_since  # the alliance's own course has no provider
            assert path.alternatives_to(step) is not None
            assert step.next_run is None or step.next_run.region is None or step.next_run.region.name
    assert len(path.steps) > 2


@pytest.mark.usefixtures("starter_content")
def test_a_path_over_the_shipped_content_closes_what_it_says() -> None:
    for role in JobRole.objects.all():
        path = find_training_path(a_gap(role), wishes=Wishes(), today=date(2026, 12, 1))
        reached = {row.skill.slug: row.have for row in path.gap.rows}
        for step in path.steps:
            for closed in step.closes:
                assert reached[closed.skill.slug] >= closed.from_level
                reached[closed.skill.slug] = max(reached[closed.skill.slug], closed.to_level)
        missing = {skill.slug for skill, _ in path.unreachable}
        for row in path.gap.rows:
            assert reached[row.skill.slug] >= row.need or row.skill.slug in missing
        assert path.plan.proved

"""What people look for and no course gives: joined by what is meant, without what a course closes by now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tests.records import TODAY, a_course, a_provider, a_skill, a_topic

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.catalogue.models import Brief, BriefClaim, Course
from synchromesh.catalogue.queries.briefs import WantedTraining, get_wanted_training, list_wanted_training
from synchromesh.engine.errors import NotAllowed, NotFound
from synchromesh.framework.models import Skill
from synchromesh.places.models import Country, Region

pytestmark = pytest.mark.django_db


def wished(times: int, *, last_on: date = TODAY, **columns: Any) -> Brief:
    """A count of wishes that was last added to on a day."""
    made = Brief.objects.create(**({"wish": str(Brief.objects.count()), "origin": "gap", "times": times} | columns))
    Brief.objects.filter(pk=made.pk).update(last_on=last_on)
    return made


def everything(**options: Any) -> list[WantedTraining]:
    return list_wanted_training(visible_to=OPERATOR, today=TODAY, everything=True, **options)


def public() -> list[WantedTraining]:
    return list_wanted_training(visible_to=VISITOR, today=TODAY)


def in_short(rows: list[WantedTraining]) -> list[tuple[str, int | None, str, int | None]]:
    return [(row.skill.slug if row.skill else row.words, row.level, row.language, row.times) for row in rows]


@pytest.fixture
def weld(db: None) -> Skill:
    """A skill with names in two languages."""
    return a_skill("weld-tabs", a_topic(), titles={"en": "Weld tabs", "de": "Laschen schweißen"})


def a_region(code: str = "DE11") -> Region:
    country, _ = Country.objects.get_or_create(code=code[:2], defaults={"names": {"en": code[:2]}})
    return Region.objects.create(code=code, level=2, name=f"Region {code}", country=country)


def test_wishes_for_the_same_are_added_up_and_the_most_wanted_come_first(weld: Skill) -> None:
    for origin in ("gap", "plan"):
        wished(3, origin=origin, skill=weld, level=2)
    wished(9, skill=a_skill("drive"), level=1)
    assert in_short(everything()) == [("drive", 1, "", 9), ("weld-tabs", 2, "", 6)]
    assert everything()[1].by_origin == {"gap": 3, "plan": 3}


@pytest.mark.parametrize("words", ["weld tabs", "laschen  schweissen", "Laschen schweißen", "WELD-TABS "])
def test_words_that_name_a_skill_in_any_language_count_for_that_skill(words: str, weld: Skill) -> None:
    wished(6, origin="search", words=words.replace("-", " "))
    assert in_short(everything()) == [("weld-tabs", None, "", 6)]


def test_words_that_name_two_skills_or_only_resemble_one_stay_words(weld: Skill) -> None:
    a_skill("weld-tabs-2", titles={"en": "Weld tabs"})
    wished(6, origin="search", words="weld tabs")
    wished(5, origin="search", words="weld tab")
    assert in_short(everything()) == [("weld tabs", None, "", 6), ("weld tab", None, "", 5)]


def test_spellings_that_differ_in_case_accents_and_spaces_are_one(db: None) -> None:
    wished(6, origin="search", words="qualité  câbles")
    wished(5, origin="search", words="Qualite cables")
    assert in_short(public()) == [("qualite cables", None, "", 11)]


@pytest.mark.parametrize(
    ("teaches", "columns", "is_closed"),
    [
        ((None, 2), {}, True),
        ((0, 3), {}, True),
        ((None, 1), {}, False),
        ((None, 3), {}, False),
        ((None, 2), {"languages": ["en"]}, False),
        ((None, 2), {"languages": []}, False),
        ((None, 2), {"published_at": None}, False),
        ((None, 2), {"missing_since": TODAY}, False),
    ],
    ids=["that level", "over it", "below", "above", "another language", "no language", "draft", "dropped"],
)
def test_what_a_course_closes_by_now_drops_out(
    teaches: tuple[int | None, int], columns: dict[str, Any], is_closed: bool, weld: Skill
) -> None:
    wished(7, skill=weld, level=2, language="de")
    a_course("tabs", {"weld-tabs": teaches}, **({"languages": ["de"]} | columns))
    assert (everything() == []) is is_closed


def test_a_link_that_nobody_confirmed_closes_nothing(weld: Skill) -> None:
    wished(7, skill=weld, level=2)
    a_course("tabs", {"weld-tabs": (None, 2)}, confirmed=False)
    assert len(public()) == 1


def test_only_the_last_twelve_months_count_and_staff_choose_another_period(weld: Skill) -> None:
    wished(8, skill=weld, level=1, last_on=TODAY - timedelta(days=400))
    wished(6, skill=weld, level=1, last_on=TODAY - timedelta(days=40))
    assert in_short(public()) == [("weld-tabs", 1, "", 6)]
    assert in_short(everything(months=24)) == [("weld-tabs", 1, "", 14)]
    assert everything(months=1) == []


def test_wishes_for_a_retired_skill_are_left_out(weld: Skill) -> None:
    wished(8, skill=a_skill("old", retired_at="2026-01-01T00:00Z"), level=1)
    assert everything() == []


def test_everybody_sees_a_region_only_where_enough_people_are(weld: Skill) -> None:
    wished(6, skill=weld, level=1, language="de", region=a_region("DE11"))
    wished(2, skill=weld, level=1, language="de", region=a_region("DE12"))
    assert [(row.region.code if row.region else "", row.times) for row in public()] == [("DE11", 6), ("", None)]


def test_the_operator_sets_the_thresholds(weld: Skill, settings: Settings) -> None:
    wished(4, skill=weld, level=1)
    wished(4, origin="search", words="laser")
    assert in_short(public()) == [("weld-tabs", 1, "", None)]
    settings.FEW_WISHES_NAMED = False
    assert public() == []
    settings.WISHES_SHOWN_FROM, settings.WISH_WORDS_SHOWN_FROM = 2, 4
    assert in_short(public()) == [("weld-tabs", 1, "", 4), ("laser", None, "", 4)]


def test_claims_that_are_open_are_counted_by_provider(weld: Skill) -> None:
    wished(6, skill=weld, level=2, language="de")
    first, second = a_provider("first"), a_provider("second")
    claim = {"skill": weld, "level": 2, "claimed_by": "operator"}
    BriefClaim.objects.create(provider=first, language="de", **claim)
    BriefClaim.objects.create(provider=first, **claim)
    BriefClaim.objects.create(provider=second, language="cs", **claim)
    BriefClaim.objects.create(provider=second, given_up_at="2027-01-01T00:00Z", **claim)
    BriefClaim.objects.create(provider=second, course=a_course("ready"), **claim)
    assert [row.claims for row in public()] == [1]
    Course.objects.update(published_at=None)
    assert [row.claims for row in public()] == [2]


def test_only_staff_see_small_numbers(person: User, staff: User, weld: Skill) -> None:
    wished(1, skill=weld, level=1)
    for reader in (person, VISITOR):
        with pytest.raises(NotAllowed):
            list_wanted_training(visible_to=reader, today=TODAY, everything=True)
    assert [row.times for row in list_wanted_training(visible_to=staff, today=TODAY, everything=True)] == [1]


def test_a_row_is_found_again_by_what_names_it(weld: Skill, staff: User) -> None:
    wished(6, skill=weld, level=1, language="de", region=a_region())
    row = public()[0]
    assert row.parts == {"skill": "weld-tabs", "level": "1", "language": "de", "region": "DE11"}
    assert get_wanted_training(row.parts | {"words": ""}, visible_to=VISITOR, today=TODAY) == row
    with pytest.raises(NotFound):
        get_wanted_training({"skill": "weld-tabs"}, visible_to=VISITOR, today=TODAY)


def test_what_only_staff_see_is_found_by_staff_alone(weld: Skill, staff: User) -> None:
    wished(2, origin="search", words="laser")
    assert get_wanted_training({"words": "laser"}, visible_to=staff, today=TODAY).times == 2
    with pytest.raises(NotFound):
        get_wanted_training({"words": "laser"}, visible_to=VISITOR, today=TODAY)


def test_eight_questions_are_asked_however_much_is_wanted(
    weld: Skill, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    region = a_region()
    for number in range(12):
        skill = a_skill(f"skill-{number}", a_topic(f"topic-{number}"))
        wished(7, skill=skill, level=2, region=region)
        wished(30, origin="search", words=f"words {'abcdefghijkl'[number]}")
        a_course(f"course-{number}", {f"skill-{number}": (None, 1)})
    with django_assert_max_num_queries(8):
        assert len(public()) == 24


def test_of_one_skill_the_same_is_told_as_in_the_whole_list(weld: Skill) -> None:
    wished(6, origin="search", words="weld tabs", language="de")
    wished(3, skill=weld, level=2, region=a_region())
    wished(9, skill=a_skill("drive"), level=2)
    alone = list_wanted_training(visible_to=VISITOR, today=TODAY, skill=weld)
    assert alone == [row for row in public() if row.skill == weld]
    assert len(alone) == 2

"""The main job without JavaScript: self-check, gap in one sentence, path with wishes in the address, and saving."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.records import a_course, a_role

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Brief
from synchromesh.framework.models import Address, JobRole, Skill
from synchromesh.pathways.models import Plan, Rating

pytestmark = pytest.mark.django_db
PAGE = "/en/roles/technician/"
_HEADLINE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_STEP = re.compile(r'id="step-\d+".*?/courses/([-\w]+)/', re.DOTALL)


@pytest.fixture
def role() -> JobRole:
    """Needs two skills; nothing is offered yet."""
    return a_role("technician", {"weld": 2, "drive": 1})


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def _headline(client: Client) -> str:
    found = _HEADLINE.search(_text(client, f"{PAGE}gap/"))
    assert found is not None
    return found[1].strip()


def _answer(client: Client, **levels: int) -> None:
    posted = {f"skill-{Skill.objects.get(slug=slug).uid}": str(level) for slug, level in levels.items()}
    page = client.post(f"{PAGE}check/", posted)
    assert (page.status_code, page["Location"]) == (302, f"{PAGE}gap/")


def _steps(client: Client, query: str = "") -> list[str]:
    return _STEP.findall(_text(client, f"{PAGE}path/{query}"))


def test_answers_are_kept_in_the_session_and_shown_again(client: Client, role: JobRole) -> None:
    assert 'type="radio"' in _text(client, PAGE)
    assert "checked" not in _text(client, PAGE)
    _answer(client, weld=1, drive=0)
    uid = str(Skill.objects.get(slug="weld").uid)
    assert client.session["self_check_answers"][uid] == 1
    assert re.search(rf'name="skill-{uid}" value="1" checked', _text(client, PAGE))
    assert "2 of 2 answered" in _text(client, PAGE)
    assert not Rating.objects.exists()


def test_an_answer_counts_for_every_role_that_needs_the_skill(client: Client, role: JobRole) -> None:
    a_role("welder", {"weld": 1})
    _answer(client, weld=1)
    assert "You meet the skill of this job." in _text(client, "/en/roles/welder/gap/")


def test_a_part_of_the_answers_is_enough_and_the_rest_says_so(client: Client, role: JobRole) -> None:
    _answer(client, drive=1)
    text = _text(client, f"{PAGE}gap/")
    assert "You meet 1 of 2 skills." in text
    assert "not answered" in text
    assert "You have not answered yet." not in text


@pytest.mark.parametrize("value", ["4", "-1", "many", "1; DROP TABLE", "²"])
def test_a_wrong_answer_is_refused_and_not_kept(client: Client, role: JobRole, value: str) -> None:
    uid = Skill.objects.get(slug="weld").uid
    page = client.post(f"{PAGE}check/", {f"skill-{uid}": value})
    assert page.status_code == 422
    assert "one of the four choices" in page.content.decode()
    assert "self_check_answers" not in client.session


def test_the_headline_when_nothing_is_offered(client: Client, role: JobRole) -> None:
    assert "You have not answered yet." in _text(client, f"{PAGE}gap/")
    assert _headline(client) == "You meet 0 of 2 skills. No course that we know of closes the rest yet."


def test_the_headline_when_one_course_closes_all(client: Client, role: JobRole) -> None:
    a_course("all", {"weld": (0, 2), "drive": (0, 1)})
    assert _headline(client) == "You meet 0 of 2 skills. One course closes the rest."


def test_the_headline_when_several_courses_close_all(client: Client, role: JobRole) -> None:
    a_course("one", {"weld": (0, 2)})
    a_course("two", {"drive": (0, 1)})
    assert _headline(client) == "You meet 0 of 2 skills. Two courses close the rest."
    _answer(client, drive=3)
    assert _headline(client) == "You meet 1 of 2 skills. One course closes the rest."


def test_the_headline_when_courses_close_most_or_part_of_the_rest(client: Client) -> None:
    a_role("technician", {"weld": 2, "drive": 1, "lift": 1})
    a_course("one", {"drive": (0, 1)})
    assert _headline(client) == "You meet 0 of 3 skills. One course closes part of the rest."
    a_course("two", {"lift": (0, 1)})
    assert _headline(client) == "You meet 0 of 3 skills. Two courses close most of the rest."


def test_the_headline_when_everything_is_met(client: Client, role: JobRole) -> None:
    a_course("all", {"weld": (0, 2)})
    _answer(client, weld=2, drive=3)
    assert _headline(client) == "You meet all 2 skills of this job."
    assert "You need no course for this job." in _text(client, f"{PAGE}path/")


def test_wishes_stand_in_the_address_and_change_the_path(client: Client, role: JobRole) -> None:
    a_course("long-free", {"weld": (0, 2)}, price_cents=0, minutes=6000, languages=["de"])
    a_course("short-paid", {"weld": (0, 2)}, price_cents=90_000, minutes=60, mode="on-site")
    assert _steps(client) == ["short-paid"]
    assert _steps(client, "?hour=0") == ["long-free"]
    assert _steps(client, "?language=de") == ["long-free"]
    assert _steps(client, "?mode=on-site") == ["short-paid"]
    assert _steps(client, "?mode=on-site&language=de") == []
    assert _steps(client, "?without=short-paid") == ["long-free"]
    assert _steps(client, "?use=long-free&without=short-paid&hour=12,50") == ["long-free"]
    text = _text(client, f"{PAGE}path/?hour=12,50&language=de&mode=online")
    assert 'value="12.5"' in text
    assert re.search(r'value="de" checked', text)
    assert f"{PAGE}path.pdf?hour=12.5&language=de&mode=online" in text


@pytest.mark.parametrize(
    "query",
    [
        "?hour=much",
        "?hour=nan",
        "?hour=1e999",
        "?hour=",
        "?language=klingon&language=",
        "?mode=by-post",
        "?use=no-such-course&without=neither",
        "?use=" + "x" * 3000,
        "?hour=20&hour=30&unknown=1",
        "?use=%00&without=%00&language=%00&mode=%00&hour=%00",
        "?" + "&".join(f"use=c{number}" for number in range(100)),
    ],
)
def test_rubbish_in_the_address_never_loses_the_page(client: Client, role: JobRole, query: str) -> None:
    a_course("all", {"weld": (0, 2), "drive": (0, 1)})
    assert _steps(client, query) == ["all"]
    assert client.get(f"{PAGE}gap/{query}").status_code == 200


def test_a_negative_hour_counts_as_0_and_a_huge_one_as_500(client: Client, role: JobRole) -> None:
    assert 'value="0"' in _text(client, f"{PAGE}path/?hour=-5")
    assert 'value="500"' in _text(client, f"{PAGE}path/?hour=123456")


def test_a_swap_is_a_link_that_can_be_followed_back(client: Client, role: JobRole) -> None:
    a_course("first", {"weld": (0, 2), "drive": (0, 1)}, price_cents=1_000)
    a_course("second", {"weld": (0, 2), "drive": (0, 1)}, price_cents=2_000)
    assert "use=second&without=first" in _text(client, f"{PAGE}path/")
    assert _steps(client, "?use=second&without=first") == ["second"]
    assert "use=first&without=second" in _text(client, f"{PAGE}path/?use=second&without=first")


def test_saving_needs_an_account_and_comes_back_to_the_path(client: Client, role: JobRole, person: User) -> None:
    a_course("all", {"weld": (0, 2), "drive": (0, 1)})
    _answer(client, weld=1)
    save = f"{PAGE}path/save/?hour=15"
    page = client.post(save)
    assert page.status_code == 302
    assert page["Location"].startswith("/en/account/login/?next=")
    assert not Plan.objects.exists()
    signed_in = client.post(page["Location"], {"login": "person@example.org", "password": "a long enough pass phrase"})
    assert signed_in["Location"] == save
    back = client.get(save)
    assert back["Location"] == f"{PAGE}path/?hour=15"
    assert not Plan.objects.exists()
    assert "1 of 2 answered" in _text(client, PAGE)
    saved = client.post(save)
    plan = Plan.objects.get()
    assert saved["Location"] == f"/en/me/plan/{plan.uid}/"
    assert (plan.person, plan.hour_value_cents) == (person, 1500)
    assert [(rating.skill.slug, rating.level) for rating in Rating.objects.select_related("skill")] == [("weld", 1)]


def test_what_was_saved_is_there_in_another_browser(client: Client, role: JobRole, person: User) -> None:
    client.force_login(person)
    _answer(client, weld=2)
    client.post(f"{PAGE}path/save/")
    other = Client()
    other.force_login(person)
    assert "You meet 1 of 2 skills." in _text(other, f"{PAGE}gap/")
    assert "You meet 0 of 2 skills." in _text(Client(), f"{PAGE}gap/")


def test_a_gap_that_no_course_closes_is_counted_once_per_browser_and_only_after_an_answer(
    client: Client, role: JobRole
) -> None:
    client.get(f"{PAGE}gap/")
    assert not Brief.objects.exists()
    _answer(client, weld=1)
    for _ in range(3):
        client.get(f"{PAGE}gap/")
    wishes = {(brief.skill.slug, brief.level): brief.times for brief in Brief.objects.all() if brief.skill}
    assert wishes == {("weld", 2): 1, ("drive", 1): 1}


def test_a_wish_for_a_course_is_counted(client: Client, role: JobRole) -> None:
    page = client.post(f"{PAGE}path/wanted/", {"skill": "weld", "level": "2"}, follow=True)
    assert "Providers see that this course is wanted" in page.content.decode()
    brief = Brief.objects.select_related("skill").get()
    assert (str(brief.skill), brief.level, brief.times) == ("Weld", 2, 1)
    assert client.post(f"{PAGE}path/wanted/", {"skill": "juggle"}).status_code == 404
    assert client.get(f"{PAGE}path/wanted/").status_code == 405


def test_an_old_address_leads_to_the_role_and_an_unknown_one_does_not_exist(client: Client, role: JobRole) -> None:
    Address.objects.create(kind="role", slug="mechanic", uid=role.uid)
    page = client.get("/en/roles/mechanic/")
    assert (page.status_code, page["Location"]) == (301, PAGE)
    for part in ("", "gap/", "path/", "path.pdf", "path.ics"):
        assert client.get(f"/en/roles/no-such-role/{part}").status_code == 404
    assert client.get("/en/roles/?field=no-such-field").status_code == 404


def test_roles_are_listed_by_field(client: Client, role: JobRole) -> None:
    text = _text(client, reverse("roles:list"))
    assert "Technician" in text

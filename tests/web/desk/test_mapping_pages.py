"""The mapping desk: the text with its marks, decisions with and without JavaScript, and who may see it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.matching_answers import Found, find_in_courses
from tests.records import a_course, a_skill, the_version

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course, CourseSkill, MappingVerdict
from synchromesh.catalogue.operations.mapping import confirm_course_skill
from synchromesh.framework.models import Skill

pytestmark = pytest.mark.django_db
LIST = "/en/desk/mapping/"
PAGE = f"{LIST}welding/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def course(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course with two suggestions: weld (an alternative: join) and isolate."""
    the_version()
    weld, isolate, join = a_skill("weld"), a_skill("isolate"), a_skill("join")
    find_in_courses(
        monkeypatch,
        Found(skill=weld, words=("weld steel",), probability=0.9, instead=(join,), level=3, level_words="advanced"),
        Found(skill=isolate, words=("isolate", "battery"), probability=0.61),
        fell_back="The mode quality is not available.",
    )
    return a_course(
        "welding",
        provider=organisation,
        descriptions={"en": "You weld steel with <advanced> methods & isolate a battery."},
        outcomes={"en": ["Work alone"]},
    )


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def _text(page: Any) -> str:
    text = unescape(page.content.decode())
    assert "⚠ unknown variable" not in text
    return text


def _uid(slug: str) -> str:
    return str(Skill.objects.get(slug=slug).uid)


def _post(desk: Client, do: str, slug: str = "weld", *, follow: bool = True, **fields: str) -> Any:
    return desk.post(PAGE, {"do": do, "skill": _uid(slug), "level": "2"} | fields, follow=follow)


@pytest.mark.usefixtures("course")
def test_the_page_shows_the_text_with_numbered_marks_and_a_form_for_each_suggestion(desk: Client) -> None:
    page = desk.get(PAGE)
    text = _text(page)
    assert '<mark data-marks="1">weld steel<a class="mark-number" href="#suggestion-1">' in text
    assert "&lt;advanced&gt; methods" in page.content.decode()
    assert text.count('<li class="mapping-suggestion"') == 2
    assert "90 % likely" in text
    assert "“isolate a battery”" in text
    assert "Suggestions by a program. A person decides." in text
    assert "The mode quality is not available." in text
    assert "Level read from “advanced”." in text
    assert re.search(r'<option value="3" selected>Expert \(from the words\)', text)
    assert re.search(r'<option value="2" selected>Practitioner \(suggested\)', text)
    assert "Work alone" in text


@pytest.mark.usefixtures("course")
def test_without_javascript_a_decision_leads_back_to_the_page(desk: Client, staff: User) -> None:
    sent = _post(desk, "confirm", follow=False, level="3")
    assert (sent.status_code, sent["Location"]) == (302, f"{PAGE}#suggestions")
    link = CourseSkill.objects.get()
    assert (link.skill.slug, link.level, link.confirmed_by, link.quote) == ("weld", 3, staff.public_id, "weld steel")
    text = _text(desk.get(PAGE))
    assert "Confirmed: Weld" in text
    assert text.count('<li class="mapping-suggestion"') == 1
    assert "by you" in text
    assert "look again on" in text


@pytest.mark.usefixtures("course")
def test_htmx_gets_only_the_part_that_changes(desk: Client) -> None:
    part = desk.post(PAGE, {"do": "reject", "skill": _uid("weld")}, headers=HTMX)
    text = _text(part)
    assert part.status_code == 200
    assert text.startswith('<div id="mapping"')
    assert "<html" not in text
    assert "Rejected: Weld" in text
    assert "1 suggestion left." in text
    assert "HX-Request" in part["Vary"]
    assert MappingVerdict.objects.get().quote == "weld steel"
    assert "Rejected: Weld" in text


@pytest.mark.usefixtures("course")
def test_what_was_taken_back_is_marked_in_the_part_so_that_the_focus_finds_it(desk: Client) -> None:
    _post(desk, "confirm")
    text = _text(desk.get(PAGE))
    step = re.search(r'name="undo" value="([^"]+)"', text)
    assert step is not None
    part = _text(desk.post(PAGE, {"undo": step.group(1)}, headers=HTMX))
    assert "Taken back: Confirmed: Weld" in part
    assert re.search(r'data-suggestion="1" data-returned', part)
    assert not CourseSkill.objects.exists()
    assert not MappingVerdict.objects.exists()


@pytest.mark.usefixtures("course")
def test_words_that_are_no_skill_are_not_suggested_again(desk: Client) -> None:
    text = _text(_post(desk, "not_a_skill"))
    assert "Not a skill here: “weld steel”" in text
    assert text.count('<li class="mapping-suggestion"') == 1
    verdict = MappingVerdict.objects.get()
    assert (verdict.decision, verdict.skill, verdict.quote) == ("not_a_skill", None, "weld steel")


@pytest.mark.usefixtures("course")
def test_an_alternative_can_be_chosen_instead(desk: Client) -> None:
    text = _text(desk.post(PAGE, {"instead": _uid("join"), "skill": _uid("weld"), "level": "1"}, follow=True))
    assert "Confirmed: Join" in text
    link = CourseSkill.objects.get()
    assert (link.skill.slug, link.level, str(link.confidence)) == ("join", 1, "0.30")
    assert set(MappingVerdict.objects.values_list("skill__slug", "decision")) == {
        ("join", "confirmed"),
        ("weld", "rejected"),
    }
    assert desk.post(PAGE, {"instead": _uid("isolate"), "skill": _uid("weld")}).status_code == 404


def test_a_link_can_be_changed_looked_at_again_and_removed(desk: Client, course: Course) -> None:
    confirm_course_skill(by=OPERATOR, course=course, skill=Skill.objects.get(slug="join"), level=2)
    CourseSkill.objects.update(review_due_on=timezone.localdate() - timedelta(days=1))
    text = _text(desk.get(PAGE))
    assert "check again" in text
    assert "the operator" in text
    assert "Still right: Join" in _text(_post(desk, "review", "join"))
    assert "check again" not in _text(desk.get(PAGE))
    assert "Changed: Join" in _text(_post(desk, "change", "join", level="3", entry_level="1"))
    assert (CourseSkill.objects.get().level, CourseSkill.objects.get().entry_level) == (3, 1)
    assert "Removed: Join" in _text(_post(desk, "remove", "join"))
    assert not CourseSkill.objects.exists()


@pytest.mark.usefixtures("course")
def test_a_skill_can_be_searched_and_added_by_hand(desk: Client) -> None:
    text = _text(desk.get(f"{PAGE}?q=joi"))
    assert f'value="{_uid("join")}"' in text
    assert "Add<span" in text
    _post(desk, "confirm", "join", level="1")
    link = CourseSkill.objects.get()
    assert (link.skill.slug, link.method, link.quote) == ("join", "hand", "")
    assert "No skill has these words" in _text(desk.get(f"{PAGE}?q=joi"))
    assert "No skill has these words" in _text(desk.get(f"{PAGE}?q=a%00b"))


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 422),
        ({"do": "nonsense"}, 422),
        ({"do": "confirm"}, 422),
        ({"do": "confirm", "skill": "no-such-skill", "level": "2"}, 404),
        ({"do": "confirm", "skill": "a\0b", "level": "2"}, 404),
        ({"do": "confirm", "skill": "weld", "level": ""}, 422),
        ({"do": "confirm", "skill": "weld", "level": "4"}, 422),
        ({"do": "confirm", "skill": "weld", "level": "²"}, 422),
        ({"do": "not_a_skill", "skill": "join"}, 422),
        ({"do": "remove", "skill": "weld"}, 404),
        ({"do": "review", "skill": "weld"}, 404),
        ({"undo": "nonsense"}, 404),
    ],
)
@pytest.mark.usefixtures("course")
def test_a_form_that_asks_for_the_impossible_is_refused(fields: dict[str, str], status: int, desk: Client) -> None:
    assert desk.post(PAGE, fields).status_code == status
    assert not CourseSkill.objects.exists()
    assert not MappingVerdict.objects.exists()


def test_the_language_of_the_text_can_be_chosen_and_stays(desk: Client, course: Course) -> None:
    course.titles |= {"de": "Schweißen"}
    course.save()
    assert "?language=de" in _text(desk.get(PAGE))
    text = _text(desk.get(f"{PAGE}?language=de"))
    assert '<p class="mapping-title" lang="de">Schweißen</p>' in text
    sent = desk.post(f"{PAGE}?language=de", {"do": "reject", "skill": _uid("weld")})
    assert sent["Location"] == f"{PAGE}?language=de#suggestions"
    assert desk.get(f'{PAGE}?language="><b>').status_code == 200


def test_names_are_for_the_alliance_alone(client: Client, course: Course, staff: User, manager: User) -> None:
    other = User.objects.create_user(email="other@example.org", name="Olga Other", is_alliance_staff=True)
    confirm_course_skill(by=other, course=course, skill=Skill.objects.get(slug="join"), level=2)
    client.force_login(staff)
    assert "Olga Other" in _text(client.get(PAGE))
    client.force_login(manager)
    text = _text(client.get(PAGE))
    assert "Olga Other" not in text
    assert "by somebody else" in text


def test_staff_and_the_provider_see_the_same_desk_and_nobody_else(
    client: Client, course: Course, person: User, member: User, editor: User, manager: User, staff: User
) -> None:
    a_course("elsewhere")
    detail, other = f"/en/courses/{course.slug}/", f"{LIST}elsewhere/"
    for who, own, foreign in (
        (None, 302, 302),
        (person, 403, 403),
        (member, 403, 403),
        (editor, 200, 403),
        (manager, 200, 403),
        (staff, 200, 200),
    ):
        if who is not None:
            client.force_login(who)
        assert client.get(PAGE).status_code == own
        assert client.get(other).status_code == foreign
        assert client.get(LIST).status_code == own
        assert (PAGE in _text(client.get(detail))) is (own == 200)
        if own != 200:
            assert client.post(PAGE, {"do": "confirm", "skill": "weld", "level": "2"}).status_code == own
    assert not CourseSkill.objects.exists()


def test_the_list_says_what_waits(desk: Client, course: Course) -> None:
    a_course("finished", {"weld": (0, 2)})
    text = _text(desk.get(LIST))
    assert text.index("Welding") < text.index("Finished")
    assert "no skills yet 1" in text
    assert "nothing to do 1" in text
    assert "Finished" not in _text(desk.get(f"{LIST}?state=unmapped"))
    assert "No course fits all of this." in _text(desk.get(f"{LIST}?q=xqzzyvw"))
    found = _text(desk.get(f"{LIST}?q=finished"))
    assert "Finished" in found
    assert PAGE not in found
    assert desk.post(LIST).status_code == 405
    assert course.provider is not None
    assert "Finished" not in _text(desk.get(f"{LIST}?provider={course.provider.slug}"))


def test_the_ways_to_the_desk(client: Client, course: Course, staff: User, manager: User) -> None:
    assert course.provider is not None
    organisation = f"/en/organisations/{course.provider.slug}/"
    provider_list = f'{LIST}?provider={course.provider.slug}"'
    assert provider_list not in _text(client.get(organisation))
    client.force_login(manager)
    home = f"/en/desk/organisations/{course.provider.slug}/"
    assert home in _text(client.get("/en/me/"))
    assert provider_list in _text(client.get(home))
    assert provider_list in _text(client.get(organisation))
    client.force_login(staff)
    text = _text(client.get("/en/desk/"))
    assert LIST in text
    assert "1 course waits" in text


@pytest.mark.usefixtures("course")
def test_the_page_asks_no_more_with_many_links(
    desk: Client, course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        confirm_course_skill(by=OPERATOR, course=course, skill=a_skill(f"skill-{number}"), level=2)
    desk.get(PAGE)
    with django_assert_max_num_queries(16):
        desk.get(PAGE)

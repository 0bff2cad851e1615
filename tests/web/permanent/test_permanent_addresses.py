"""Addresses without a language: the bare domain, stable addresses, the theme, robots and health."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from tests.community.event_records import an_event
from tests.community.news_records import an_article
from tests.community.sharing_records import a_lesson, a_practice, a_profile, lesson_details, practice_details

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.models import Course
from synchromesh.community.models import Group, Project
from synchromesh.community.operations.lessons import create_lesson
from synchromesh.community.operations.practices import create_practice
from synchromesh.framework.models import JobRole, Skill

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("accepted", ["en-GB,en;q=0.9", "mt", "", "nonsense;;q=x"])
def test_the_bare_domain_leads_to_a_language_that_is_offered(client: Client, accepted: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert answer.status_code == 302
    assert answer["Location"] == "/en/"
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_a_stable_address_leads_to_the_page_as_it_is_called_today(client: Client) -> None:
    role = JobRole.objects.create(slug="old-name", titles={"en": "Role"})
    skill = Skill.objects.create(slug="weld", kind="skill", titles={"en": "Weld"})
    course = Course.objects.create(slug="welding", titles={"en": "Welding"}, published_at=timezone.now())
    organisation = Organisation.objects.create(slug="north", name="North")
    JobRole.objects.filter(pk=role.pk).update(slug="new-name")
    found = {
        f"/id/role/{role.uid}": "/en/roles/new-name/",
        f"/id/skill/{skill.uid}": "/en/skills/weld/",
        f"/id/course/{course.uid}": "/en/courses/welding/",
        f"/id/organisation/{organisation.uid}": "/en/organisations/north/",
    }
    for address, page in found.items():
        assert client.get(address)["Location"] == page


def test_a_stable_address_leads_to_what_the_alliance_publishes(client: Client, person: User) -> None:
    profile, practice, lesson = a_profile("DE11"), a_practice(person), a_lesson(person).lesson
    article, event = an_article("a-forum"), an_event()
    group = Group.objects.create(slug="circle", kind="forum", names={"en": "Circle"})
    project = Project.objects.create(slug="amber", name="AMBER")
    found = {
        f"/id/region/{profile.uid}": "/en/regions/DE11/",
        f"/id/practice/{practice.uid}": f"/en/practices/{practice.slug}/",
        f"/id/lesson/{lesson.uid}": f"/en/lessons/{lesson.slug}/",
        f"/id/news/{article.uid}": "/en/news/articles/a-forum/",
        f"/id/event/{event.uid}": f"/en/events/{event.slug}/",
        f"/id/group/{group.uid}": "/en/groups/circle/",
        f"/id/project/{project.uid}": "/en/projects/amber/",
    }
    for address, page in found.items():
        answer = client.get(address)
        assert answer["Location"] == page
        assert "Accept-Language" in answer["Vary"]
        assert client.get(page).status_code == 200


def test_a_stable_address_does_not_give_away_what_is_for_members_or_not_published(client: Client, person: User) -> None:
    client.force_login(person)
    hidden = {
        "practice": create_practice(by=person, details=practice_details()),
        "lesson": create_lesson(by=person, details=lesson_details()),
        "news": an_article("inside", visibility="members"),
        "event": an_event(visibility="members"),
        "group": Group.objects.create(slug="inner", kind="forum", names={"en": "I"}, visibility="members"),
        "region": an_article("no-region"),
    }
    for kind, record in hidden.items():
        assert client.get(f"/id/{kind}/{record.uid}").status_code == 404, kind


def test_a_stable_address_of_nothing_is_a_404_with_a_search_field(client: Client) -> None:
    answer = client.get(f"/id/role/{uuid.uuid4()}")
    assert answer.status_code == 404
    assert 'type="search"' in answer.content.decode()


def test_a_stable_address_does_not_give_away_what_is_not_public(client: Client) -> None:
    draft = Course.objects.create(slug="draft", titles={"en": "Draft"})
    retired = JobRole.objects.create(slug="gone", titles={"en": "Gone"}, retired_at=timezone.now())
    assert client.get(f"/id/course/{draft.uid}").status_code == 404
    assert client.get(f"/id/role/{retired.uid}").status_code == 404
    assert client.get(f"/id/person/{draft.uid}").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_remembered_and_rendered_by_the_server(client: Client, theme: str) -> None:
    answer = client.post("/theme", {"theme": theme, "next": "/en/about/"})
    assert answer["Location"] == "/en/about/"
    assert answer.cookies["theme"].value == theme
    assert f'data-theme="{theme}"' in client.get("/en/about/").content.decode()


def test_choosing_as_my_device_forgets_the_theme(client: Client) -> None:
    client.post("/theme", {"theme": "dark"})
    client.post("/theme", {"theme": ""})
    assert 'data-theme=""' in client.get("/en/about/").content.decode()


def test_an_invented_theme_never_reaches_the_page(client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert 'data-theme=""' in client.get("/en/about/").content.decode()
    assert not client.post("/theme", {"theme": "pink"}).cookies["theme"].value


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_theme_switch_never_leads_to_another_site(client: Client, address: str) -> None:
    assert client.post("/theme", {"theme": "dark", "next": address})["Location"] == "/"


def test_the_theme_is_changed_by_a_form_of_this_site_only(client: Client) -> None:
    assert client.get("/theme").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    for elsewhere in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/http://testserver/"},
    ):
        answer = strict.post("/theme", {"theme": "dark"}, headers=elsewhere)
        assert answer.status_code == 403, elsewhere
        assert "theme" not in answer.cookies
        assert "Please send it once more" in answer.content.decode()
    for here in (
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/en/"},
    ):
        assert strict.post("/theme", {"theme": "dark"}, headers=here).cookies["theme"].value == "dark", here


def test_robots_are_kept_from_personal_pages_in_every_language(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/plain")
    for code in settings.INTERFACE_LANGUAGES:
        assert {f"Disallow: /{code}/me/", f"Disallow: /{code}/account/", f"Disallow: /{code}/desk/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_health_says_ok_while_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Cache-Control"] == "no-store"


def test_health_says_503_when_the_database_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503

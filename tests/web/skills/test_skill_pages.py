"""Skill pages: what each level looks like, who needs it and how to learn it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.records import a_course, a_role, a_skill, a_topic

from synchromesh.framework.models import Address, EscoLink, Skill

pytestmark = pytest.mark.django_db


def _text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    text = page.content.decode()
    assert "⚠ unknown variable" not in text
    return text


def test_a_skill_shows_levels_courses_roles_and_esco(client: Client) -> None:
    a_role("technician", {"weld": 2})
    a_course("weld-course", {"weld": (0, 2)})
    a_course("guess", {"weld": (0, 1)}, confirmed=False)
    skill = Skill.objects.get(slug="weld")
    EscoLink.objects.create(skill=skill, uri="http://data.europa.eu/esco/skill/1", match="broad")
    text = _text(client, "/en/skills/weld/")
    assert "Does weld at 2." in text
    assert "/en/courses/weld-course/" in text
    assert "/en/courses/guess/" not in text
    assert "/en/roles/technician/" in text
    assert "the ESCO concept is wider" in text


def test_a_retired_skill_names_its_successor(client: Client) -> None:
    old, new = a_skill("gas-welding", retired_at=timezone.now()), a_skill("welding")
    old.successors.add(new)
    text = _text(client, "/en/skills/gas-welding/")
    assert "This skill is retired." in text
    assert "/en/skills/welding/" in text
    assert "/en/skills/gas-welding/" not in _text(client, "/en/skills/")


def test_an_old_address_leads_on_and_an_unknown_one_does_not_exist(client: Client) -> None:
    skill = a_skill("weld")
    Address.objects.create(kind="skill", slug="join-metal", uid=skill.uid)
    page = client.get("/en/skills/join-metal/")
    assert (page.status_code, page["Location"]) == (301, "/en/skills/weld/")
    assert client.get("/en/skills/nothing/").status_code == 404


def test_skills_are_listed_by_field_and_kind(client: Client) -> None:
    battery = a_topic("battery")
    a_skill("weld", battery)
    a_skill("metals", kind="knowledge")
    assert "/en/skills/metals/" not in _text(client, "/en/skills/?field=battery")
    assert "/en/skills/weld/" not in _text(client, "/en/skills/?kind=knowledge")
    for query in ("?kind=rubbish", "", "?field="):
        text = _text(client, f"/en/skills/{query}")
        assert "/en/skills/weld/" in text
        assert "/en/skills/metals/" in text
    for field in ("nothing",):
        assert client.get(f"/en/skills/?field={field}").status_code == 404


def test_a_text_in_another_language_says_which(client: Client) -> None:
    a_skill("weld", titles={"de": "Schweißen"})
    assert '<span lang="de">Schweißen</span>' in _text(client, "/en/skills/weld/")

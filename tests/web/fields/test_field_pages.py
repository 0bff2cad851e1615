"""Field pages gather roles, skills and courses."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.records import a_course, a_role, a_skill, a_topic

pytestmark = pytest.mark.django_db


def test_a_field_shows_its_roles_skills_and_courses_and_no_others(client: Client) -> None:
    battery, hydrogen = a_topic("battery"), a_topic("hydrogen", position=1)
    a_role("technician", {"weld": 1}, battery)
    a_role("fitter", {"weld": 1}, hydrogen)
    a_skill("stack-cells", battery)
    for number in range(10):
        a_course(f"course-{number}").topics.add(battery)
    page = client.get("/en/fields/battery/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "⚠ unknown variable" not in text
    assert "/en/roles/technician/" in text
    assert "/en/roles/fitter/" not in text
    assert "/en/skills/stack-cells/" in text
    assert text.count('href="/en/courses/course-') == 8
    assert "10" in text
    listed = client.get("/en/fields/").content.decode()
    assert listed.index("/en/fields/battery/") < listed.index("/en/fields/hydrogen/")


def test_an_unknown_field_does_not_exist(client: Client) -> None:
    assert client.get("/en/fields/nothing/").status_code == 404


def test_a_field_without_anything_is_a_page_too(client: Client) -> None:
    a_topic("battery")
    assert client.get("/en/fields/battery/").status_code == 200

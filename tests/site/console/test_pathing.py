"""`synchromesh path` and the path page are two views of one answer."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.site.console.conftest import Command

from synchromesh.framework.models import JobRole, Skill

# The subject is synchromesh.site.console, called through the fixture `command`.
pytestmark = pytest.mark.time_machine("2026-12-01 10:00 +0000", tick=False)
_COURSE = re.compile(r'id="step-(\d+)".*?/courses/([-\w]+)/', re.DOTALL)
WISHES: list[dict[str, str]] = [
    {},
    {"hour": "0"},
    {"hour": "95.5", "language": "de"},
    {"mode": "online"},
    {"without": "high-voltage-in-the-workshop-what-to-know-first"},
]


@pytest.mark.usefixtures("starter_content")
@pytest.mark.parametrize("wishes", WISHES)
def test_the_page_shows_the_courses_of_the_command_in_the_same_order(
    command: Command, client: Client, wishes: dict[str, str]
) -> None:
    role = JobRole.objects.get(slug="battery-technician")
    have = {"isolate-hv": 1, "battery-basics": 2}
    posted = {f"skill-{Skill.objects.get(slug=slug).uid}": str(level) for slug, level in have.items()}
    assert client.post(f"/en/roles/{role.slug}/check/", posted).status_code == 302
    page = client.get(f"/en/roles/{role.slug}/path/?{urlencode(wishes)}").content.decode()
    shown = [slug for _, slug in _COURSE.findall(page)]
    words = [word for slug, level in have.items() for word in ("--have", f"{slug}={level}")]
    for name, value in wishes.items():
        words += ["--hour-value" if name == "hour" else f"--{name}", value]
    answer = command("path", "--role", role.slug, *words).answer
    assert shown == [course["slug"] for course in answer["courses"]]
    assert len(shown) > 1

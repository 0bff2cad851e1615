"""An author chooses an exercise on battery passports and looks at it before learners do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.learning.records import a_course_with_content, a_learner, give_part
from tests.web.courses.learning.learning_site import text_of

from synchromesh.learning.models import Unit

pytestmark = pytest.mark.django_db
ADDRESS = "/en/teach/courses/hv-safety/units/passport-exercise/"


@pytest.fixture
def page(client: Client) -> Client:
    """An author with a unit of this kind that says nothing yet."""
    course = a_course_with_content("hv-safety", published=False, kinds=("passport-exercise",)).course
    Unit.objects.update(content={})
    client.force_login(give_part(a_learner("autor"), course, "author"))
    return client


def sent(page: Client, **content: Any) -> dict[str, Any]:
    """The form with the settings as they are and this content."""
    seen = page.get(ADDRESS).context["seen"]
    settings = {"settings-title": "Practise", "settings-minutes": "12", "seen": seen}
    return settings | {f"content-{name}": value for name, value in content.items()}


def test_what_an_author_chooses_is_kept(page: Client) -> None:
    chosen = sent(
        page, exercise="find-faults", battery="industrial", level="3", faults="8", needed_percent="55", skills="a-b\nc"
    )
    assert page.post(ADDRESS, chosen | {"do": "save"}).status_code == 302
    assert Unit.objects.get().content == {
        "exercise": "find-faults",
        "battery": "industrial",
        "level": 3,
        "faults": 8,
        "needed_percent": 55,
        "skills": ["a-b", "c"],
    }


def test_what_is_left_empty_takes_its_usual_value(page: Client) -> None:
    assert page.post(ADDRESS, sent(page, exercise="second-life", battery="ev") | {"do": "save"}).status_code == 302
    assert Unit.objects.get().content == {"exercise": "second-life", "battery": "ev"}


@pytest.mark.parametrize(("name", "value"), [("level", "4"), ("faults", "0"), ("exercise", "riddle"), ("battery", "")])
def test_what_cannot_be_is_refused_at_its_field(name: str, value: str, page: Client) -> None:
    good = {"exercise": "find-faults", "battery": "ev"}
    answer = page.post(ADDRESS, sent(page, **(good | {name: value})) | {"do": "save"})
    assert answer.status_code == 422
    assert list(answer.context["content"].form.errors) == [name]
    assert Unit.objects.get().content == {}


def test_an_author_looks_at_it_without_saving(page: Client) -> None:
    text = text_of(page.post(ADDRESS, sent(page, exercise="second-life", battery="lmt") | {"do": "preview"}))
    assert "Decide for each battery what becomes of it." in text
    assert "Light means of transport" in text
    assert Unit.objects.get().content == {}

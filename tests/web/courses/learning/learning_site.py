"""A course with a unit of each kind, and the people around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client
from tests.learning.records import (
    ALL_KINDS,
    a_course_with_content,
    a_learner,
    a_question,
    a_section,
    a_unit,
    an_enrolment,
    an_instrument,
)

from synchromesh.accounts.models import User
from synchromesh.learning.models import ContentVersion, Enrolment

SLUG = "hv-safety"
HOME = f"/en/courses/{SLUG}"
LEARN = f"{HOME}/learn/"
UNKNOWN_VARIABLE = "⚠"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """A learner in a course, signed in at a browser without scripts."""

    client: Client
    person: User
    version: ContentVersion
    enrolment: Enrolment


def learning(client: Client, *, kinds: tuple[str, ...] = ALL_KINDS, language: str = "en", **columns: Any) -> Learning:
    """Somebody who has begun the course."""
    version = a_course_with_content(SLUG, kinds=kinds, **columns)
    person = a_learner("lea")
    client.force_login(person)
    return Learning(
        client=client, person=person, version=version, enrolment=an_enrolment(version, person, language=language)
    )


def a_test_unit(version: ContentVersion, *questions: str, key: str = "test", **rules: Any) -> None:
    """One more unit, with a test of these kinds of questions by these rules."""
    asked = [a_question(version.course, kind, f"{key}-{kind}") for kind in questions]
    instrument = an_instrument(version.course, key, questions=asked, **rules)
    section = version.sections.last() or a_section(version, "first")
    a_unit(section, "quiz", key=key, instrument=instrument, must_pass=bool(rules.get("pass_percent")))


def text_of(response: Any, status: int = 200) -> str:
    """The page as its reader sees it; fails for another status and for a variable that the template does not have."""
    assert response.status_code == status, (response.status_code, response.headers.get("Location"))
    text = unescape(response.content.decode())
    assert UNKNOWN_VARIABLE not in text, text[max(0, text.find(UNKNOWN_VARIABLE) - 200) :][:300]
    return text


def begin(client: Client, unit: str = "test") -> str:
    """Start the test of a unit; the address of its first question."""
    response = client.post(f"{LEARN}{unit}/attempt/")
    assert response.status_code == 302, response.content.decode()[:500]
    return str(response.headers["Location"])


def hidden(text: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None, name
    return found.group(1)

"""What an entry says of its origin, of accessibility, and of skills by their address; all as our own files say it."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.records import a_skill, commit_feed, csv_file, preview_feed

from synchromesh.catalogue.models import Accessibility, Course
from synchromesh.catalogue.operations.importing import CourseImporter
from synchromesh.engine.feeds.records import ACCESSIBILITY, ORIGINS
from synchromesh.plumbing.sources import Origin

pytestmark = pytest.mark.django_db

ROW: dict[str, object] = {"id": "c1", "title": "Safe isolation", "text_language": "en"}


def test_formats_and_catalogue_speak_of_the_same_things() -> None:
    assert tuple(Accessibility.values) == ACCESSIBILITY
    assert set(Origin.values) == set(ORIGINS)
    assert CourseImporter.kind == "feed"


def test_what_a_course_offers_for_accessibility_is_stored_and_its_change_is_shown() -> None:
    commit_feed(csv_file(ROW | {"accessibility": "Transcript; captions"}))
    assert Course.objects.get().accessibility == ["captions", "transcript"]
    _, plan = preview_feed(csv_file(ROW | {"accessibility": "captions"}))
    assert [change.field for row in plan.rows for change in row.changes] == ["accessibility"]


def test_another_word_for_accessibility_is_a_problem_of_its_row() -> None:
    _, plan = preview_feed(csv_file(ROW | {"accessibility": "captions; comfortable chairs"}))
    assert [problem.field for problem in plan.problems] == ["accessibility"]


@pytest.mark.parametrize(
    ("said", "stored"), [("", "real"), ("real", "real"), ("starter", "starter"), ("example", "example")]
)
def test_an_invented_course_of_another_site_never_becomes_a_real_one(said: str, stored: str) -> None:
    commit_feed(csv_file(ROW | {"origin": said}))
    assert Course.objects.get().origin == stored


def test_what_the_operator_calls_invented_stays_so_whatever_the_file_says() -> None:
    commit_feed(csv_file(ROW | {"origin": "real"}), origin="example")
    assert Course.objects.get().origin == "example"


def test_a_skill_may_be_named_by_its_address_here() -> None:
    skill = a_skill("isolate-hv")
    commit_feed(csv_file(ROW | {"skills": f"{settings.SITE_ADDRESS}/id/skill/{skill.uid} 0>2"}))
    (link,) = Course.objects.get().skill_links.all()
    assert (link.skill, link.entry_level, link.level) == (skill, 0, 2)

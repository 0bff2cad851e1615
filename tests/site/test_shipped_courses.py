"""All courses that ship, loaded together: twelve are complete, and one that is not does not keep the others out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.starter.course_folders import LANGUAGES, SLUGS, folder

from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import AchievementVersion
from synchromesh.framework.models import Skill
from synchromesh.learning.queries.course_exports import list_learning_courses
from synchromesh.places.models import Country
from synchromesh.site import starter
from synchromesh.site.starter_achievements import make_course_achievements

pytestmark = pytest.mark.django_db


def test_twelve_complete_courses_can_be_taken_and_loading_again_changes_nothing() -> None:
    taught = {one["skill"]: one["level"] for slug in SLUGS for one in folder(slug).course["skills"]}
    asked = {question["skill"] for slug in SLUGS for question in folder(slug).questions if "skill" in question}
    Skill.objects.bulk_create(Skill(slug=slug, titles={"en": slug}) for slug in asked | taught.keys())
    loaded = starter.load_learning_courses(by=OPERATOR)
    assert loaded.problems == ()
    assert loaded.counts["new"] == 12
    courses = list_learning_courses()
    assert [course["slug"] for course in courses] == SLUGS
    for course in courses:
        assert tuple(course["languages"]) == LANGUAGES[course["slug"]]
        assert course["questions"] >= 25, course
        assert course["minutes"] >= 45, course
        assert course["skills"], course
    assert starter.load_learning_courses(by=OPERATOR).counts["same"] == 12
    Country.objects.create(code="BE", names={"en": "Belgium"})
    assert make_course_achievements(by=OPERATOR) == ({"new": 12, "same": 0, "error": 0}, ())
    assert AchievementVersion.objects.filter(skills__isnull=False).exclude(published_at=None).distinct().count() == 12


def test_a_folder_that_is_not_finished_is_named_and_the_others_are_loaded(settings: Settings, tmp_path: Path) -> None:
    source = settings.STARTER_DIR / "courses" / SLUGS[0]
    for name in ("a-broken", "b-unfinished", SLUGS[0]):
        shutil.copytree(source, tmp_path / "courses" / name)
    (tmp_path / "courses" / "a-broken" / "course.yaml").write_text("format: [")
    text = (tmp_path / "courses" / "b-unfinished" / "course.yaml").read_text(encoding="utf-8")
    changed = text.replace(f"slug: {SLUGS[0]}", "slug: b-unfinished").replace(
        "units/final-test.yaml", "units/gone.yaml"
    )
    (tmp_path / "courses" / "b-unfinished" / "course.yaml").write_text(changed, encoding="utf-8")
    settings.STARTER_DIR = tmp_path
    loaded = starter.load_learning_courses(by=OPERATOR)
    assert (loaded.counts["new"], loaded.counts["error"]) == (1, 2)
    assert [problem.split(":")[0] for problem in loaded.problems] == ["courses/a-broken", "courses/b-unfinished"]
    assert [course["slug"] for course in list_learning_courses()] == [SLUGS[0]]

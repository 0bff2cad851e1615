"""Courses that ship and issue credentials get an achievement each, awarded by the alliance or by their provider."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from tests.credentials.records import an_issuer
from tests.learning.records import a_course_with_content
from tests.records import stored

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement
from synchromesh.engine.errors import NotAllowed
from synchromesh.learning.models import CourseAchievement
from synchromesh.learning.operations.awarding import unlink_achievement
from synchromesh.places.models import Country
from synchromesh.site.starter_achievements import make_course_achievements

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db: None) -> Course:
    """A shipped course that issues credentials, beside one that issues none."""
    Country.objects.create(code="BE", names={"en": "Belgium"})
    for slug, issues in (("hv-safety", True), ("other", False)):
        version = a_course_with_content(slug, kinds=("text",), issues_credential=issues)
        Course.objects.filter(pk=version.course_id).update(
            origin="starter", summaries={"en": "Short."}, outcomes={"en": ["Isolate it"]}, minutes=60
        )
    return Course.objects.get(slug="hv-safety")


def test_the_alliance_awards_what_ships_and_loading_again_changes_nothing(course: Course) -> None:
    assert make_course_achievements(by=OPERATOR) == ({"new": 1, "same": 0, "error": 0}, ())
    achievement = Achievement.objects.get()
    organisation = achievement.issuer.organisation
    assert (achievement.slug, organisation.name) == ("hv-safety", "Automotive Skills Alliance")
    assert (organisation.country.code if organisation.country else "", organisation.origin) == ("BE", "real")
    assert CourseAchievement.objects.get().course == course
    before = stored()
    assert make_course_achievements(by=OPERATOR) == ({"new": 0, "same": 1, "error": 0}, ())
    assert stored() == before


def test_a_provider_that_is_an_issuer_awards_its_own_course(course: Course, organisation: Organisation) -> None:
    Course.objects.update(provider=organisation)
    issuer = an_issuer(organisation)
    make_course_achievements(by=OPERATOR)
    assert Achievement.objects.get().issuer == issuer


def test_without_a_country_none_is_made_and_the_answer_says_why(course: Course, settings: Settings) -> None:
    settings.ALLIANCE_COUNTRY = ""
    counts, problems = make_course_achievements(by=OPERATOR)
    assert (counts["error"], counts["new"]) == (1, 0)
    assert "SYNCHROMESH_ALLIANCE_COUNTRY" in problems[0]
    assert not Achievement.objects.exists()
    assert not Organisation.objects.exists()


def test_a_course_that_says_too_little_is_named_and_the_others_get_theirs(course: Course) -> None:
    other = Course.objects.get(slug="other")
    other.content_versions.update(issues_credential=True)
    Course.objects.filter(pk=course.pk).update(outcomes={})
    counts, problems = make_course_achievements(by=OPERATOR)
    assert (counts["new"], counts["error"]) == (1, 1)
    assert problems[0].startswith("achievement of hv-safety: ")


def test_a_course_that_people_took_the_achievement_from_gets_none_again(course: Course) -> None:
    make_course_achievements(by=OPERATOR)
    unlink_achievement(by=OPERATOR, course=course)
    assert make_course_achievements(by=OPERATOR)[0]["same"] == 1
    assert not CourseAchievement.objects.exists()


def test_only_alliance_staff_load_content(person: User) -> None:
    with pytest.raises(NotAllowed):
        make_course_achievements(by=person)

"""What completing a course earns: issued once, by itself, and only with what the course really says."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.credentials.records import an_achievement, an_issuer
from tests.learning.records import NOW, a_course_with_content, a_done_unit, a_learner, an_enrolment
from tests.records import a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.catalogue.models import CourseSkill
from synchromesh.credentials.models import Credential, Issuer
from synchromesh.credentials.operations.achievements import end_achievement
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.learning import tasks
from synchromesh.learning.models import ContentVersion, CourseAchievement, EarnedAchievement, Unit
from synchromesh.learning.operations.awarding import (
    award_earned,
    award_waiting,
    link_achievement,
    make_course_achievement,
    unlink_achievement,
)
from synchromesh.learning.operations.completion import complete_if_due
from synchromesh.learning.operations.course_descriptions import describe_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(db: None) -> ContentVersion:
    """A course with a text and a final test, which issues credentials."""
    made = a_course_with_content(kinds=("text", "quiz"), issues_credential=True)
    course = made.course
    course.summaries = {"en": "How to switch it off.", "de": "Wie man sie abschaltet."}
    course.outcomes = {"en": ["Isolate it", "Say why"], "de": ["Freischalten"]}
    course.minutes = 90
    course.save()
    CourseSkill.objects.create(
        course=course, skill=a_skill("isolate-hv"), level=2, confirmed_by="operator", confirmed_at=NOW
    )
    Unit.objects.filter(key="quiz").update(must_pass=True)
    quiz = made.units.get(key="quiz").instrument
    assert quiz is not None
    quiz.titles, quiz.purpose, quiz.pass_percent, quiz.attempts_allowed = {"en": "Final test"}, "final-test", 80, 3
    quiz.save()
    return made


@pytest.fixture
def issuer(db: None) -> Issuer:
    """Who awards it."""
    return an_issuer()


def complete(version: ContentVersion, person: User | None = None) -> EarnedAchievement:
    enrolment = an_enrolment(version, person or a_learner())
    for unit in version.units.all():
        a_done_unit(enrolment, unit.key)
    earned = complete_if_due(by=enrolment.person, enrolment=enrolment, now=NOW)
    assert earned is not None
    return earned


def test_completing_the_course_issues_once(
    version: ContentVersion, issuer: Issuer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    achievement = make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)
    person = a_learner("zoe")
    with django_capture_on_commit_callbacks(execute=True):
        earned = complete(version, person)
    credential = Credential.objects.get()
    earned.refresh_from_db()
    assert (credential.holder, credential.holder_name, credential.valid_from) == (person, "Zoe Learner", NOW)
    assert (earned.credential_uid, credential.version.achievement) == (credential.uid, achievement)
    tasks.award_earned.func(earned_uid=str(earned.uid))
    EarnedAchievement.objects.update(credential_uid=None)  # as if the process had died between two writes
    again = award_earned(by=OPERATOR, earned_uid=earned.uid)
    assert (again, Credential.objects.count()) == (credential, 1)


def test_the_achievement_says_what_the_course_says(version: ContentVersion, issuer: Issuer) -> None:
    achievement = make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)
    stated = achievement.versions.get()
    assert (stated.minutes, stated.level, stated.published_at is not None) == (90, 2, True)
    assert stated.outcomes == [{"de": "Freischalten", "en": "Isolate it"}, {"en": "Say why"}]
    assert stated.criteria["en"] == (
        "All required units of the course are done. “Final test” is passed with at least 80 %."
    )
    assert stated.assessments["en"].startswith("“Final test”: online, nobody watches; questions: ")
    assert set(stated.criteria) == {"en", "de"}
    assert [(link.skill.slug, link.level) for link in stated.skills.all()] == [("isolate-hv", 2)]
    with pytest.raises(Conflict):
        make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)


def test_a_course_says_no_more_than_is_true(version: ContentVersion) -> None:
    Unit.objects.filter(key="quiz").update(must_pass=False)
    ContentVersion.objects.update(languages=["en", "fr"])
    version.refresh_from_db()
    content = describe_course(version.course, version)
    assert content.assessments == {"en": "Taking part; no test"}
    assert content.participations == {"en": "Online, at one's own pace"}
    Unit.objects.filter(key="text").update(kind="live-session")
    assert "live sessions" in describe_course(version.course, version).participations["en"]


def test_who_completed_before_there_was_an_achievement_gets_it_later(
    version: ContentVersion, issuer: Issuer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        earned = complete(version, a_learner("zoe"))
        nameless = complete(version)
        User.objects.filter(enrolments=nameless.enrolment).update(name="")
    with django_capture_on_commit_callbacks(execute=True):
        make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)
    assert Credential.objects.get().occasion == f"completion:{earned.uid}"
    assert award_waiting(by=OPERATOR) == 0
    User.objects.filter(name="").update(name="Nina")
    with django_capture_on_commit_callbacks(execute=True):
        tasks.award_waiting.func()
    assert Credential.objects.get(holder_name="Nina").occasion == f"completion:{nameless.uid}"


def test_what_is_not_to_be_issued_or_has_ended_is_not(version: ContentVersion, issuer: Issuer) -> None:
    achievement = make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)
    earned = complete(version)
    EarnedAchievement.objects.update(to_be_issued=False)
    assert award_earned(by=OPERATOR, earned_uid=earned.uid) is None
    EarnedAchievement.objects.update(to_be_issued=True)
    end_achievement(by=OPERATOR, achievement=achievement)
    assert award_waiting(by=OPERATOR) == 0
    assert not Credential.objects.exists()


def test_a_link_is_changed_and_taken_away(version: ContentVersion, issuer: Issuer) -> None:
    other = an_achievement(issuer)
    for _ in range(2):
        link_achievement(by=OPERATOR, course=version.course, achievement=other)
    assert CourseAchievement.objects.get().achievement == other
    unlink_achievement(by=OPERATOR, course=version.course)
    assert not CourseAchievement.objects.exists()


def test_a_course_without_outcomes_or_content_gets_no_achievement(version: ContentVersion, issuer: Issuer) -> None:
    version.course.outcomes = {}
    with pytest.raises(InvalidInput, match="outcomes"):
        make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)
    ContentVersion.objects.update(published_at=None)
    with pytest.raises(Conflict, match="no published content"):
        make_course_achievement(by=OPERATOR, course=version.course, issuer=issuer)


def test_who_may_only_author_the_course_or_only_the_achievements_links_nothing(
    version: ContentVersion, editor: User, staff: User
) -> None:
    issuer = an_issuer(editor.memberships.get().organisation)
    achievement = an_achievement(issuer)
    for operation in (make_course_achievement, link_achievement):
        thing = {"issuer": issuer} if operation is make_course_achievement else {"achievement": achievement}
        with pytest.raises(NotAllowed):
            operation(by=editor, course=version.course, **thing)
    link_achievement(by=staff, course=version.course, achievement=achievement)
    with pytest.raises(NotAllowed):
        unlink_achievement(by=editor, course=version.course)
    with pytest.raises(NotAllowed):
        award_waiting(by=staff)

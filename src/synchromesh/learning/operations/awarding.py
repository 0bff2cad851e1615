"""What completing a course earns: link an achievement to the course, and award it to whoever completes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.permissions import OPERATOR, require
from synchromesh.assessment.models import Purpose
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement, Credential, Issuer
from synchromesh.credentials.operations.achievements import (
    AchievementContent,
    make_achievement,
    publish_achievement,
)
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.credentials.permissions import may_edit_achievement
from synchromesh.engine.errors import Conflict
from synchromesh.learning.models import ContentVersion, CourseAchievement, EarnedAchievement, Unit
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.plumbing import audit

_ONLY_BOTH = "Only who authors the course and edits the issuer's achievements does this."


def link_achievement(*, by: audit.Actor, course: Course, achievement: Achievement) -> CourseAchievement:
    """Say that completing the course earns this achievement. Raises NotAllowed."""
    require(may_edit_content(by, course) and may_edit_achievement(by, achievement.issuer), _ONLY_BOTH)
    with transaction.atomic():
        linked, _ = CourseAchievement.objects.update_or_create(
            course=course, defaults={"achievement": achievement, "linked_by": by.public_id}
        )
        audit.record(by=by, action="link_achievement", kind="course", uid=course.uid, achievement=achievement.slug)
    return linked


def unlink_achievement(*, by: audit.Actor, course: Course) -> None:
    """Completing the course earns no credential any more; what was issued stays. Raises NotAllowed."""
    require(may_edit_content(by, course), _ONLY_BOTH)
    with transaction.atomic():
        CourseAchievement.objects.filter(course=course).delete()
        audit.record(by=by, action="unlink_achievement", kind="course", uid=course.uid)


def make_course_achievement(*, by: audit.Actor, course: Course, issuer: Issuer) -> Achievement:
    """Make, publish and link the achievement that the course's newest published version describes.

    Raises NotAllowed, InvalidInput for a course that says too little, and Conflict where nothing is published or the
    course has an achievement already.
    """
    require(may_edit_content(by, course) and may_edit_achievement(by, issuer), _ONLY_BOTH)
    version = newest_version(course)
    if version is None:
        raise Conflict("The course has no published content yet.")
    with transaction.atomic():
        if CourseAchievement.objects.filter(course=course).exists():
            raise Conflict("The course has an achievement already.")
        achievement = make_achievement(
            by=by, issuer=issuer, content=describe_course(course, version), slug=f"{course.slug}"
        )
        publish_achievement(by=by, achievement=achievement)
        link_achievement(by=by, course=course, achievement=achievement)
    return achievement


def award_earned(*, earned_uid: UUID | str) -> Credential | None:
    """Issue what somebody earned by completing a course; twice is once. None where nothing is to be issued (yet)."""
    with transaction.atomic():
        earned = (
            EarnedAchievement.objects.select_for_update(of=("self",))
            .select_related("enrolment__person", "enrolment__course")
            .get(uid=earned_uid)
        )
        linked = (
            CourseAchievement.objects.select_related("achievement__issuer__organisation__country")
            .filter(course=earned.enrolment.course_id)
            .first()
        )
        if not earned.to_be_issued or earned.credential_uid is not None or linked is None:
            return None
        person = earned.enrolment.person
        credential = issue_credential(
            by=OPERATOR,
            achievement=linked.achievement,
            new=NewCredential(
                name=person.name or str(person),
                occasion=f"completion:{earned.uid}",
                email=person.email or "",
                person=person,
                language=earned.enrolment.language,
                percent=earned.percent,
            ),
            valid_from=earned.earned_at,
        )
        earned.credential_uid, earned.issued_at = credential.uid, timezone.now()
        earned.save(update_fields=["credential_uid", "issued_at"])
    return credential


def describe_course(course: Course, version: ContentVersion) -> AchievementContent:
    """What an achievement of the course says, in the languages of its content."""
    links = course.skill_links.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    skills = [(link.skill, link.level) for link in links]
    levels = {level for _, level in skills}
    test = _final_test(version)
    return AchievementContent(
        titles=dict(course.titles),
        descriptions=dict(course.summaries),
        minutes=course.minutes or sum(version.units.values_list("minutes", flat=True)),
        outcomes=_outcomes(course.outcomes),
        criteria=_in_each(version, lambda: _criteria(test)),
        assessments=_in_each(version, lambda: _assessment(test)),
        participations=_in_each(version, lambda: gettext("Online, at one's own pace")),
        quality_assurances=_in_each(version, lambda: _quality(course, version)),
        identity_checks=_in_each(
            version, lambda: gettext("Signed in with a confirmed e-mail address; no identity document was checked")
        ),
        level=levels.pop() if len(levels) == 1 else 0,
        skills=skills,
    )


def _outcomes(outcomes: dict[str, list[str]]) -> list[dict[str, str]]:
    """From lists by language to texts by language, as many as the longest list has."""
    count = max((len(texts) for texts in outcomes.values()), default=0)
    return [
        {language: texts[place] for language, texts in outcomes.items() if place < len(texts)} for place in range(count)
    ]


def _in_each(version: ContentVersion, text: Callable[[], str]) -> dict[str, str]:
    texts = {}
    for language in version.languages:
        with override(language):
            texts[language] = text()
    return texts


def _final_test(version: ContentVersion) -> Unit | None:
    units = version.units.filter(must_pass=True).select_related("instrument")
    return units.order_by("-instrument__purpose", "-pk").filter(instrument__purpose=Purpose.FINAL_TEST).first()


def _criteria(test: Unit | None) -> str:
    if test is None or test.instrument is None or test.instrument.pass_percent is None:
        return gettext("All required units of the course are done.")
    return gettext("All required units are done, and the final test is passed with at least %(percent)s %%.") % {
        "percent": test.instrument.pass_percent
    }


def _assessment(test: Unit | None) -> str:
    if test is None or test.instrument is None:
        return gettext("Taking part; no test")
    facts: dict[str, Any] = {
        "questions": sum(part.count or 0 for part in test.instrument.parts.all()),
        "attempts": test.instrument.attempts_allowed,
    }
    if facts["attempts"]:
        return (
            gettext("Online test without supervision: %(questions)s questions, at most %(attempts)s attempts") % facts
        )
    return gettext("Online test without supervision: %(questions)s questions, any number of attempts") % facts


def _quality(course: Course, version: ContentVersion) -> str:
    provider = course.provider.name if course.provider else gettext("the alliance")
    return gettext("Published by %(provider)s in version %(number)s; reported faults lead to a new version") % {
        "provider": provider,
        "number": version.number,
    }

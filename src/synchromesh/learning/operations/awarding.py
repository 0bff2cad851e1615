"""What completing a course earns: link an achievement to the course, and award it to whoever completes it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_operator, require
from synchromesh.catalogue.models import Course
from synchromesh.credentials.models import Achievement, Credential, Issuer
from synchromesh.credentials.operations.achievements import make_achievement, publish_achievement
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.credentials.permissions import may_edit_achievement
from synchromesh.engine.errors import Conflict
from synchromesh.learning.models import CourseAchievement, EarnedAchievement
from synchromesh.learning.operations.course_descriptions import describe_course
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.offered_versions import newest_version
from synchromesh.plumbing import audit, jobs

_BY_ITSELF = "A course awards by itself, when it is completed."
_ONLY_BOTH = "Only who authors the course and edits the issuer's achievements does this."


def link_achievement(*, by: audit.Actor, course: Course, achievement: Achievement) -> CourseAchievement:
    """Say that completing the course earns this achievement; who has completed it and waits gets it too.

    Raises NotAllowed.
    """
    require(may_edit_content(by, course) and may_edit_achievement(by, achievement.issuer), _ONLY_BOTH)
    with transaction.atomic():
        linked, _ = CourseAchievement.objects.update_or_create(
            course=course, defaults={"achievement": achievement, "linked_by": by.public_id}
        )
        audit.record(by=by, action="link_achievement", kind="course", uid=course.uid, achievement=achievement.slug)
        jobs.enqueue("learning.tasks.award_waiting")
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


def award_earned(*, by: audit.Actor, earned_uid: UUID | str) -> Credential | None:
    """Issue what somebody earned by completing a course; twice is once. None where nothing is to be issued (yet): the
    course has no achievement, or the person has not said what they are called.

    Raises NotAllowed for anybody but the operator, in whose name the course awards by itself.
    """
    require(is_operator(by), _BY_ITSELF)
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
        if not person.name.strip():  # an address must not stand in its place: what is signed never changes
            return None
        credential = issue_credential(
            by=by,
            achievement=linked.achievement,
            new=NewCredential(
                name=person.name.strip(),
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


def award_waiting(*, by: audit.Actor) -> int:
    """Ask anew for what was earned and is not issued, such as before the course had an achievement; says how much.

    Raises NotAllowed.
    """
    require(is_operator(by), _BY_ITSELF)
    waiting = EarnedAchievement.objects.filter(to_be_issued=True, credential_uid=None).exclude(
        enrolment__person__name=""
    )
    awarded = Achievement.objects.filter(ended_at=None, issuer__closed_at=None)
    found = waiting.filter(enrolment__course__earned_achievement__achievement__in=awarded)
    uids = list(found.values_list("uid", flat=True))
    for uid in uids:
        jobs.enqueue("learning.tasks.award_earned", earned_uid=str(uid))
    return len(uids)

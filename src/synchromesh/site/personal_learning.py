"""What learning keeps about a person: parts in courses, enrolments with progress, attempts, notes and posts."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, Mark, TimeAllowance
from synchromesh.catalogue.models import CourseRole
from synchromesh.learning.models import (
    CohortInvitation,
    CohortMessage,
    Enrolment,
    Post,
    PostReport,
    PrivateNote,
    VersionRemark,
)
from synchromesh.site.personal_relations import Entry, PersonalRelation, text


def _course_roles(person: User) -> list[Entry]:
    found = CourseRole.objects.filter(person=person).select_related("course").order_by("pk")
    return [{"course": row.course.slug, "part": row.part, "since": text(row.since)} for row in found]


def _enrolments(person: User) -> list[Entry]:
    found = Enrolment.objects.filter(person=person).select_related("course", "version", "run", "achievement")
    found = found.prefetch_related("progress__unit", "attendance__unit", "stuck_reports__unit").order_by("pk")
    return [_enrolment(row) for row in found]


def _enrolment(row: Enrolment) -> Entry:
    earned = getattr(row, "achievement", None)
    return {
        "course": row.course.slug,
        "version": row.version.number,
        "cohort_from": text(row.run.starts_on) if row.run else None,
        "round": row.round,
        "state": row.state,
        "language": row.language,
        "joined_by": row.joined_by,
        "enrolled_at": text(row.enrolled_at),
        "left_at": text(row.left_at),
        "completed_at": text(row.completed_at),
        "shares_pilot_answers": row.shares_pilot_answers,
        "units": [
            {
                "unit": unit.unit.key,
                "state": unit.state,
                "first_seen_at": text(unit.first_seen_at),
                "last_seen_at": text(unit.last_seen_at),
                "seconds": unit.seconds,
                "done_at": text(unit.done_at),
            }
            for unit in row.progress.all()
        ],
        "attendance": [{"unit": line.unit.key, "was_there": line.was_there} for line in row.attendance.all()],
        "stuck": [
            {"unit": line.unit.key, "text": line.text, "made_at": text(line.made_at)}
            for line in row.stuck_reports.all()
        ],
        "earned": earned and {"earned_at": text(earned.earned_at), "result": earned.result},
    }


def _attempts(person: User) -> list[Entry]:
    found = Attempt.objects.filter(person=person).select_related("instrument")
    found = found.prefetch_related("responses__question", "responses__files", "responses__marks").order_by("pk")
    return [_attempt(row) for row in found]


def _attempt(row: Attempt) -> Entry:
    """The answers and what they came to; the right answers are not personal data."""
    return {
        "test": str(row.instrument),
        "number": row.number,
        "language": row.language,
        "started_at": text(row.started_at),
        "submitted_at": text(row.submitted_at),
        "points": str(row.points) if row.points is not None else None,
        "most_points": str(row.most_points) if row.most_points is not None else None,
        "passed": row.passed,
        "answers": [
            {
                "question": response.question.key,
                "answer": response.answer,
                "saved_at": text(response.saved_at),
                "seconds": response.seconds,
                "points": str(response.points) if response.points is not None else None,
                "files": [file.name for file in response.files.all()],
                "marks": [_mark(mark) for mark in response.marks.all()],
            }
            for response in row.responses.all()
        ],
    }


def _mark(row: Mark) -> Entry:
    return {"criterion": row.criterion, "points": str(row.points), "comment": row.comment}


def _time_allowances(person: User) -> list[Entry]:
    found = TimeAllowance.objects.filter(person=person).order_by("pk")
    return [{"percent": row.percent, "granted_at": text(row.granted_at)} for row in found]


def _private_notes(person: User) -> list[Entry]:
    found = PrivateNote.objects.filter(person=person).select_related("course").order_by("pk")
    return [
        {"course": row.course.slug, "unit": row.unit_key, "text": row.text, "changed_at": text(row.changed_at)}
        for row in found
    ]


def _cohort_invitations(person: User) -> list[Entry]:
    found = CohortInvitation.objects.filter(accepted_by=person).select_related("cohort__run__course").order_by("pk")
    return [{"course": row.cohort.run.course.slug, "accepted_at": text(row.accepted_at)} for row in found]


def _posts(person: User) -> list[Entry]:
    found = Post.objects.filter(author=person).select_related("course").order_by("pk")
    return [
        {"course": row.course.slug, "unit": row.unit_key, "text": row.text, "posted_at": text(row.posted_at)}
        for row in found
    ]


def _post_reports(person: User) -> list[Entry]:
    found = PostReport.objects.filter(person=person).order_by("pk")
    return [{"reason": row.reason, "made_at": text(row.made_at)} for row in found]


LEARNING_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="catalogue.CourseRole.person", section="course_roles", read=_course_roles),
    PersonalRelation(relation="learning.Enrolment.person", section="enrolments", read=_enrolments),
    PersonalRelation(relation="assessment.Attempt.person", section="attempts", read=_attempts),
    PersonalRelation(relation="assessment.TimeAllowance.person", section="time_allowances", read=_time_allowances),
    PersonalRelation(relation="learning.PrivateNote.person", section="private_notes", read=_private_notes),
    PersonalRelation(
        relation="learning.CohortInvitation.accepted_by", section="cohort_invitations", read=_cohort_invitations
    ),
    PersonalRelation(relation="learning.Post.author", section="posts", read=_posts, deleted=False),
    PersonalRelation(relation="learning.PostReport.person", section="post_reports", read=_post_reports),
)


def remarks_written(person: User) -> list[Entry]:
    """Remarks on drafts of courses, in the person's own words."""
    found = VersionRemark.objects.filter(written_by=person.public_id).select_related("version__course").order_by("pk")
    return [
        {"course": row.version.course.slug, "unit": row.unit_key, "text": row.text, "written_at": text(row.written_at)}
        for row in found
    ]


def messages_sent(person: User) -> list[Entry]:
    """Messages to cohorts, without who got them."""
    found = CohortMessage.objects.filter(sent_by=person.public_id).select_related("cohort__run__course").order_by("pk")
    return [
        {"course": row.cohort.run.course.slug, "subject": row.subject, "text": row.text, "sent_at": text(row.sent_at)}
        for row in found
    ]


def marks_given(person: User) -> list[Entry]:
    """Marks and comments for learners, without saying for whom: that is theirs to show."""
    return [_mark(row) for row in Mark.objects.filter(marked_by=person.public_id).order_by("pk")]

"""What learners and tutors say beside a unit: a post and answers to it, one level deep, as plain text.

Posts are not held back. Participants report what should be looked at, and tutors hide it with a reason; a hidden post
keeps its place, so that the answers below it make sense.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, Run
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.learning.models import Post, PostReport, Unit
from synchromesh.learning.permissions import may_moderate
from synchromesh.learning.queries.discussion import may_read_post, reader_of
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_line, read_paragraphs
from synchromesh.plumbing.rate_limits import Rate, take

LONGEST_POST = 4_000  # characters
LONGEST_REASON = 300  # characters, as the columns hold
_POSTS = Rate(name="discussion-posts", most=10, seconds=600)
_REPORTS = Rate(name="post-reports", most=20, seconds=3600)


def write_post(
    *,
    by: User,
    course: Course,
    unit_key: str,
    text: str,
    language: str,
    run: Run | None = None,
    answers: UUID | None = None,
) -> Post:
    """Say something beside a unit, to all who learn in the course or, with `run`, to one's cohort.

    `answers` is the uid of the post that this one answers; the answer goes to the same people. Raises NotFound for
    whoever does not take part, for another's cohort and for a unit that the course does not have, InvalidInput with the
    field, and Conflict after ten posts in ten minutes and for an answer to an answer or to a hidden post.
    """
    words = _needed(read_paragraphs(text, most=LONGEST_POST, field="text"))
    reader = reader_of(by, course)
    if not Unit.objects.filter(version__course=course, version__published_at__isnull=False, key=unit_key).exists():
        raise NotFound("There is no such unit.")
    with transaction.atomic():
        first = _answered(by, course, unit_key, answers) if answers else None
        where = first.run_id if first is not None else run.pk if run is not None else None
        if where is not None and not reader.sees_run(where):
            raise NotFound("There is no such cohort.")
        if not take(_POSTS, by.public_id).granted:
            raise Conflict("You have written ten posts in ten minutes. Wait a little, then write again.")
        post = Post.objects.create(
            course=course, run_id=where, unit_key=unit_key, author=by, answers=first, text=words, language=language[:2]
        )
        audit.record(by=by, action="write_post", kind="post", uid=post.uid, course=str(course.uid), unit=unit_key)
    return post


def withdraw_post(*, by: User, uid: UUID) -> None:
    """Take back one's own words. Answers to them stay below an empty place. Raises NotFound for another's post."""
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).filter(uid=uid, author=by).first()
        if post is None or not by.is_active:
            raise NotFound("There is no such post.")
        if post.replies.exists():
            post.text, post.hidden_at, post.hidden_by = "", post.hidden_at or timezone.now(), by.public_id
            post.save(update_fields=["text", "hidden_at", "hidden_by"])
        else:
            post.delete()
        audit.record(by=by, action="withdraw_post", kind="post", uid=uid)


def report_post(*, by: User, uid: UUID, reason: str) -> PostReport:
    """Say that tutors should look at a post; again changes the reason. Nobody else sees who reported it.

    Raises NotFound for a post that one cannot read, InvalidInput, and Conflict for one's own or too many reports.
    """
    why = _needed(read_line(reason, most=LONGEST_REASON, field="reason"), "reason")
    with transaction.atomic():
        post = _readable(by, uid)
        if post.author_id == by.pk:
            raise Conflict("This is your own post. You can take it back.")
        if not take(_REPORTS, by.public_id).granted:
            raise Conflict("You have reported many posts in an hour. Write to a tutor instead.")
        report, _ = PostReport.objects.update_or_create(
            post=post, person=by, defaults={"reason": why, "settled_at": None}
        )
        audit.record(by=by, action="report_post", kind="post", uid=post.uid)
    return report


def hide_post(*, by: audit.Actor, uid: UUID, reason: str, now: datetime | None = None) -> Post:
    """Show a post to tutors only, with the reason for everybody; settles its reports. Tutors of the course may.

    Raises NotFound where one is no tutor, and InvalidInput without a reason.
    """
    why = _needed(read_line(reason, most=LONGEST_REASON, field="reason"), "reason")
    with transaction.atomic():
        post = _moderated(by, uid)
        post.hidden_at, post.hidden_by, post.hidden_because = now or timezone.now(), by.public_id, why
        post.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        post.reports.filter(settled_at=None).update(settled_at=post.hidden_at)
        audit.record(by=by, action="hide_post", kind="post", uid=post.uid)
    return post


def restore_post(*, by: audit.Actor, uid: UUID) -> Post:
    """Show a hidden post again. Raises NotFound where one is no tutor, and Conflict where its author took it back."""
    with transaction.atomic():
        post = _moderated(by, uid)
        if not post.text:
            raise Conflict("Its author took this post back. There is nothing to show.")
        if post.hidden_at is not None:
            post.hidden_at, post.hidden_by, post.hidden_because = None, "", ""
            post.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
            audit.record(by=by, action="restore_post", kind="post", uid=post.uid)
    return post


def settle_post_reports(*, by: audit.Actor, uid: UUID, now: datetime | None = None) -> int:
    """Say that nothing is wrong with a reported post; returns how many reports that settles. Raises NotFound."""
    with transaction.atomic():
        post = _moderated(by, uid)
        settled = post.reports.filter(settled_at=None).update(settled_at=now or timezone.now())
        if settled:
            audit.record(by=by, action="settle_post_reports", kind="post", uid=post.uid, reports=settled)
    return settled


def _answered(by: User, course: Course, unit_key: str, uid: UUID) -> Post:
    """The post that an answer is for."""
    first = _readable(by, uid)
    if first.course_id != course.pk or first.unit_key != unit_key:
        raise NotFound("There is no such post.")
    if first.answers_id is not None:
        raise Conflict("Answer the first post of this thread instead.", field="answers")
    if first.hidden_at is not None:
        raise Conflict("This post is hidden. Nobody can answer it.", field="answers")
    return first


def _readable(by: User, uid: UUID) -> Post:
    post = Post.objects.select_related("course__provider").filter(uid=uid).first()
    if post is None or not may_read_post(by, post):
        raise NotFound("There is no such post.")
    return post


def _moderated(by: audit.Actor, uid: UUID) -> Post:
    found = Post.objects.select_for_update(of=("self",)).select_related("course__provider").filter(uid=uid)
    post = found.first()
    if post is None:
        raise NotFound("There is no such post.")
    if not may_moderate(by, post.course):
        known = isinstance(by, User) and may_read_post(by, post)
        require(not known, "Only tutors of the course can do this.")
        raise NotFound("There is no such post.")
    return post


def _needed(text: str, field: str = "text") -> str:
    if not text:
        raise InvalidInput("Write something here.", field=field)
    return text

"""What people say about courses: written by those who finished one, shown after somebody read it, answered once.

Who wrote a review is never shown. Changed words wait again, so that nothing is shown which nobody has read.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.pathways.models import Review, ReviewState
from synchromesh.pathways.permissions import (
    may_answer_reviews,
    may_decide_review,
    may_read_waiting_reviews,
    may_review_course,
)
from synchromesh.pathways.queries.reviews import find_finish_day, find_own_review
from synchromesh.plumbing import audit, mail
from synchromesh.plumbing.plain_words import read_line, read_paragraphs

_ANSWERS = (1, 2, 3)


def write_review(*, by: User, course: Course, helped: int, words: str, language: str) -> Review:
    """Say whether a finished course helped at work: 3 yes, 2 partly, 1 no, with words in `language` or without.

    One review for each person and course: writing again changes it, and it waits to be read again. Raises NotAllowed
    for the provider's own people and for whoever has not finished the course, NotFound for a course that is not
    published, and InvalidInput with the field.
    """
    require(may_review_course(by, course), "The people of a provider cannot review its own courses.")
    finished_on = find_finish_day(by, course)
    require(finished_on is not None, "Only people who marked the course as finished in a plan can review it.")
    if course.published_at is None:
        raise NotFound("There is no such course.")
    if helped not in _ANSWERS:
        raise InvalidInput("Say whether the course helped you at work.", field="helped")
    said = {"helped": helped, "words": read_paragraphs(words, most=2000, field="words"), "language": _code(language)}
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        review = find_own_review(by, course)
        if review is not None and all(getattr(review, name) == value for name, value in said.items()):
            return review
        review = review or Review(person=by, course=course)
        for name, value in said.items():
            setattr(review, name, value)
        review.finished_on = finished_on or timezone.localdate()
        review.state, review.decided_by, review.decided_at, review.reason = ReviewState.WAITING, "", None, ""
        review.save()
        audit.record(by=by, action="write_review", kind="review", uid=review.uid, course=str(course.uid))
    return review


def delete_review(*, by: User, course: Course) -> None:
    """Delete what one wrote about a course, with the provider's answer. Raises NotFound."""
    with transaction.atomic():
        review = find_own_review(by, course)
        if review is None:
            raise NotFound("You have not reviewed this course.")
        uid = review.uid
        review.delete()
        audit.record(by=by, action="delete_review", kind="review", uid=uid)


def publish_review(*, by: audit.Actor, uid: UUID | str, seen: datetime) -> None:
    """Show a review to everybody. `seen` is the `written_at` of the words that were read.

    Raises NotAllowed, NotFound, and Conflict where the author changed the words or somebody decided meanwhile.
    """
    with transaction.atomic():
        review = _to_decide(by, uid, seen, ReviewState.SHOWN)
        _decide(review, ReviewState.SHOWN, by=by)
        audit.record(by=by, action="publish_review", kind="review", uid=review.uid)


def refuse_review(*, by: audit.Actor, uid: UUID | str, seen: datetime, reason: str) -> None:
    """Do not show a review, or no longer, and tell its author why.

    Raises NotAllowed, NotFound, InvalidInput without a reason, and Conflict as `publish_review` does.
    """
    with transaction.atomic():
        review = _to_decide(by, uid, seen, ReviewState.REFUSED)
        why = read_line(reason, most=300, field="reason")
        if not why:
            raise InvalidInput("Say why, so that its author can mend it.", field="reason")
        _decide(review, ReviewState.REFUSED, by=by, reason=why)
        audit.record(by=by, action="refuse_review", kind="review", uid=review.uid)
        _tell_author(review, why)


def write_review_answer(*, by: User, uid: UUID | str, words: str, language: str) -> None:
    """Answer a shown review for the provider; a second answer takes the place of the first.

    Raises NotAllowed for all but the provider's editors and managers, NotFound, and InvalidInput.
    """
    with transaction.atomic():
        review = _locked(uid, shown_only=True)
        require(may_answer_reviews(by, review.course), "Only editors and managers of the provider answer for it.")
        text = read_paragraphs(words, most=1000, field="words")
        if not text:
            raise InvalidInput("Write the answer, or delete it.", field="words")
        # No save(): it would change `written_at`, which says when the author wrote.
        Review.objects.filter(pk=review.pk).update(
            answer=text, answer_language=_code(language), answered_by=by.public_id, answered_at=timezone.now()
        )
        audit.record(by=by, action="write_review_answer", kind="review", uid=review.uid)


def delete_review_answer(*, by: audit.Actor, uid: UUID | str) -> None:
    """Take the provider's answer away: the provider's editors may, and alliance staff. Raises NotAllowed, NotFound."""
    with transaction.atomic():
        review = _locked(uid, shown_only=not is_alliance_staff(by))
        allowed = is_alliance_staff(by) or may_answer_reviews(by, review.course)
        require(allowed, "Only editors and managers of the provider, and alliance staff, take an answer away.")
        if review.answer:
            Review.objects.filter(pk=review.pk).update(answer="", answer_language="", answered_by="", answered_at=None)
            audit.record(by=by, action="delete_review_answer", kind="review", uid=review.uid)


def _to_decide(by: audit.Actor, uid: UUID | str, seen: datetime, state: ReviewState) -> Review:
    """The review, locked, if it still is what was read and is not in that state already."""
    require(may_read_waiting_reviews(by), "Only alliance staff decide which reviews are shown.")
    review = _locked(uid, shown_only=False)
    require(may_decide_review(by, review), "Somebody else must decide: it is yours, or about your own organisation.")
    if review.written_at != seen:
        raise Conflict("The author has changed the words meanwhile. Read them again.")
    if review.state == state:
        raise Conflict("Somebody has decided so meanwhile.")
    return review


def _locked(uid: UUID | str, *, shown_only: bool) -> Review:
    found = Review.objects.select_for_update(of=("self",)).select_related("course__provider", "person").filter(uid=uid)
    review = found.first()
    if review is None or (shown_only and review.state != ReviewState.SHOWN):
        raise NotFound("There is no such review.")
    return review


def _decide(review: Review, state: ReviewState, *, by: audit.Actor, reason: str = "") -> None:
    Review.objects.filter(pk=review.pk).update(
        state=state, decided_by=by.public_id, decided_at=timezone.now(), reason=reason
    )


def _tell_author(review: Review, why: str) -> None:
    author = review.person
    if not author.email:
        return
    with override(author.language):
        subject = gettext("What you wrote about “%(course)s” is not shown") % {"course": review.course}
        text = gettext("The reason: %(reason)s\n\nYou can change your words or delete them here: %(page)s\n")
        page = f"{settings.SITE_ADDRESS}/{author.language}/courses/{review.course.slug}/reviews/mine/"
        mail.send(to=author.email, subject=subject, text=text % {"reason": why, "page": page})


def _code(language: str) -> str:
    if language not in ISO_639_1:
        raise InvalidInput("Choose the language of your words.", field="language")
    return language

"""Tutors write to all learners of a cohort: kept beside the cohort, and sent by mail."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.learning.models import Cohort, CohortMessage
from synchromesh.learning.operations.cohort_mails import send_message_mail
from synchromesh.learning.permissions import may_see_learners
from synchromesh.learning.queries.attendance import list_participants
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_line, read_paragraphs
from synchromesh.plumbing.rate_limits import Rate, take

LONGEST_SUBJECT = 200
LONGEST_TEXT = 10_000
SENT_TWICE_WITHIN = timedelta(minutes=10)
_RATE = Rate(name="cohort-message", most=20, seconds=24 * 3600)


def send_message(
    *, by: audit.Actor, cohort: Cohort, subject: str, text: str, now: datetime | None = None
) -> CohortMessage:
    """Write to everybody who has a place in the cohort: one mail to each who has an address, after the commit.

    The same words within ten minutes are a button that was pressed twice: they are sent once. Raises NotAllowed,
    InvalidInput with the field, and Conflict after 20 messages in a day.
    """
    require(may_see_learners(by, cohort.run.course), "Only tutors and authors of the course can write to learners.")
    words = {
        "subject": _needed(read_line(subject, most=LONGEST_SUBJECT, field="subject"), "subject"),
        "text": _needed(read_paragraphs(text, most=LONGEST_TEXT, field="text"), "text"),
    }
    with transaction.atomic():
        locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
        since = (now or timezone.now()) - SENT_TWICE_WITHIN
        sent = CohortMessage.objects.filter(cohort=locked, sent_by=by.public_id, sent_at__gte=since, **words).first()
        if sent is not None:
            return sent
        if not take(_RATE, str(cohort.run.uid)).granted:
            raise Conflict(f"{_RATE.most} messages in a day are enough for a cohort. Write again tomorrow.")
        message = CohortMessage.objects.create(cohort=locked, sent_by=by.public_id, **words)
        people = {row.person_id: row.person for row in list_participants(cohort)}
        reached = [person for person in people.values() if person.is_active and person.email]
        for person in reached:
            send_message_mail(person=person, message=message, course=cohort.run.course)
        audit.record(by=by, action="send_message", kind="run", uid=cohort.run.uid, mails=len(reached))
    return message


def _needed(text: str, field: str) -> str:
    if not text:
        raise InvalidInput("Write something here.", field=field)
    return text

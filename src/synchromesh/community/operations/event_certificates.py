"""What proves that somebody was there: a credential of the organiser, where the event awards one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event, Registration
from synchromesh.community.operations.event_mails import language_of
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_people import shown_name
from synchromesh.community.queries.event_times import has_ended
from synchromesh.credentials.models import Achievement, Credential
from synchromesh.credentials.operations.issuing import NewCredential, issue_many, published_version
from synchromesh.credentials.permissions import may_issue
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit

_AT_ONCE = 500


def award_attendance(*, by: audit.Actor, event: Event, now: datetime | None = None) -> list[Credential]:
    """Award the event's achievement to everybody who was there and has not got it; returns what is new.

    Doing it again awards nothing twice. Raises NotAllowed, and Conflict while the event goes on, where it awards
    nothing, and what issuing raises.
    """
    achievement = event.achievement
    if achievement is None:
        raise Conflict("This event awards no achievement. Choose one on its page first.")
    require(may_organise(by, event) and may_issue(by, achievement), "Only editors of the issuer award this.")
    if not has_ended(event, now=now or timezone.now()):
        raise Conflict("Certificates are awarded when the event is over.")
    refuse_two_persons(achievement)
    version = published_version(achievement)
    there = Registration.objects.filter(event=event, check_in__isnull=False).select_related("person", "guest")
    issued: list[Credential] = []
    with transaction.atomic():
        people = [_new(event, one) for one in there.order_by("pk") if one.person_id or one.guest_id]
        for start in range(0, len(people), _AT_ONCE):
            issued += issue_many(by=by, version=version, people=people[start : start + _AT_ONCE])
        audit.record(by=by, action="award_attendance", kind="event", uid=event.uid, credentials=len(issued))
    return issued


def refuse_two_persons(achievement: Achievement) -> None:
    """An award that needs two persons cannot be made by one button. Raises InvalidInput."""
    if achievement.needs_two_persons:
        raise InvalidInput("This achievement needs two persons: award it with a list.", field="achievement")


def occasion_of(event: Event, registration: Registration) -> str:
    """What a credential of attendance says that it was issued for; unique on this site."""
    return f"event:{event.uid.hex}:{registration.uid.hex}"


def find_awarded(registration: Registration) -> Credential | None:
    """The credential that somebody got for being there."""
    return Credential.objects.filter(occasion=occasion_of(registration.event, registration)).first()


def _new(event: Event, registration: Registration) -> NewCredential:
    person, guest = registration.person, registration.guest
    email = guest.email if guest else (person.email if person else "")
    return NewCredential(
        name=shown_name(registration),
        occasion=occasion_of(event, registration),
        email=email or "",
        person=person,
        language=language_of(registration),
    )

"""Alarms of feeds: a sentence on the source, and a mail to those who can do something about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import FeedSource
from synchromesh.plumbing import audit, mail
from synchromesh.plumbing.models import ImportBatch

_LONGEST_ALARM = 300


def raise_alarm(
    *,
    by: audit.Actor,
    source: FeedSource,
    sentence: str,
    at: datetime,
    batch: ImportBatch | None = None,
    to_all_staff: bool = False,
) -> None:
    """Write the alarm on the source and tell whoever added it, or all staff. Call inside the caller's transaction.

    While an alarm stands, another one replaces its sentence and sends no second mail.
    """
    is_first = not source.alarm
    source.alarm, source.alarmed_at = sentence[:_LONGEST_ALARM], at
    source.save(update_fields=["alarm", "alarmed_at"])
    audit.record(
        by=by,
        action="raise_alarm",
        kind="feed_source",
        uid=source.uid,
        alarm=source.alarm,
        batch=str(batch.uid) if batch else "",
    )
    if is_first:
        for person in _readers(source, to_all_staff=to_all_staff):
            _send(person, source)


def _readers(source: FeedSource, *, to_all_staff: bool) -> Iterable[User]:
    """Whoever added the source, if that person still belongs to the staff; else all staff. Only those with a mail."""
    staff = User.objects.filter(is_alliance_staff=True, is_active=True).exclude(email=None).order_by("pk")
    if not to_all_staff:
        try:
            maker = staff.filter(uid=UUID(source.created_by)).first()
        except ValueError:  # the operator
            maker = None
        if maker is not None:
            return [maker]
    return staff


def _send(person: User, source: FeedSource) -> None:
    page = f"{settings.SITE_ADDRESS}/{person.language}/desk/sources/{source.uid}/"
    with override(person.language):
        subject = gettext("Courses of %(name)s: please look") % {"name": source.name}
        text = gettext(
            "%(sentence)s\n\nNothing of this source is written by itself until somebody has looked:\n%(page)s\n"
        ) % {"sentence": source.alarm, "page": page}
    if person.email:
        mail.send(to=person.email, subject=subject, text=text)

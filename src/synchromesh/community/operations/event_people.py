"""Take the list of participants along."""

from __future__ import annotations

from django.db import transaction

from synchromesh.community.models import Event
from synchromesh.community.queries.event_people import list_registrations, shown_name, shown_organisation
from synchromesh.plumbing import audit


def export_participants(*, by: audit.Actor, event: Event) -> list[dict[str, str]]:
    """All registrations as rows of text, for organisers; that somebody took them is noted. Raises NotAllowed."""
    with transaction.atomic():
        found = list_registrations(event, visible_to=by)
        rows = []
        for one in found:
            email = one.guest.email if one.guest else (one.person.email if one.person else "")
            check_in = getattr(one, "check_in", None)
            rows.append(
                {
                    "name": shown_name(one),
                    "email": email or "",
                    "organisation": shown_organisation(one),
                    "state": one.state,
                    "asked_at": one.asked_at.isoformat(),
                    "arrived_at": check_in.noted_at.isoformat() if check_in else "",
                    "note": one.note,
                }
            )
        audit.record(by=by, action="export_participants", kind="event", uid=event.uid, registrations=len(rows))
    return rows

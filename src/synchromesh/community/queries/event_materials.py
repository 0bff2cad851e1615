"""What is handed out at an event, and to whom."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from synchromesh.community.models import (
    Event,
    EventGuest,
    EventMaterial,
    MaterialAudience,
    Registration,
    RegistrationState,
)
from synchromesh.community.permissions import may_organise
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def list_materials(event: Event, *, visible_to: Actor) -> QuerySet[EventMaterial]:
    """What somebody may open of what is handed out: all for who has a place and for organisers, else what is public."""
    found = EventMaterial.objects.filter(event=event).order_by("added_at", "pk")
    if has_place(visible_to, event) or may_organise(visible_to, event):
        return found
    return found.filter(audience=MaterialAudience.PUBLIC)


def get_material(event: Event, uid: UUID, *, visible_to: Actor) -> EventMaterial:
    """One thing that is handed out. Raises NotFound, also where it is not for the reader."""
    found = list_materials(event, visible_to=visible_to).filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no such file.")
    return found


def has_place(by: Actor, event: Event) -> bool:
    """Whether somebody has a place at an event."""
    seated = Registration.objects.filter(event=event, state=RegistrationState.APPROVED)
    if isinstance(by, EventGuest):
        return seated.filter(guest=by).exists()
    pk = getattr(by, "pk", None)
    return pk is not None and seated.filter(person=pk).exists()


def material_place(uid: UUID) -> Path:
    """Where the bytes of a file lie."""
    return settings.DATA_DIR / "event-materials" / str(uid)

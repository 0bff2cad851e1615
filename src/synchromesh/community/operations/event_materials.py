"""Hand something out at an event: an address, or a file that lies on disk."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.community.models import Event, EventMaterial, MaterialAudience
from synchromesh.community.operations.event_seats import lock_event
from synchromesh.community.permissions import may_organise
from synchromesh.community.queries.event_materials import material_place
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals

MOST_OF_AN_EVENT = 100
_ONLY_ORGANISERS = "Only the organisers hand something out."


def add_material(
    *,
    by: audit.Actor,
    event: Event,
    title: str,
    url: str = "",
    file_name: str = "",
    content: bytes = b"",
    audience: str = MaterialAudience.REGISTERED,
) -> EventMaterial:
    """Hand out an address, or a file with its `content`. Raises NotAllowed, InvalidInput."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    if bool(url) == bool(file_name):
        raise InvalidInput("Give an address or a file.", field="url")
    material = EventMaterial(
        event=event,
        title=title.strip(),
        url=url,
        file_name=_tidy(file_name) if file_name else "",
        bytes=len(content),
        audience=audience,
        uploaded_by=by.public_id,
    )
    for column, message in limit_refusals(EventMaterial, {"title": material.title, "url": url}):
        raise InvalidInput(message, field=column)
    with transaction.atomic():
        lock_event(event)
        if event.materials.count() >= MOST_OF_AN_EVENT:
            raise InvalidInput(f"An event hands out at most {MOST_OF_AN_EVENT} things.", field="title")
        if file_name:
            _write(material_place(material.uid), content)
        try:
            material.save(force_insert=True)
            audit.record(by=by, action="add_material", kind="event", uid=event.uid, material=str(material.uid))
        except BaseException:
            material_place(material.uid).unlink(missing_ok=True)
            raise
    return material


def remove_material(*, by: audit.Actor, event: Event, uid: UUID) -> None:
    """Hand something out no more. Raises NotAllowed, NotFound."""
    require(may_organise(by, event), _ONLY_ORGANISERS)
    with transaction.atomic():
        lock_event(event)
        if not EventMaterial.objects.filter(event=event, uid=uid).delete()[0]:
            raise NotFound("This is not handed out any more.")
        audit.record(by=by, action="remove_material", kind="event", uid=event.uid, material=str(uid))
        transaction.on_commit(lambda: material_place(uid).unlink(missing_ok=True))


def _tidy(name: str) -> str:
    stem, _, ending = re.split(r"[/\\]", name)[-1].rpartition(".")
    return f"{(slugify(stem) or 'file')[:90].strip('-')}.{slugify(ending)[:12] or 'bin'}"


def _write(place: Path, content: bytes) -> None:
    """Write the bytes so that only the owner reads them and a half-written file is never taken for a whole one."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = place.with_suffix(".part")
    try:
        half.touch(mode=0o600)
        half.write_bytes(content)
        half.replace(place)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise InvalidInput(f"The file could not be stored: {error.strerror}.", field="file") from error

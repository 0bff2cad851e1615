"""The units of published versions, kept in the process: a published version never changes, so it is read once.

What is kept belongs to everybody: nobody may write to these records. A draft is read anew each time.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache
from uuid import UUID

from synchromesh.learning.models import ContentVersion, Unit

KEPT_VERSIONS = 64


def version_units(version: ContentVersion) -> tuple[Unit, ...]:
    """All units of a version in order, with section, instrument and content. One query, none where they are kept."""
    if version.published_at is None:
        return _read(version.pk)
    return _kept(version.pk, version.uid)


def find_version_unit(version: ContentVersion, key: str) -> Unit | None:
    """One unit of a version, or None: a copy with an instrument of its own, so that what is looked up from it (the
    bank, its course) is looked up anew by the next.
    """
    kept = next((unit for unit in version_units(version) if unit.key == key), None)
    if kept is None:
        return None
    unit = copy(kept)
    if kept.instrument is not None:
        unit.instrument = copy(kept.instrument)
    return unit


@lru_cache(maxsize=KEPT_VERSIONS)
def _kept(pk: int, uid: UUID) -> tuple[Unit, ...]:
    """By uid as well, which no other version ever gets; the number of a row may be given again."""
    return _read(pk)


def _read(pk: int) -> tuple[Unit, ...]:
    units = Unit.objects.filter(version=pk).select_related("section", "instrument")
    return tuple(units.order_by("section__position", "section", "position", "pk"))

"""Status lists by their addresses."""

from __future__ import annotations

import re
from uuid import UUID

from django.conf import settings

from synchromesh.credentials.models import StatusList
from synchromesh.credentials.queries.records import PURPOSES
from synchromesh.engine.errors import NotFound

_PLACE = re.compile(rf"/id/status/([0-9a-f]{{8}}-[0-9a-f-]{{27}})/({'|'.join(PURPOSES)})")


def get_status_list(uid: UUID) -> StatusList:
    """A list with its issuer. Raises NotFound."""
    found = StatusList.objects.select_related("issuer__organisation").filter(uid=uid).first()
    if found is None:
        raise NotFound("There is no status list at this address.")
    return found


def find_own_place(url: str) -> tuple[UUID, str] | None:
    """Which list of this site, and which of its purposes, an address means; None for an address elsewhere."""
    if not url.startswith(settings.SITE_ADDRESS):
        return None
    match = _PLACE.fullmatch(url.removeprefix(settings.SITE_ADDRESS))
    return (UUID(match[1]), match[2]) if match else None

"""Take courses out of the catalogue."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin


def remove_example_courses(*, by: audit.Actor) -> int:
    """Delete every course marked Example; returns how many. Raises Conflict while one is in use."""
    require(is_alliance_staff(by), "Only alliance staff can remove example content.")
    examples = Course.objects.filter(origin=Origin.EXAMPLE)
    with transaction.atomic():
        count = examples.count()
        try:
            examples.delete()
        except ProtectedError:
            raise Conflict("Example courses are in use, for example in saved plans. Remove that use first.") from None
        audit.record(by=by, action="remove_example_courses", kind="course", uid="examples", count=count)
    return count

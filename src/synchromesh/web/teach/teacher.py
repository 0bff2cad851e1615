"""The person behind a request to a page of teaching."""

from __future__ import annotations

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from synchromesh.accounts.models import User
from synchromesh.web.people import signed_in


def teacher(request: HttpRequest) -> User:
    """The signed-in person with their memberships, since these pages ask what they may again and again. Alliance staff
    may without them. Raises NotAllowed for a visitor.
    """
    person = signed_in(request)
    if not person.is_alliance_staff:
        prefetch_related_objects([person], "memberships")
    return person

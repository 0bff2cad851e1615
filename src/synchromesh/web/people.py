"""The person behind a request."""

from __future__ import annotations

from django.http import HttpRequest

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotAllowed


def signed_in(request: HttpRequest) -> User:
    """The signed-in person. Raises NotAllowed for a visitor."""
    if isinstance(request.user, User):
        return request.user
    raise NotAllowed("Sign in to see this page.")

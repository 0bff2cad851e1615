"""Which version of the framework a request asks for, and whether its reader may see the draft."""

from __future__ import annotations

from django.http import HttpRequest

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.versions import get_version


def sees_draft(request: HttpRequest) -> bool:
    """Those who may edit the framework see its draft."""
    return isinstance(request.user, User) and may_edit_framework(request.user)


def asked_version(request: HttpRequest, name: str) -> FrameworkVersion | None:
    """The version whose number the query string gives as `name`, None without one. Raises NotFound."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isdecimal() and len(text) <= 9):
        raise NotFound(f"A version of the framework has a number, and '{text[:40]}' is none.", field=name)
    return get_version(int(text), with_draft=sees_draft(request))

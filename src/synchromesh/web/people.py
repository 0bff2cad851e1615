"""The person behind a request, and what to call the people whom records name."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, is_alliance_staff
from synchromesh.accounts.queries.people import find_names
from synchromesh.engine.errors import NotAllowed


def signed_in(request: HttpRequest) -> User:
    """The signed-in person. Raises NotAllowed for a visitor."""
    if isinstance(request.user, User):
        return request.user
    raise NotAllowed("Sign in to see this page.")


def name_people(public_ids: Iterable[str], *, reader: User) -> dict[str, str]:
    """What to call whoever is behind each public id, in the reader's language. At most one question to the database.

    Only alliance staff see names; for others the answer has the operator alone, who is no person.
    """
    wanted = set(public_ids) - {""}
    named = {OPERATOR.public_id: gettext("the operator")} if OPERATOR.public_id in wanted else {}
    people = wanted - named.keys()
    if not people or not is_alliance_staff(reader):
        return named
    gone = dict.fromkeys(people, gettext("somebody whose account is deleted"))
    return gone | find_names(people, visible_to=reader) | named

"""Remove a practice passport for good."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from synchromesh.accounts.permissions import require
from synchromesh.passports.operations.search_upkeep import tell_search
from synchromesh.passports.operations.versions import lock_passport
from synchromesh.passports.permissions import may_remove
from synchromesh.passports.queries.sight import get_seen
from synchromesh.plumbing import audit


def remove_passport(*, by: audit.Actor, uid: UUID) -> None:
    """Remove a passport with its versions, events, grants and signatures; one that followed it stays, without the link.

    A legal passport could not be removed; this is practice. Raises NotFound, NotAllowed.
    """
    seen, _ = get_seen(uid, visible_to=by)
    require(may_remove(by, seen), "Only who owns a passport removes it.")
    with transaction.atomic():
        passport = lock_passport(seen)
        audit.record(by=by, action="remove_passport", kind="passport", uid=passport.uid)
        tell_search(passport)
        passport.delete()

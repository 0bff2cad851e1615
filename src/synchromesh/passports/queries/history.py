"""The versions of a passport and what differs between two of them, as far as a visitor may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.passports.models import Passport, PassportVersion
from synchromesh.passports.queries.contents import FieldChange, content_at, differences
from synchromesh.passports.queries.sight import Sight, get_seen
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version, and the fields that it changed. Who made it and their note are for who writes the passport."""

    number: int
    at: datetime
    changed: tuple[str, ...]
    note: str
    by_name: str


def list_versions(uid: UUID, *, visible_to: Actor, secret: str = "") -> list[VersionView]:
    """The versions, newest first. Raises NotFound.

    Others than the writers see those since the passport was placed on the market that changed something they may see,
    and before that only the newest one.
    """
    passport, sight = get_seen(uid, visible_to=visible_to, secret=secret)
    rows = list(_seen_versions(passport, sight).defer("data").order_by("-number"))
    names = _names(rows) if sight.sees_all else {}
    first = _first_number(passport, sight)
    shown = []
    for row in rows:
        changed = tuple(key for key in row.changed if sight.may_see(key)) if row.number > first else ()
        if sight.sees_all or changed or row.number == first:
            shown.append(
                VersionView(
                    number=row.number,
                    at=row.made_at,
                    changed=changed,
                    note=row.note if sight.sees_all else "",
                    by_name=names.get(row.made_by, ""),
                )
            )
    return shown


def list_differences(uid: UUID, first: int, second: int, *, visible_to: Actor, secret: str = "") -> list[FieldChange]:
    """What a version states otherwise than another, in the fields that the visitor may see.

    Raises NotFound, also for a version that the visitor may not see.
    """
    passport, sight = get_seen(uid, visible_to=visible_to, secret=secret)
    if min(first, second) < _first_number(passport, sight):
        raise NotFound("The passport has no version with this number.")
    before, after = (sight.redact(content_at(passport, number)) for number in (first, second))
    return differences(before, after)


def _first_number(passport: Passport, sight: Sight) -> int:
    """The oldest version that somebody sees; what changed before it is none of theirs."""
    return 1 if sight.sees_all else passport.published_number or passport.number


def _seen_versions(passport: Passport, sight: Sight) -> QuerySet[PassportVersion]:
    return PassportVersion.objects.filter(passport=passport, number__gte=_first_number(passport, sight))


def _names(rows: list[PassportVersion]) -> dict[str, str]:
    """The names of people by their public id; others are called by their word, such as operator."""
    ids = {row.made_by for row in rows}
    people = {person.public_id: str(person.name or person) for person in _people(ids)}
    return {one: people.get(one, one if "-" not in one else "") for one in ids}


def _people(ids: set[str]) -> QuerySet[User]:
    return User.objects.filter(uid__in=[one for one in ids if len(one) == 36])

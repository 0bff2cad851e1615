"""Achievements that are made up of others: who holds all valid parts of one and has not got the whole.

Parts are those of the newest published version. A part counts while it is valid, in the account of its holder. Whoever
got the whole once is not proposed again, whatever became of it: it may have been withdrawn for a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.credentials.models import (
    Achievement,
    AchievementPart,
    AchievementVersion,
    BatchState,
    Credential,
    CredentialState,
    Issuer,
    IssueRow,
)

_ISSUED = "part__versions__credentials__"
_HOLDER = f"{_ISSUED}holder"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPerson:
    """Somebody with all parts; name, address and language as in the part that they got last."""

    person: User
    name: str
    email: str
    language: str


def list_ready_wholes(issuers: Iterable[Issuer]) -> list[tuple[AchievementVersion, int]]:
    """What these issuers can award to people with all its parts, and to how many, by slug."""
    versions = list(_wholes().filter(achievement__issuer__in=list(issuers)).order_by("achievement__slug"))
    counted = Counter(_ready(versions).values_list("whole", flat=True)) if versions else Counter[int]()
    return [(version, counted[version.pk]) for version in versions if counted[version.pk]]


def list_ready_people(achievement: Achievement) -> QuerySet[User]:
    """Who has all parts and waits for the whole, by sign-in name; who stands on a list under way is left out.

    The same people as `_ready` finds, asked part by part: of ten thousand that takes a quarter of the time.
    """
    got = Credential.objects.filter(version__achievement=achievement, holder__isnull=False)
    listed = _under_way().filter(batch__version__achievement=achievement, holder__isnull=False)
    found = list_holders_of_all_parts(achievement)
    return found.exclude(pk__in=got.values("holder")).exclude(pk__in=listed.values("holder"))


def list_holders_of_all_parts(achievement: Achievement) -> QuerySet[User]:
    """Who has all parts today, with the whole or without, by sign-in name; nobody where nothing is made up of parts."""
    links = AchievementPart.objects.filter(whole__in=_wholes().filter(achievement=achievement)).order_by("pk")
    parts = list(links.values_list("part", flat=True))
    if not parts:
        return User.objects.none()
    valid = Credential.objects.filter(_is_valid("", timezone.now()), holder__isnull=False)
    found = User.objects.filter(is_active=True)
    for part in parts:
        found = found.filter(pk__in=valid.filter(version__achievement=part).values("holder"))
    return found.order_by("sign_in_name", "pk")


def describe_ready(achievement: Achievement, people: Sequence[User]) -> list[ReadyPerson]:
    """These people as the parts name them, in their order; one query for all."""
    parts = AchievementPart.objects.filter(whole__in=_wholes().filter(achievement=achievement)).values("part")
    issued = Credential.objects.filter(
        holder__in=people, version__achievement__in=parts, state=CredentialState.VALID
    ).order_by("issued_at", "pk")
    newest = {pk: (name, language) for pk, name, language in issued.values_list("holder", "holder_name", "language")}
    return [
        ReadyPerson(person=one, name=newest[one.pk][0], email=one.email or "", language=newest[one.pk][1])
        for one in people
        if one.pk in newest
    ]


def list_complete_wholes(person: User) -> list[AchievementVersion]:
    """What a person has all parts of and has not got, by slug."""
    found = _ready(_wholes(), of=person).values_list("whole", flat=True)
    versions = AchievementVersion.objects.filter(pk__in=list(found)).select_related("achievement")
    return list(versions.order_by("achievement__slug"))


def list_following_wholes() -> list[AchievementVersion]:
    """What goes by itself to everybody with all parts, by slug."""
    versions = _wholes().filter(achievement__follows_parts=True)
    return list(versions.order_by("achievement__slug"))


def _wholes() -> QuerySet[AchievementVersion]:
    """The versions that are awarded now."""
    newer = AchievementVersion.objects.filter(achievement=OuterRef("achievement"), number__gt=OuterRef("number"))
    awarded = AchievementVersion.objects.exclude(published_at=None).filter(
        ~Exists(newer.exclude(published_at=None)), achievement__ended_at=None, achievement__issuer__closed_at=None
    )
    return awarded.select_related("achievement__issuer__organisation")


def _ready(
    wholes: QuerySet[AchievementVersion] | Sequence[AchievementVersion], *, of: User | None = None
) -> QuerySet[Any, Any]:
    """Pairs of a whole and a person with all its parts."""
    parts = AchievementPart.objects.filter(whole=OuterRef("whole")).order_by().values("whole")
    total = Subquery(parts.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    got = Credential.objects.filter(holder=OuterRef(_HOLDER), version__achievement=OuterRef("whole__achievement"))
    listed = _under_way().filter(holder=OuterRef(_HOLDER), batch__version__achievement=OuterRef("whole__achievement"))
    pairs = AchievementPart.objects.filter(
        _is_valid(_ISSUED, timezone.now()),
        Q(**{f"{_HOLDER}__is_active": True}),
        ~Exists(got),
        ~Exists(listed),
        *([Q(**{_HOLDER: of})] if of is not None else []),
        whole__in=wholes,
    )
    grouped = pairs.order_by().values("whole", _HOLDER).annotate(have=Count("part", distinct=True))
    complete: QuerySet[Any, Any] = grouped.filter(have=Coalesce(total, 0))
    return complete


def _is_valid(prefix: str, now: datetime) -> Q:
    """Credentials that are valid now, from wherever `prefix` begins."""
    until = f"{prefix}valid_until"
    in_time = (Q(**{until: None}) | Q(**{f"{until}__gt": now})) & Q(**{f"{prefix}valid_from__lte": now})
    return in_time & Q(**{f"{prefix}state": CredentialState.VALID})


def _under_way() -> QuerySet[IssueRow]:
    """The rows of lists that wait or are being issued."""
    return IssueRow.objects.filter(batch__state__in=(BatchState.WAITING, BatchState.RUNNING), issued=False)

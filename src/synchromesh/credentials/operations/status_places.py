"""Give out places of status lists, in an order that tells nothing."""

from __future__ import annotations

import secrets

from django.utils import timezone

from synchromesh.credentials.models import Issuer, StatusList
from synchromesh.engine.credential_formats.status_lists import ENTRIES, place_of

Place = tuple[StatusList, int]


def take_places(issuer: Issuer, count: int) -> list[Place]:
    """So many free places of the issuer's lists. Call it inside a transaction that has locked the issuer."""
    places: list[Place] = []
    lists = StatusList.objects.defer("withdrawn", "suspended").filter(issuer=issuer, given_out__lt=ENTRIES)
    for status_list in lists.order_by("id"):
        places += _taken(status_list, count - len(places))
    while len(places) < count:
        places += _taken(_new_list(issuer), count - len(places))
    return places


def lock_issuer(issuer: Issuer) -> None:
    """Have all others who issue for it wait until the end of the transaction."""
    Issuer.objects.select_for_update(of=("self",)).only("pk").get(pk=issuer.pk)


def lock_lists(issuer: Issuer, status_list: StatusList) -> None:
    """Lock what issuing and a change of this list will need, in the order of all others: issuer, list, log."""
    lock_issuer(issuer)
    StatusList.objects.select_for_update(of=("self",)).only("pk").get(pk=status_list.pk)


def _taken(status_list: StatusList, most: int) -> list[Place]:
    number = min(most, status_list.length - status_list.given_out)
    if number <= 0:
        return []
    first, seed = status_list.given_out, bytes.fromhex(status_list.seed)
    status_list.given_out += number
    status_list.save(update_fields=["given_out"])
    return [
        (status_list, place_of(ordinal, seed=seed, entries=status_list.length))
        for ordinal in range(first, first + number)
    ]


def _new_list(issuer: Issuer) -> StatusList:
    now = timezone.now()
    empty = bytes(ENTRIES // 8)
    return StatusList.objects.create(
        issuer=issuer,
        length=ENTRIES,
        seed=secrets.token_hex(32),
        withdrawn=empty,
        suspended=empty,
        made_at=now,
        changed_at=now,
    )

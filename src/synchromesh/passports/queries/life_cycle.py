"""What can happen to a battery next, and which role may say so.

The order follows Article 77 of Regulation (EU) 2023/1542: a passport begins when the battery is placed on the market; a
battery that gets another purpose gets a new passport, linked to the old one (paragraph 7); a passport ceases to exist
after the battery has been recycled (paragraph 8).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from synchromesh.passports.models import ChainRole, EventKind, Passport, PassportState

NEXT: Mapping[PassportState, tuple[EventKind, ...]] = MappingProxyType(
    {
        PassportState.DRAFT: (EventKind.MADE,),
        PassportState.MADE: (EventKind.PLACED,),
        PassportState.PLACED: (EventKind.USED, EventKind.REPURPOSED, EventKind.RECYCLED),
        PassportState.IN_USE: (EventKind.USED, EventKind.REPURPOSED, EventKind.RECYCLED),
        PassportState.REPURPOSED: (EventKind.CEASED,),
        PassportState.RECYCLED: (EventKind.CEASED,),
        PassportState.CEASED: (),
    }
)
ROLES: Mapping[EventKind, tuple[ChainRole, ...]] = MappingProxyType(
    {
        EventKind.MADE: (ChainRole.MAKER,),
        EventKind.PLACED: (ChainRole.MAKER, ChainRole.CARMAKER),
        EventKind.USED: (ChainRole.CARMAKER, ChainRole.WORKSHOP),
        EventKind.REPURPOSED: (ChainRole.WORKSHOP,),
        EventKind.RECYCLED: (ChainRole.RECYCLER,),
        EventKind.CEASED: (ChainRole.WORKSHOP, ChainRole.RECYCLER),
    }
)
RESULT: Mapping[EventKind, PassportState] = MappingProxyType(
    {
        EventKind.MADE: PassportState.MADE,
        EventKind.PLACED: PassportState.PLACED,
        EventKind.USED: PassportState.IN_USE,
        EventKind.REPURPOSED: PassportState.REPURPOSED,
        EventKind.RECYCLED: PassportState.RECYCLED,
        EventKind.CEASED: PassportState.CEASED,
    }
)
CLOSED = frozenset({PassportState.REPURPOSED, PassportState.RECYCLED, PassportState.CEASED})
"""States in which nothing of the content changes any more."""


def list_next_events(passport: Passport, roles: Sequence[ChainRole]) -> tuple[tuple[EventKind, ChainRole], ...]:
    """What somebody who has these roles can record now, each with the role in which they do it."""
    kinds = NEXT[PassportState(passport.state)]
    return tuple((kind, role) for kind in kinds for role in ROLES[kind] if role in roles)

"""What somebody may see of a passport: the one place where visitors become tiers.

Nothing of a passport leaves the server but through a `Sight`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from synchromesh.engine.errors import NotFound
from synchromesh.engine.passport_models.access import visible_fields
from synchromesh.engine.passport_models.model import Tier
from synchromesh.engine.passport_models.passport import Passport as Content
from synchromesh.passports.models import ChainRole, Passport, PassportState
from synchromesh.passports.permissions import WRITERS, grants_for, live_grants, owns, seat_in_team, with_editor
from synchromesh.plumbing.audit import Actor

STATUS_FIELD = "battery_status"
"""Who may not see this field does not learn what became of the battery by any other way either."""
_TIER_OF_ROLE = {
    ChainRole.WORKSHOP: Tier.INTEREST,
    ChainRole.RECYCLER: Tier.INTEREST,
    ChainRole.AUTHORITY: Tier.AUTHORITY,
}
_HIDDEN_STATES = (PassportState.IN_USE, PassportState.REPURPOSED, PassportState.RECYCLED)
_LEVELS = (Tier.AUTHORITY, Tier.INTEREST, Tier.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The tiers of a visitor, who may have several; `sees_all` is whoever writes the passport."""

    tiers: frozenset[Tier]
    sees_all: bool = False

    @property
    def word(self) -> str:
        """One word for the visitor: owner, authority, interest or public."""
        if self.sees_all:
            return "owner"
        return next(tier.value for tier in _LEVELS if tier in self.tiers)

    def may_see(self, key: str) -> bool:
        """Whether the value of this field may be shown; what is not in the field list is for who writes only."""
        return self.sees_all or any(key in visible_fields(tier) for tier in self.tiers)

    def redact(self, content: Content) -> Content:
        """The content with nothing in it that may not be seen."""
        return content if self.sees_all else content.without(*(key for key in content.values if not self.may_see(key)))

    def state_of(self, passport: Passport) -> PassportState:
        """How far the battery has come, as far as this visitor may know."""
        state = PassportState(passport.state)
        hidden = state in _HIDDEN_STATES and not self.may_see(STATUS_FIELD)
        return PassportState.PLACED if hidden else state


PUBLIC_SIGHT = Sight(tiers=frozenset({Tier.PUBLIC}))
_ALL = Sight(tiers=frozenset(Tier), sees_all=True)


def hash_secret(secret: str) -> str:
    """SHA-256 of the secret of a link: enough for 192 random bits."""
    return hashlib.sha256(secret.strip().encode(errors="replace")).hexdigest()


def find_sight(passport: Passport, *, visible_to: Actor, secret: str = "") -> Sight | None:
    """What somebody may see, None where they may not even know that the passport exists."""
    if owns(visible_to, passport):
        return _ALL
    tiers = {Tier(tier) for tier in grants_for(visible_to, passport).values_list("tier", flat=True)}
    if secret.strip():
        links = live_grants().filter(passport=passport, secret_sha256=hash_secret(secret))
        tiers |= {Tier(tier) for tier in links.values_list("tier", flat=True)}
    if passport.published_at is not None:
        tiers.add(Tier.PUBLIC)
    seat = seat_in_team(visible_to, passport)
    if seat is not None:
        if seat.role in WRITERS:
            return _ALL
        if passport.published_at is not None or seat.role == seat.team.holder:
            tiers.add(_TIER_OF_ROLE[ChainRole(seat.role)])
    return Sight(tiers=frozenset(tiers)) if tiers else None


def get_seen(uid: UUID, *, visible_to: Actor, secret: str = "", seen_as: Tier | None = None) -> tuple[Passport, Sight]:
    """A passport with what somebody may see of it. Raises NotFound.

    `seen_as` narrows it to what another tier sees; it never gives more than one's own.
    """
    rows = Passport.objects.select_related("organisation", "team__classroom")
    found = with_editor(rows, visible_to).filter(uid=uid).first()
    sight = find_sight(found, visible_to=visible_to, secret=secret) if found is not None else None
    if found is None or sight is None:
        raise NotFound("There is no passport at this address, or it was not placed on the market yet.")
    if seen_as is not None and (sight.sees_all or seen_as in sight.tiers or seen_as is Tier.PUBLIC):
        sight = Sight(tiers=frozenset({seen_as}))
    return found, sight

"""Who may see what, in words: the four visitors and the points of Annex XIII (see `passport_models.access`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synchromesh.engine.passport_models.exercises._shapes import Sentence, gettext_noop
from synchromesh.engine.passport_models.model import Tier, fields

VISITORS: Mapping[str, Sentence] = {
    "anybody": Sentence(gettext_noop("Anybody who scans the code")),
    "interest": Sentence(
        gettext_noop("A person with a legitimate interest, such as a workshop that repairs batteries")
    ),
    "authority": Sentence(gettext_noop("A market surveillance authority or notified body")),
    "commission": Sentence(gettext_noop("The European Commission")),
}
_TIERS: Mapping[str, Tier] = {
    "anybody": Tier.PUBLIC,
    "interest": Tier.INTEREST,
    "authority": Tier.AUTHORITY,
    "commission": Tier.AUTHORITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of Annex XIII: what it says of access, what to do in a passport, and its clause."""

    says: Sentence
    remedy: Sentence
    clause: str


POINTS: Mapping[frozenset[Tier], Point] = {
    frozenset(Tier): Point(
        says=Sentence(gettext_noop("Public: what tells a customer about the model is open to everybody.")),
        remedy=Sentence(gettext_noop("Show it without any sign-in.")),
        clause="Art. 77(2)(a); Annex XIII, 1",
    ),
    frozenset({Tier.INTEREST, Tier.AUTHORITY}): Point(
        says=Sentence(
            gettext_noop(
                "Composition, parts and dismantling of the model: for persons with a legitimate interest, for"
                " authorities and for the Commission."
            )
        ),
        remedy=Sentence(gettext_noop("Ask the visitor to prove who they are; keep it from everybody else.")),
        clause="Art. 77(2)(b) and (c); Annex XIII, 2",
    ),
    frozenset({Tier.AUTHORITY}): Point(
        says=Sentence(
            gettext_noop("Results of test reports: only for authorities, notified bodies and the Commission.")
        ),
        remedy=Sentence(gettext_noop("Do not give it to a workshop either; send it to the authority that asks.")),
        clause="Art. 77(2)(b); Annex XIII, 3",
    ),
    frozenset({Tier.INTEREST}): Point(
        says=Sentence(
            gettext_noop("Data of the single battery and its use: only for persons with a legitimate interest.")
        ),
        remedy=Sentence(
            gettext_noop("Give it to whoever repairs, repurposes or recycles the battery, and to nobody else.")
        ),
        clause="Art. 77(2)(c); Annex XIII, 4",
    ),
}


def visitors_of(key: str) -> frozenset[str]:
    """The visitors that may see a field."""
    return frozenset(visitor for visitor, tier in _TIERS.items() if tier in fields()[key].seen_by)


def may_see(visitor: str, key: str) -> bool:
    """Whether a visitor may see a field."""
    return _TIERS[visitor] in fields()[key].seen_by


def point_of(key: str) -> Point:
    """The point of Annex XIII under which a field falls."""
    return POINTS[fields()[key].seen_by]

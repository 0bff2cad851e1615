"""Who may see what (Article 77(2) with Annex XIII), in one matrix: the column `seen_by` of `fields.csv`.

The public sees point 1, persons with a legitimate interest points 1, 2 and 4, authorities points 1, 2 and 3. So the
tiers do not contain each other: a test report is for authorities only, and data of a single battery in use are for
persons with a legitimate interest only. Like every citation it waits for a person who compares it with the text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from synchromesh.engine.passport_models.model import Tier, fields
from synchromesh.engine.passport_models.passport import Passport


@cache
def visible_fields(tier: Tier) -> frozenset[str]:
    """The keys of the fields that a visitor of this tier may see."""
    return frozenset(field.key for field in fields().values() if tier in field.seen_by)


def redact(passport: Passport, tier: Tier) -> Passport:
    """The passport with nothing in it that this tier may not see; fields that are not in the list go too."""
    allowed = visible_fields(tier)
    return replace(passport, values={key: value for key, value in passport.values.items() if key in allowed})

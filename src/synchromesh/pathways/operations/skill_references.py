"""Hand people's ratings of a skill on to its successors."""

from __future__ import annotations

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.framework.operations.skill_succession import Succession, planned
from synchromesh.pathways.models import Rating
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Move all ratings; after a split each part has the rating of the whole. Raises NotAllowed.

    All ratings are kept with their dates: which of them counts is decided where levels are read. The rows say how many
    there are and never whose. Saved plans stay as they were calculated: they belong to their version.
    """
    require(is_alliance_staff(by), "Only alliance staff can split or merge skills.")
    ratings = list(Rating.objects.filter(skill=succession.retired).order_by("pk"))
    for rating in ratings:
        for skill in succession.successors[1:]:
            log.copy(rating, skill=skill)
        log.repoint(rating, skill=succession.successors[0])
    if not ratings:
        return []
    people = len({rating.person_id for rating in ratings})
    label = f"ratings: {len(ratings)}; people: {people}"
    return [planned("ratings", label, "skill", succession.retired.slug, succession.names())]

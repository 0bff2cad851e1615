"""How many ratings and plans name a skill; never whose."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.framework.models import Skill
from synchromesh.pathways.models import PlanStep, Rating


def count_uses(skills: Collection[Skill]) -> dict[str, int]:
    """Ratings of the skills, the people they are of, and saved plans with a course that closes a level of one."""
    ratings = Rating.objects.filter(skill__in=skills)
    uids = {str(skill.uid) for skill in skills}
    plans = {
        plan_id
        for plan_id, closes in PlanStep.objects.values_list("plan_id", "closes").iterator(chunk_size=2000)
        if any(closed.get("skill") in uids for closed in closes)
    }
    people = ratings.values("person").distinct().count()
    return {"ratings": ratings.count(), "people": people, "plans": len(plans)}

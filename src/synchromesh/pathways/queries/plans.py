"""Read a person's plans."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.models import Plan


def list_plans(person: User) -> list[Plan]:
    """The person's own plans with roles, steps and courses, newest first."""
    return list(
        Plan.objects.filter(person=person)
        .select_related("role", "version")
        .prefetch_related("steps__course__provider", "steps__course__runs__region")
        .order_by("-saved_at", "-pk")
    )


def get_plan(person: User, uid: str) -> Plan:
    """One own plan. Raises NotFound for anybody else's: its existence is private too."""
    found = next((plan for plan in list_plans(person) if str(plan.uid) == uid), None)
    if found is None:
        raise NotFound("There is no such plan.")
    return found

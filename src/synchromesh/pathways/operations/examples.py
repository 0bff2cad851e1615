"""Keep plans whole when example courses go."""

from __future__ import annotations

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.pathways.models import PlanStep
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin


def remove_example_steps(*, by: audit.Actor) -> int:
    """Take example courses out of all plans; returns how many steps went."""
    require(is_alliance_staff(by), "Only alliance staff can remove example content.")
    steps = PlanStep.objects.filter(course__origin=Origin.EXAMPLE)
    count = steps.count()
    steps.delete()
    if count:
        audit.record(by=by, action="remove_example_steps", kind="plan", uid="examples", count=count)
    return count

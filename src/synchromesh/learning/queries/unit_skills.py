"""The skills that the result of a unit is evidence for."""

from __future__ import annotations

from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import skills_in_force
from synchromesh.learning.models import Unit
from synchromesh.learning.queries.course_checks import skills_of_unit


def list_skills_of_unit(unit: Unit) -> list[Skill]:
    """Those that its author named and that are in force, by their short names; one query, none where none is named."""
    named = skills_of_unit(unit.content)
    return list(skills_in_force().filter(slug__in=named).order_by("slug")) if named else []

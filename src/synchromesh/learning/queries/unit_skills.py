"""The skills that the result of a unit is evidence for, and up to which level."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from synchromesh.catalogue.models import CourseSkill
from synchromesh.framework.models import Skill
from synchromesh.framework.queries.concepts import skills_in_force
from synchromesh.learning.models import Unit
from synchromesh.learning.queries.course_checks import skills_of_unit
from synchromesh.learning.unit_kinds import get_unit_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSkill:
    """A skill and the level that a finished unit shows; None where the course is not confirmed to teach the skill."""

    skill: Skill
    level: int | None


def list_skills_of_unit(unit: Unit) -> list[ShownSkill]:
    """Those that its author named and that are in force, by their short names; one query, none where none is named.

    A unit shows no more than it is hard, and no more than its course teaches. Anybody who writes a course can name a
    skill, so only a confirmed link of the course gives a level.
    """
    named = skills_of_unit(unit.content)
    if not named:
        return []
    links = CourseSkill.objects.filter(course__content_versions=unit.version_id, skill=OuterRef("pk"))
    taught = Subquery(links.exclude(confirmed_at=None).values("level")[:1])
    found = skills_in_force().filter(slug__in=named).annotate(taught=taught).order_by("slug")
    most = int(get_unit_kind(unit.kind).show(unit.content, language="en", links={}).get("level", 1))
    return [ShownSkill(skill=skill, level=min(most, skill.taught) if skill.taught else None) for skill in found]

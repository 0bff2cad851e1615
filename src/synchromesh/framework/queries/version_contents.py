"""Everything that one version says, read once: the source of every export."""

from __future__ import annotations

from functools import cached_property

from synchromesh.framework.models import Anchor, Family, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry
from synchromesh.framework.queries.concepts import find_published_version


class VersionContents:
    """The skills, roles, requirements, anchors and skill cards of the published version, or of the given one."""

    def __init__(self, version: FrameworkVersion | None = None) -> None:
        self.version = version or find_published_version()

    @cached_property
    def skills(self) -> list[Skill]:
        """Skills that are not retired, by slug."""
        return list(Skill.objects.filter(retired_at=None).prefetch_related("topics", "esco_links").order_by("slug"))

    @cached_property
    def roles(self) -> list[JobRole]:
        """Roles that the version describes, by slug."""
        found = JobRole.objects.filter(pk__in=self.requirements).select_related("family")
        return list(found.prefetch_related("topics", "esco_links").order_by("slug"))

    @cached_property
    def families(self) -> list[Family]:
        """All families, by slug."""
        return list(Family.objects.order_by("slug"))

    @cached_property
    def anchors(self) -> dict[int, dict[int, dict[str, str]]]:
        """Texts by skill row and level."""
        found: dict[int, dict[int, dict[str, str]]] = {}
        for anchor in Anchor.objects.filter(version=self.version):
            found.setdefault(anchor.skill_id, {})[anchor.level] = anchor.texts
        return found

    @cached_property
    def requirements(self) -> dict[int, list[Requirement]]:
        """Requirements by role row, the most important first."""
        found: dict[int, list[Requirement]] = {}
        rows = Requirement.objects.filter(version=self.version).select_related("role", "skill")
        for row in rows.order_by("role__slug", "-essential", "-weight", "skill__slug"):
            found.setdefault(row.role_id, []).append(row)
        return found

    @cached_property
    def units(self) -> dict[int, list[UnitEntry]]:
        """Lines of the skill cards by role row, in the order of the card."""
        found: dict[int, list[UnitEntry]] = {}
        for row in UnitEntry.objects.filter(version=self.version).select_related("role", "skill").order_by("position"):
            found.setdefault(row.role_id, []).append(row)
        return found

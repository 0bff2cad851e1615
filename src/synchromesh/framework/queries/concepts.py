"""Read roles, skills, fields and what the published version says about them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import (
    Address,
    Anchor,
    EscoLink,
    Family,
    FrameworkVersion,
    JobRole,
    Requirement,
    Skill,
    Topic,
    UnitEntry,
    VersionStatus,
)


def find_published_version() -> FrameworkVersion | None:
    """The version that is in force, or None before anything was loaded."""
    return FrameworkVersion.objects.filter(status=VersionStatus.PUBLISHED).first()


def find_draft() -> FrameworkVersion | None:
    """The version that is being prepared, or None."""
    return FrameworkVersion.objects.filter(status=VersionStatus.DRAFT).first()


def list_topics() -> list[Topic]:
    """The fields, in the alliance's order."""
    return list(Topic.objects.all())


def get_topic(slug: str) -> Topic:
    """The field by slug, former slug or uid. Raises NotFound."""
    found = Topic.objects.filter(_by_slug_or_uid("field", slug)).first()
    if found is None:
        raise NotFound(f"There is no field '{slug}'.", field="field")
    return found


def roles_in_force() -> QuerySet[JobRole]:
    """Roles that the published version describes."""
    return JobRole.objects.filter(retired_at=None, requirements__version__status=VersionStatus.PUBLISHED).distinct()


def skills_in_force() -> QuerySet[Skill]:
    """Skills that the published version requires or describes; a draft's new ones are not among them."""
    published = {"skill": OuterRef("pk"), "version__status": VersionStatus.PUBLISHED}
    in_version = Exists(Requirement.objects.filter(**published)) | Exists(Anchor.objects.filter(**published))
    return Skill.objects.filter(in_version, retired_at=None)


def list_families() -> list[Family]:
    """The families that have a role in force, by English title."""
    in_force = Requirement.objects.filter(version__status=VersionStatus.PUBLISHED, role__retired_at=None)
    return list(Family.objects.filter(pk__in=in_force.values("role__family")).order_by("titles__en", "slug"))


def get_family(slug: str) -> Family:
    """The family by slug. Raises NotFound."""
    found = None if "\0" in slug else Family.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"There is no family of job roles '{slug}'.", field="family")
    return found


def list_roles(*, topic: Topic | None = None, family: Family | None = None) -> list[JobRole]:
    """Roles in force, with `skills_needed` and family, ordered by English title."""
    found = JobRole.objects.filter(retired_at=None).annotate(
        skills_needed=Count("requirements", filter=Q(requirements__version__status=VersionStatus.PUBLISHED))
    )
    found = found.filter(skills_needed__gt=0)
    if topic is not None:
        found = found.filter(topics=topic)
    if family is not None:
        found = found.filter(family=family)
    return list(found.select_related("family").prefetch_related("topics").order_by("titles__en", "slug"))


def get_role(slug_or_uid: str) -> JobRole:
    """The role by slug, former slug or uid. Raises NotFound with the words to look for."""
    found = (
        JobRole.objects.filter(_by_slug_or_uid("role", slug_or_uid), retired_at=None)
        .select_related("family")
        .prefetch_related("topics")
        .first()
    )
    if found is None:
        raise NotFound(f"There is no job role '{slug_or_uid}'.", field="role")
    return found


def get_skill(slug_or_uid: str) -> Skill:
    """The skill by slug, former slug or uid, retired ones included. Raises NotFound."""
    found = Skill.objects.filter(_by_slug_or_uid("skill", slug_or_uid)).prefetch_related("topics", "esco_links").first()
    if found is None:
        raise NotFound(f"There is no skill '{slug_or_uid}'.", field="skill")
    return found


def list_requirements(role: JobRole, *, version: FrameworkVersion | None = None) -> list[Requirement]:
    """What the role needs: essential first, then by weight, then by slug; with each skill."""
    in_version = Q(version=version) if version else Q(version__status=VersionStatus.PUBLISHED)
    return list(
        Requirement.objects.filter(in_version, role=role)
        .select_related("skill")
        .order_by("-essential", "-weight", "skill__slug")
    )


def list_unit_entries(role: JobRole) -> list[UnitEntry]:
    """The skill card of the role in the published version: units, elements and criteria in their order, with skills."""
    found = UnitEntry.objects.filter(version__status=VersionStatus.PUBLISHED, role=role)
    return list(found.select_related("skill").order_by("position"))


def list_esco_links(role: JobRole, skills: Sequence[Skill]) -> list[EscoLink]:
    """How the role, and then each of these skills by slug, relates to ESCO. One query."""
    found = EscoLink.objects.filter(Q(role=role) | Q(skill__in=skills)).select_related("skill")
    return sorted(found, key=lambda link: (link.skill.slug if link.skill else "", link.uri))


def list_requirements_of_skill(skill: Skill) -> list[Requirement]:
    """Which roles need the skill, at which level, highest first."""
    return list(
        Requirement.objects.filter(skill=skill, version__status=VersionStatus.PUBLISHED)
        .select_related("role", "version")
        .order_by("-level", "role__slug")
    )


def list_anchors(skills: Sequence[Skill]) -> dict[int, dict[int, Anchor]]:
    """Anchors of the published version by skill row and level."""
    result: dict[int, dict[int, Anchor]] = {skill.pk: {} for skill in skills}
    for anchor in Anchor.objects.filter(version__status=VersionStatus.PUBLISHED, skill__in=skills):
        result[anchor.skill_id][anchor.level] = anchor
    return result


def list_skills(*, topic: Topic | None = None, kind: str = "") -> list[Skill]:
    """Skills in force, with `roles_needing`, ordered by English title."""
    found = Skill.objects.filter(retired_at=None).annotate(
        roles_needing=Count("requirements", filter=Q(requirements__version__status=VersionStatus.PUBLISHED))
    )
    if topic is not None:
        found = found.filter(topics=topic)
    if kind:
        found = found.filter(kind=kind)
    return list(found.prefetch_related(Prefetch("topics")).order_by("titles__en", "slug"))


def _by_slug_or_uid(kind: str, text: str) -> Q:
    """Match the slug, a former slug, or the uid if the text is one."""
    if "\0" in text:  # PostgreSQL refuses even to look for it
        return Q(pk__in=())
    found = Q(slug=text) | Q(uid__in=Address.objects.filter(kind=kind, slug=text).values("uid"))
    try:
        return found | Q(uid=UUID(text))
    except ValueError:
        return found

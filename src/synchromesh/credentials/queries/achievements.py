"""What can be awarded, and what a version lacks."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from synchromesh.credentials.models import Achievement, AchievementVersion, Issuer
from synchromesh.credentials.permissions import may_edit_achievement
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

# Council Recommendation 2022/C 243/02, annex I, as columns of a version with the words for people. The learner, the
# date, the issuer and its country come with each credential.
_ELEMENTS = (
    ("titles", "a title"),
    ("descriptions", "a description"),
    ("criteria", "criteria"),
    ("outcomes", "learning outcomes"),
    ("assessments", "the type of assessment"),
    ("participations", "the form of participation"),
    ("quality_assurances", "quality assurance"),
    ("identity_checks", "how the person's identity is checked"),
)


def missing_elements(version: AchievementVersion) -> list[str]:
    """The mandatory elements that a version does not state, in words."""
    return [words for column, words in _ELEMENTS if not _says(getattr(version, column))]


def _says(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_says(one) for one in value)
    return isinstance(value, dict) and any(str(text).strip() for text in value.values())


def list_achievements(issuer: Issuer) -> QuerySet[Achievement]:
    """All achievements of an issuer by slug, each with the number of credentials (`issued`)."""
    counted = Count("versions__credentials", filter=Q(versions__credentials__isnull=False))
    return Achievement.objects.filter(issuer=issuer).annotate(issued=counted).order_by("slug")


def get_achievement(slug: str, *, visible_to: Actor | None = None) -> Achievement:
    """An achievement by its slug: published ones for everybody, drafts for who may edit them. Raises NotFound."""
    found = Achievement.objects.select_related("issuer__organisation__country").filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no achievement with this name.")
    published = found.versions.exclude(published_at=None).exists()
    if not published and (visible_to is None or not may_edit_achievement(visible_to, found.issuer)):
        raise NotFound("There is no achievement with this name.")
    return found


def find_published_version(achievement: Achievement) -> AchievementVersion | None:
    """The version that is awarded now, with its skills."""
    versions = achievement.versions.exclude(published_at=None).prefetch_related("skills__skill", "parts__part")
    return versions.order_by("-number").first()


def list_versions(achievement: Achievement) -> Sequence[AchievementVersion]:
    """All versions, the newest first."""
    return list(achievement.versions.prefetch_related("skills__skill").order_by("-number"))

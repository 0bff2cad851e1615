"""What can be awarded, and what a version lacks."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from synchromesh.credentials.models import Achievement, AchievementPart, AchievementVersion, Issuer
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
    missing = missing_columns(version)
    return [words for column, words in _ELEMENTS if column in missing]


def missing_columns(version: AchievementVersion, *, language: str = "") -> list[str]:
    """The mandatory columns of a version that say nothing in a language, or (without one) in none at all."""
    return [column for column, _ in _ELEMENTS if not _says(getattr(version, column), language)]


def languages_of(version: AchievementVersion) -> list[str]:
    """The languages in which a version has a title, by code."""
    return sorted(code for code, text in version.titles.items() if str(text).strip())


def _says(value: object, language: str = "") -> bool:
    if isinstance(value, list):
        return bool(value) and all(_says(one, language) for one in value)
    if not isinstance(value, dict):
        return False
    return any(str(text).strip() for code, text in value.items() if code == language or not language)


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


def get_published_by_uid(uid: UUID) -> AchievementVersion:
    """The version of an achievement that is awarded now, or was last. Raises NotFound where none is published."""
    found = AchievementVersion.objects.select_related("achievement__issuer").filter(achievement__uid=uid)
    version = found.exclude(published_at=None).order_by("-number").first()
    if version is None:
        raise NotFound("No achievement with this address is published.")
    return version


def list_published() -> list[AchievementVersion]:
    """The newest published version of every achievement that is still awarded, by issuer and slug."""
    return _newest(Q(achievement__ended_at=None, achievement__issuer__closed_at=None))


def list_parts(version: AchievementVersion) -> list[AchievementVersion]:
    """What counts towards a version: the newest published versions."""
    return _newest(Q(achievement__wholes__whole=version))


def list_wholes(achievement: Achievement) -> list[AchievementVersion]:
    """What an achievement counts towards: the newest published versions of those whose newest version says so."""
    counting = _newest(Q(achievement__versions__parts__part=achievement))
    parts = AchievementPart.objects.filter(part=achievement).values_list("whole_id", flat=True)
    still = set(parts)
    return [whole for whole in counting if whole.pk in still]


def _newest(chosen: Q) -> list[AchievementVersion]:
    versions = AchievementVersion.objects.exclude(published_at=None).filter(chosen)
    newest: dict[int, AchievementVersion] = {}
    for version in versions.select_related("achievement__issuer__organisation").order_by("number"):
        newest[version.achievement_id] = version
    return sorted(newest.values(), key=lambda one: (one.issuer_name, one.achievement.slug))


def find_published_version(achievement: Achievement) -> AchievementVersion | None:
    """The version that is awarded now, with its skills."""
    versions = achievement.versions.exclude(published_at=None).prefetch_related("skills__skill", "parts__part")
    return versions.order_by("-number").first()


def list_versions(achievement: Achievement) -> Sequence[AchievementVersion]:
    """All versions, the newest first."""
    return list(achievement.versions.prefetch_related("skills__skill").order_by("-number"))

"""Hand what achievements say about a skill on to its successors."""

from __future__ import annotations

from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.credentials.models import Achievement, AchievementSkill, AchievementVersion
from synchromesh.framework.operations.skill_succession import Succession, planned
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Move the skills of drafts, and publish a new version of each achievement that is awarded for the retired skill.

    A published version never changes, since credentials were signed from it: they keep the retired skill, whose address
    leads on. The new version says the same of the successors, so nobody is asked again. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can split or merge skills.")
    named = Achievement.objects.filter(versions__skills__skill=succession.retired).distinct().order_by("slug")
    return [row for achievement in named for row in _move(log, succession, achievement, by=by)]


def _move(log: ChangeLog, succession: Succession, achievement: Achievement, *, by: audit.Actor) -> list[PlannedRow]:
    draft = achievement.versions.filter(published_at=None).first()
    awarded = achievement.versions.exclude(published_at=None).order_by("-number").first()
    changed = [draft] if draft is not None and _names(draft, succession) else []
    if awarded is not None and achievement.ended_at is None and _names(awarded, succession):
        changed.append(_copy(log, awarded, draft, by=by))
    for version in changed:
        _replace(log, version, succession)
    if not changed:
        return []
    return [planned("achievement", achievement.slug, "skill", succession.retired.slug, succession.names())]


def _names(version: AchievementVersion, succession: Succession) -> bool:
    return version.skills.filter(skill=succession.retired).exists()


def _copy(
    log: ChangeLog, awarded: AchievementVersion, draft: AchievementVersion | None, *, by: audit.Actor
) -> AchievementVersion:
    """A published copy that is awarded from now on; a draft stays behind it in the order of numbers."""
    if draft is not None:
        log.change(draft, number=draft.number + 1)
    now = timezone.now()
    copied = log.copy(
        awarded,
        number=awarded.number + 1,
        published_at=now,
        published_by=by.public_id,
        made_at=now,
        made_by=by.public_id,
    )
    if not isinstance(copied, AchievementVersion):
        raise TypeError(copied)
    for link in awarded.skills.order_by("pk"):
        log.copy(link, version=copied)
    for part in awarded.parts.order_by("pk"):
        log.copy(part, whole=copied)
    return copied


def _replace(log: ChangeLog, version: AchievementVersion, succession: Succession) -> None:
    """The successors at the level of the retired skill; where one is proved already, to the higher of both levels."""
    old = version.skills.get(skill=succession.retired)
    own = {link.skill_id: link for link in version.skills.filter(skill__in=succession.successors)}
    free = [skill for skill in succession.successors if skill.pk not in own]
    for link in own.values():
        log.change(link, level=max(link.level, old.level))
    for skill in free[1:]:
        log.create(AchievementSkill(version=version, skill=skill, level=old.level))
    if free:
        log.change(old, skill=free[0])
    else:
        log.delete(old)

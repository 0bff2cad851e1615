"""Write what can be awarded, publish it, end it. A published version never changes; a change is a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import (
    Achievement,
    AchievementKind,
    AchievementPart,
    AchievementSkill,
    AchievementVersion,
    Issuer,
)
from synchromesh.credentials.permissions import may_edit_achievement, may_publish_achievement
from synchromesh.credentials.queries.achievements import missing_elements
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.slugs import slugify
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals

ONLY_EDITORS = "Only editors and managers of the issuer change its achievements."
ONLY_MANAGERS = "Only managers of the issuer publish and end its achievements."
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AchievementContent:
    """What a version says; see `AchievementVersion`. `skills` are pairs of a skill and a level (1 to 3)."""

    titles: Texts
    minutes: int
    kind: AchievementKind = AchievementKind.MICRO_CREDENTIAL
    descriptions: Texts = field(default_factory=dict)
    criteria: Texts = field(default_factory=dict)
    outcomes: Sequence[Texts] = ()
    assessments: Texts = field(default_factory=dict)
    participations: Texts = field(default_factory=dict)
    quality_assurances: Texts = field(default_factory=dict)
    identity_checks: Texts = field(default_factory=dict)
    renewal: Texts = field(default_factory=dict)
    level: int = 0
    eqf: int | None = None
    eqf_source: str = ""
    ects: Decimal | None = None
    months_valid: int | None = None
    skills: Sequence[tuple[Skill, int]] = ()
    parts: Sequence[Achievement] = ()


def make_achievement(
    *, by: audit.Actor, issuer: Issuer, content: AchievementContent, needs_two_persons: bool = False, slug: str = ""
) -> Achievement:
    """Make an achievement with a draft of its first version. Raises NotAllowed, InvalidInput."""
    require(may_edit_achievement(by, issuer), ONLY_EDITORS)
    _check(issuer, content)
    with transaction.atomic():
        stem = slugify(slug or content.titles.get("en") or next(iter(content.titles.values())))
        achievement = Achievement.objects.create(
            issuer=issuer,
            slug=_free_slug(stem),
            needs_two_persons=needs_two_persons,
            made_by=by.public_id,
            origin=issuer.organisation.origin,
        )
        _write(AchievementVersion(achievement=achievement, number=1, made_by=by.public_id), content)
        audit.record(by=by, action="make_achievement", kind="achievement", uid=achievement.uid, slug=achievement.slug)
    return achievement


def edit_achievement(*, by: audit.Actor, achievement: Achievement, content: AchievementContent) -> AchievementVersion:
    """Write the draft of the next version, making one where there is none. Raises NotAllowed, InvalidInput."""
    require(may_edit_achievement(by, achievement.issuer), ONLY_EDITORS)
    _check(achievement.issuer, content)
    if achievement in content.parts:
        raise InvalidInput("An achievement does not count towards itself.", field="parts")
    with transaction.atomic():
        locked = _locked(achievement)
        newest = locked.versions.order_by("-number").first()
        if newest is not None and newest.published_at is None:
            draft = newest
        else:
            draft = AchievementVersion(
                achievement=locked, number=(newest.number if newest else 0) + 1, made_by=by.public_id
            )
        _write(draft, content)
        audit.record(by=by, action="edit_achievement", kind="achievement", uid=locked.uid, version=draft.number)
    return draft


def set_two_persons(*, by: audit.Actor, achievement: Achievement, needed: bool) -> None:
    """Say whether a second person must release what was prepared by hand. Raises NotAllowed, Conflict."""
    require(may_publish_achievement(by, achievement.issuer), ONLY_MANAGERS)
    with transaction.atomic():
        if needed and _locked(achievement).follows_parts:
            raise Conflict("It goes by itself to who has all parts. End that first, then demand two persons.")
        achievement.needs_two_persons = needed
        achievement.save(update_fields=["needs_two_persons"])
        audit.record(by=by, action="set_two_persons", kind="achievement", uid=achievement.uid, needed=needed)


def publish_achievement(*, by: audit.Actor, achievement: Achievement) -> AchievementVersion:
    """Publish the draft, which is awarded from now on. Raises NotAllowed, Conflict, InvalidInput for what it lacks."""
    require(may_publish_achievement(by, achievement.issuer), ONLY_MANAGERS)
    with transaction.atomic():
        locked = _locked(achievement)
        draft = locked.versions.filter(published_at=None).first()
        if draft is None:
            raise Conflict("There is no draft to publish.")
        if lacking := missing_elements(draft):
            raise InvalidInput(f"A micro-credential must say more before it is published: {', '.join(lacking)}.")
        draft.published_at, draft.published_by = timezone.now(), by.public_id
        draft.issuer_name = locked.issuer.legal_name
        draft.save(update_fields=["published_at", "published_by", "issuer_name"])
        audit.record(by=by, action="publish_achievement", kind="achievement", uid=locked.uid, version=draft.number)
    return draft


def end_achievement(*, by: audit.Actor, achievement: Achievement) -> None:
    """Award it no more. What was awarded stays. Raises NotAllowed, Conflict."""
    require(may_publish_achievement(by, achievement.issuer), ONLY_MANAGERS)
    with transaction.atomic():
        locked = _locked(achievement)
        if locked.ended_at is not None:
            raise Conflict("It has ended already.")
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])
        audit.record(by=by, action="end_achievement", kind="achievement", uid=locked.uid)


def _locked(achievement: Achievement) -> Achievement:
    return (
        Achievement.objects.select_for_update(of=("self",))
        .select_related("issuer__organisation")
        .get(pk=achievement.pk)
    )


def _check(issuer: Issuer, content: AchievementContent) -> None:
    """Hold a content against what can be stored and what the rules forbid. Raises InvalidInput."""
    if not any(text.strip() for text in content.titles.values()):
        raise InvalidInput("Give it a title.", field="titles")
    if content.minutes <= 0:
        raise InvalidInput("State the notional workload in minutes, more than 0.", field="minutes")
    if not 0 <= content.level <= 3:
        raise InvalidInput("The level is 1, 2 or 3, or 0 where none is stated.", field="level")
    _check_recognition(issuer, content)
    skills = [skill.pk for skill, _ in content.skills]
    if any(level not in (1, 2, 3) for _, level in content.skills) or len(set(skills)) < len(skills):
        raise InvalidInput("Name each skill once, with its level 1, 2 or 3.", field="skills")
    if content.months_valid is not None and not 1 <= content.months_valid <= 600:
        raise InvalidInput("It is valid for 1 to 600 months, or without an end.", field="months_valid")
    columns = {name: getattr(content, name) for name in ("minutes", "eqf_source", "ects")}
    for field_name, message in limit_refusals(AchievementVersion, columns):
        raise InvalidInput(message, field=field_name)


def _check_recognition(issuer: Issuer, content: AchievementContent) -> None:
    """Points and levels that somebody else must have given. Raises InvalidInput."""
    if content.ects is not None and not issuer.is_higher_education:
        raise InvalidInput("Only a higher-education body states ECTS points.", field="ects")
    if content.eqf is not None and not 1 <= content.eqf <= 8:
        raise InvalidInput("The EQF has levels 1 to 8.", field="eqf")
    if content.eqf is not None and not content.eqf_source.strip():
        raise InvalidInput("Name the source that states the EQF level.", field="eqf_source")


def _write(draft: AchievementVersion, content: AchievementContent) -> None:
    """Store the columns and links of a draft."""
    columns: dict[str, Any] = {
        name: dict(getattr(content, name))
        for name in (
            "titles",
            "descriptions",
            "criteria",
            "assessments",
            "participations",
            "quality_assurances",
            "identity_checks",
            "renewal",
        )
    }
    for name in ("kind", "minutes", "level", "eqf", "eqf_source", "ects", "months_valid"):
        columns[name] = getattr(content, name)
    columns["outcomes"] = [dict(outcome) for outcome in content.outcomes]
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.save()
    draft.skills.all().delete()
    AchievementSkill.objects.bulk_create(
        [AchievementSkill(version=draft, skill=skill, level=level) for skill, level in content.skills]
    )
    draft.parts.all().delete()
    AchievementPart.objects.bulk_create([AchievementPart(whole=draft, part=part) for part in content.parts])


def _free_slug(stem: str) -> str:
    used = set(Achievement.objects.filter(slug__startswith=stem[:100]).values_list("slug", flat=True))
    base = stem[:100] or "achievement"
    if base not in used:
        return base
    return next(f"{base}-{n}" for n in range(2, len(used) + 3) if f"{base}-{n}" not in used)

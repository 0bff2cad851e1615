"""What the draft says beside what is published: one skill, one role, and the lists from which one chooses them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill
from synchromesh.framework.queries.versions import Need
from synchromesh.framework.queries.words_in_names import has_words
from synchromesh.plumbing.models import BatchStatus, ImportBatch

_Record = TypeVar("_Record", Skill, JobRole)
_LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorPair:
    """The words of a level in one language, published and in the draft; empty where there are none."""

    level: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedPair:
    """What a role needs of a skill, published and in the draft; None where it does not need it."""

    skill: Skill
    before: Need | None
    after: Need | None
    source: str

    @property
    def effect(self) -> str:
        """Whether the draft says the same, or adds, removes or changes the requirement."""
        if self.before == self.after:
            return "same"
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def compare_anchors(
    skill: Skill, *, older: FrameworkVersion | None, newer: FrameworkVersion | None, languages: Iterable[str] = ()
) -> dict[str, tuple[AnchorPair, ...]]:
    """Three levels for each language in which one of the versions speaks, and for the given `languages`, which come
    first. One query.
    """
    rows = Anchor.objects.filter(version__in=_stated(older, newer), skill=skill).order_by("version", "level")
    texts = {(row.version_id, row.level): row.texts for row in rows}
    spoken = sorted({code for found in texts.values() for code, words in found.items() if words})

    def words(version: FrameworkVersion | None, level: int, code: str) -> str:
        return str(texts.get((version.pk, level), {}).get(code, "")) if version is not None else ""

    return {
        code: tuple(
            AnchorPair(level=level, before=words(older, level, code), after=words(newer, level, code))
            for level in _LEVELS
        )
        for code in dict.fromkeys([*languages, *spoken])
    }


def compare_needs(role: JobRole, *, older: FrameworkVersion | None, newer: FrameworkVersion | None) -> list[NeedPair]:
    """Every skill that one of the versions needs for the role: essential first, then by weight, then by slug."""
    rows = Requirement.objects.filter(version__in=_stated(older, newer), role=role).select_related("skill")
    found: dict[int, dict[int, Requirement]] = {}
    for requirement in rows:
        found.setdefault(requirement.skill_id, {})[requirement.version_id] = requirement
    pairs = [_pair(of_skill, older, newer) for of_skill in found.values()]
    return sorted(pairs, key=_importance)


def _stated(*versions: FrameworkVersion | None) -> list[FrameworkVersion]:
    return [version for version in versions if version is not None]


def _pair(rows: dict[int, Requirement], older: FrameworkVersion | None, newer: FrameworkVersion | None) -> NeedPair:
    before, after = (rows.get(version.pk) if version is not None else None for version in (older, newer))
    last = after or before or next(iter(rows.values()))
    return NeedPair(skill=last.skill, before=_need(before), after=_need(after), source=last.source)


def _need(row: Requirement | None) -> Need | None:
    return Need(level=row.level, essential=row.essential, weight=row.weight) if row is not None else None


def _importance(pair: NeedPair) -> tuple[bool, int, str]:
    need = pair.after or pair.before
    return (not need.essential, -need.weight, pair.skill.slug) if need else (True, 0, pair.skill.slug)


def list_editable_skills(*, words: str = "") -> list[Skill]:
    """Skills that are not retired, those alone with all `words` in their slug or in one title; by English title."""
    return _holding(words, list(Skill.objects.filter(retired_at=None).order_by("titles__en", "slug")))


def list_editable_roles(*, words: str = "") -> list[JobRole]:
    """Roles that are not retired, also those that need no skill yet; chosen and ordered like skills."""
    return _holding(words, list(JobRole.objects.filter(retired_at=None).order_by("titles__en", "slug")))


def _holding(words: str, records: Sequence[_Record]) -> list[_Record]:
    return [record for record in records if has_words(record, words)]


def list_steps(*, limit: int) -> list[ImportBatch]:
    """The newest steps that changed the framework and stand: imports, edits by hand, publications; newest first.

    They are taken back one by one from the newest.
    """
    found = ImportBatch.objects.filter(kind="framework", status=BatchStatus.COMMITTED).defer(*ImportBatch.LARGE_COLUMNS)
    return list(found.order_by("-committed_at", "-pk")[:limit])

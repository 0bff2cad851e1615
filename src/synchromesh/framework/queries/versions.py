"""The versions of the framework and what differs between two of them. All reading takes the same few queries.

Names of roles and skills are those of today: they belong to the lasting records, not to a version.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import Anchor, FrameworkVersion, JobRole, Requirement, Skill, UnitEntry, VersionStatus
from synchromesh.framework.models.versions import FIXED


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionEntry:
    """A version with how many roles, skills, requirements, level descriptions and card lines it holds."""

    version: FrameworkVersion
    roles: int
    skills: int
    requirements: int
    anchors: int
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a requirement says."""

    level: int
    essential: bool
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedChange:
    """A requirement that came (`before` is None), went (`after` is None) or says something else."""

    role: JobRole
    skill: Skill
    before: Need | None
    after: Need | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorChange:
    """The words of a level in one language; empty where there are none."""

    skill: Skill
    level: int
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """What a line of a skill card says."""

    depth: str
    titles: Mapping[str, str]
    skill: Skill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChange:
    """A line of a role's skill card that came, went or says something else."""

    role: JobRole
    code: str
    before: UnitLine | None
    after: UnitLine | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionDifference:
    """From `older` (None: from nothing) to `newer`.

    `needs`, `anchors` and `units` hold every difference, those of roles and skills that came or went too. `resourced`
    counts requirements that say the same and only name another source, date or confidence.
    """

    older: FrameworkVersion | None
    newer: FrameworkVersion
    roles_added: tuple[JobRole, ...]
    roles_removed: tuple[JobRole, ...]
    skills_added: tuple[Skill, ...]
    skills_removed: tuple[Skill, ...]
    needs: tuple[NeedChange, ...]
    anchors: tuple[AnchorChange, ...]
    units: tuple[UnitChange, ...]
    resourced: int

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind of difference."""
        return {
            "roles_added": len(self.roles_added),
            "roles_removed": len(self.roles_removed),
            "skills_added": len(self.skills_added),
            "skills_removed": len(self.skills_removed),
            **_by_effect("requirements", self.needs),
            "anchors_changed": len({(row.skill.pk, row.level) for row in self.anchors}),
            **_by_effect("units", self.units),
            "sources_changed": self.resourced,
        }

    @property
    def is_empty(self) -> bool:
        """Whether the two versions say the same."""
        return not any(self.counts.values())


def list_versions(*, with_draft: bool = False) -> list[VersionEntry]:
    """All versions with their counts, newest first; the draft only where the reader may see it."""
    found = FrameworkVersion.objects.order_by("-number").annotate(
        held_roles=_count(Requirement, "role"),
        held_requirements=_count(Requirement, "pk"),
        held_anchors=_count(Anchor, "pk"),
        held_units=_count(UnitEntry, "pk"),
    )
    pairs = [
        model._default_manager.order_by().exclude(skill=None).values_list("version", "skill")
        for model in (Requirement, Anchor, UnitEntry)
    ]
    skills = Counter(version for version, _ in pairs[0].union(*pairs[1:]))
    return [
        VersionEntry(
            version=version,
            roles=version.held_roles,
            skills=skills[version.pk],
            requirements=version.held_requirements,
            anchors=version.held_anchors,
            units=version.held_units,
        )
        for version in found.filter(status__in=_seen(with_draft))
    ]


def get_version(number: int, *, with_draft: bool = False) -> FrameworkVersion:
    """The version with this number. Raises NotFound; a draft is not there unless the reader may see it."""
    version = FrameworkVersion.objects.filter(number=number, status__in=_seen(with_draft)).first()
    if version is None:
        raise NotFound(f"There is no version {number} of the framework.", field="version")
    return version


def find_previous_version(version: FrameworkVersion) -> FrameworkVersion | None:
    """The version that was in force before this one, or None for the first."""
    earlier = FrameworkVersion.objects.filter(number__lt=version.number, status__in=FIXED)
    return earlier.order_by("-number").first()


def list_roles_of_version(version: FrameworkVersion) -> list[JobRole]:
    """The roles that the version describes, with `skills_needed`, by English title."""
    found = JobRole.objects.filter(requirements__version=version).annotate(skills_needed=Count("requirements"))
    return list(found.order_by("titles__en", "slug"))


def compare_versions(older: FrameworkVersion | None, newer: FrameworkVersion) -> VersionDifference:
    """What differs from `older` to `newer`; without an older version everything is new."""
    return _compare([(older, newer)])[0]


def list_changes(*, limit: int) -> list[VersionDifference]:
    """For each of the newest `limit` fixed versions what differs from the one before it, newest first."""
    found = FrameworkVersion.objects.filter(status__in=FIXED).order_by("-number")[: limit + 1]
    versions: list[FrameworkVersion | None] = list(found)
    if len(versions) <= limit:
        versions.append(None)
    return _compare([(older, newer) for newer, older in pairwise(versions) if newer is not None])


def _seen(with_draft: bool) -> tuple[str, ...]:
    """The states of versions that a reader sees; nobody sees a discarded draft."""
    return (*FIXED, VersionStatus.DRAFT) if with_draft else FIXED


def _by_effect(name: str, rows: Iterable[NeedChange | UnitChange]) -> dict[str, int]:
    found = Counter("added" if row.before is None else "removed" if row.after is None else "changed" for row in rows)
    return {f"{name}_{effect}": found[effect] for effect in ("added", "removed", "changed")}


def _count(model: type[Any], column: str) -> Coalesce:
    """How many different values of a column the rows of a version have; a join of all tables would multiply them."""
    rows = model._default_manager.filter(version=OuterRef("pk")).order_by().values("version")
    return Coalesce(Subquery(rows.annotate(count=Count(column, distinct=True)).values("count")), 0)


_Key = tuple[Any, ...]


class _Contents:
    """What one version says, by row numbers."""

    def __init__(self) -> None:
        self.needs: dict[tuple[int, int], tuple[Need, _Key]] = {}
        self.anchors: dict[tuple[int, int], dict[str, str]] = {}
        self.units: dict[tuple[int, str], tuple[str, dict[str, str], int | None]] = {}

    @property
    def roles(self) -> set[int]:
        return {role for role, _ in self.needs}

    @property
    def skills(self) -> set[int]:
        stated = {skill for _, skill in self.needs} | {skill for skill, _ in self.anchors}
        return stated | {skill for _, _, skill in self.units.values() if skill is not None}


def _read(versions: Iterable[FrameworkVersion]) -> dict[int, _Contents]:
    """The contents of several versions in three queries."""
    contents = {version.pk: _Contents() for version in versions}
    columns = ("version", "role", "skill", "level", "essential", "weight")
    sources = ("source", "source_url", "source_on", "confidence", "quote")
    needs = Requirement.objects.filter(version__in=contents).order_by().values_list(*columns, *sources)
    for version, role, skill, level, essential, weight, *source in needs:
        need = Need(level=level, essential=essential, weight=weight)
        contents[version].needs[role, skill] = need, tuple(source)
    anchors = Anchor.objects.filter(version__in=contents).order_by().values_list("version", "skill", "level", "texts")
    for version, skill, level, texts in anchors:
        contents[version].anchors[skill, level] = texts
    lines = UnitEntry.objects.filter(version__in=contents).order_by()
    for version, role, code, depth, titles, skill in lines.values_list(
        "version", "role", "code", "depth", "titles", "skill"
    ):
        contents[version].units[role, code] = depth, titles, skill
    return contents


def _compare(pairs: Sequence[tuple[FrameworkVersion | None, FrameworkVersion]]) -> list[VersionDifference]:
    contents = _read({version.pk: version for pair in pairs for version in pair if version is not None}.values())
    roles = {role.pk: role for role in JobRole.objects.only("uid", "slug", "titles", "retired_at").order_by("slug")}
    skills = {skill.pk: skill for skill in Skill.objects.only("uid", "slug", "titles").order_by("slug")}
    naming = _Naming(roles=roles, skills=skills)
    return [
        naming.difference(older, newer, contents[older.pk] if older else _Contents(), contents[newer.pk])
        for older, newer in pairs
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Naming:
    """Roles and skills by row number, in the order in which they are told."""

    roles: dict[int, JobRole]
    skills: dict[int, Skill]

    def difference(
        self, older: FrameworkVersion | None, newer: FrameworkVersion, was: _Contents, now: _Contents
    ) -> VersionDifference:
        same = [key for key, (need, _) in now.needs.items() if key in was.needs and was.needs[key][0] == need]
        return VersionDifference(
            older=older,
            newer=newer,
            roles_added=tuple(role for pk, role in self.roles.items() if pk in now.roles - was.roles),
            roles_removed=tuple(role for pk, role in self.roles.items() if pk in was.roles - now.roles),
            skills_added=tuple(skill for pk, skill in self.skills.items() if pk in now.skills - was.skills),
            skills_removed=tuple(skill for pk, skill in self.skills.items() if pk in was.skills - now.skills),
            needs=self._needs(was, now),
            anchors=self._anchors(was, now),
            units=self._units(was, now),
            resourced=sum(was.needs[key][1] != now.needs[key][1] for key in same),
        )

    def _needs(self, was: _Contents, now: _Contents) -> tuple[NeedChange, ...]:
        rows = []
        for role, skill in was.needs.keys() | now.needs.keys():
            before, after = (held.needs.get((role, skill), (None, ()))[0] for held in (was, now))
            if before != after:
                rows.append(NeedChange(role=self.roles[role], skill=self.skills[skill], before=before, after=after))
        return tuple(sorted(rows, key=lambda row: (row.role.slug, row.skill.slug)))

    def _anchors(self, was: _Contents, now: _Contents) -> tuple[AnchorChange, ...]:
        rows = []
        for skill, level in was.anchors.keys() | now.anchors.keys():
            before, after = (held.anchors.get((skill, level), {}) for held in (was, now))
            rows += [
                AnchorChange(
                    skill=self.skills[skill],
                    level=level,
                    language=language,
                    before=before.get(language, ""),
                    after=after.get(language, ""),
                )
                for language in before.keys() | after.keys()
                if before.get(language, "") != after.get(language, "")
            ]
        return tuple(sorted(rows, key=lambda row: (row.skill.slug, row.level, row.language)))

    def _units(self, was: _Contents, now: _Contents) -> tuple[UnitChange, ...]:
        changed = [key for key in was.units.keys() | now.units.keys() if was.units.get(key) != now.units.get(key)]
        rows = [
            UnitChange(
                role=self.roles[role],
                code=code,
                before=self._line(was.units.get((role, code))),
                after=self._line(now.units.get((role, code))),
            )
            for role, code in changed
        ]
        return tuple(sorted(rows, key=lambda row: (row.role.slug, row.code)))

    def _line(self, stored: tuple[str, dict[str, str], int | None] | None) -> UnitLine | None:
        if stored is None:
            return None
        depth, titles, skill = stored
        return UnitLine(depth=depth, titles=titles, skill=self.skills[skill] if skill is not None else None)

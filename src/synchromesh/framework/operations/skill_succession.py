"""Retire a skill in favour of one or several others, and publish a version that speaks of those instead.

With one successor the former address leads to it; with several the former page stays and names them. Older versions
keep the retired skill: a published version never changes (docs/glossary.md, "Framework version").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.framework.models import Address, EscoLink, EscoRejection, Skill
from synchromesh.framework.operations.matching_records import KnownFramework
from synchromesh.framework.operations.version_writing import UNCONFIRMED, FrameworkWriter, publish_version
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.concepts import find_draft, find_published_version
from synchromesh.plumbing import audit
from synchromesh.plumbing.imports import FieldChange, PlannedRow
from synchromesh.plumbing.record_changes import ChangeLog
from synchromesh.plumbing.sources import stated_by_hand

Levels = Mapping[str, int]
# A part is narrower than the whole, so that what was the same as the whole is broader than the part.
_MATCH_OF_A_PART = {"exact": "broad", "close": "broad", "narrow": "related"}
# Nobody has checked whether the joined skill is still the same as the concept.
_MATCH_OF_THE_JOINED = {"exact": "close"}
_LONGEST_SLUG = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """One skill gives way to its successors.

    `roles` and `courses` say, by slug, which successors take over there and at which level (1 to 3); whoever is not
    named takes all successors at the level of the retired skill. `units` says by code which successor a line of a skill
    card belongs to; without it the first one.
    """

    retired: Skill
    successors: tuple[Skill, ...]
    roles: Mapping[str, Levels] = field(default_factory=dict)
    courses: Mapping[str, Levels] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_split(self) -> bool:
        return len(self.successors) > 1

    def levels(self, stated: Levels | None, level: int) -> list[tuple[Skill, int]]:
        """Each successor that takes over, with its level: as stated, else all at `level`."""
        if stated is None:
            return [(skill, level) for skill in self.successors]
        return [(skill, stated[skill.slug]) for skill in self.successors if skill.slug in stated]

    def successor_of_unit(self, code: str) -> Skill:
        """The one successor that a line of a skill card belongs to."""
        wanted = self.units.get(code)
        return next((skill for skill in self.successors if skill.slug == wanted), self.successors[0])

    def names(self) -> str:
        """The slugs of the successors, for a person to read."""
        return "; ".join(skill.slug for skill in self.successors)


def planned(kind: str, label: str, field_name: str, before: object, after: object) -> PlannedRow:
    """One line of a preview: what stood there and what will stand there."""
    change = FieldChange(field=field_name, before=str(before), after=str(after))
    return PlannedRow(position=kind, label=label, effect="changed", changes=(change,))


def publish_successions(
    *, by: audit.Actor, log: ChangeLog, successions: Sequence[Succession], note: str
) -> list[PlannedRow]:
    """Publish a version in which the successors stand for the retired skills; says what differs from the version now.

    Where a role needs the retired skill and a successor, the higher level counts. Does nothing while there is no
    version at all. Raises NotAllowed, and Conflict while a draft waits that may name the retired skill.
    """
    require(may_edit_framework(by), "Only alliance staff can change the framework.")
    current = find_published_version()
    if current is None and find_draft() is None:
        return []
    known = KnownFramework(source="", version=current)
    writer = FrameworkWriter(log=log, known=known, source="", origin="")
    slugs = {role.pk: role.slug for role in known.roles.values()}
    rows: list[PlannedRow] = []
    for succession in successions:
        rows += _replace_requirements(writer.requirements, succession, slugs, by=by)
        rows += _replace_anchors(writer.anchors, succession)
        rows += _replace_units(writer.units, succession)
    publish_version(log, current=current, writer=writer, note=note[:300])
    return rows


def _replace_requirements(
    requirements: dict[tuple[int, int], dict[str, Any]],
    succession: Succession,
    slugs: Mapping[int, str],
    *,
    by: audit.Actor,
) -> Iterator[PlannedRow]:
    for role_id, skill_id in sorted(key for key in requirements if key[1] == succession.retired.pk):
        old = requirements.pop((role_id, skill_id))
        after = []
        for skill, level in succession.levels(succession.roles.get(slugs[role_id]), old["level"]):
            by_hand = stated_by_hand(by.public_id) if level != old["level"] else {}
            taken = old | {"level": level} | by_hand
            requirements[role_id, skill.pk] = _stronger(requirements.get((role_id, skill.pk)), taken)
            after.append(f"{skill.slug} {requirements[role_id, skill.pk]['level']}")
        before = f"{succession.retired.slug} {old['level']}"
        yield planned("role", slugs[role_id], "requirement", before, "; ".join(after))


def _stronger(own: dict[str, Any] | None, taken: dict[str, Any]) -> dict[str, Any]:
    """The higher of two requirements, essential if one of them is, with the greater weight."""
    if own is None:
        return taken
    higher = own if own["level"] >= taken["level"] else taken
    essential, weight = own["essential"] or taken["essential"], max(own["weight"], taken["weight"])
    return higher | {"essential": essential, "weight": weight}


def _replace_anchors(anchors: dict[tuple[int, int], dict[str, str]], succession: Succession) -> Iterator[PlannedRow]:
    """A successor takes over the text of each level that it does not describe itself; two texts are never mixed."""
    for skill_id, level in sorted(key for key in anchors if key[0] == succession.retired.pk):
        texts = anchors.pop((skill_id, level))
        taken = [skill for skill in succession.successors if not anchors.get((skill.pk, level))]
        for skill in taken:
            anchors[skill.pk, level] = dict(texts)
        after = "; ".join(skill.slug for skill in taken) or "none: described already"
        yield planned("anchor", f"level {level}", "skill", succession.retired.slug, after)


def _replace_units(units: dict[tuple[int, str], dict[str, Any]], succession: Succession) -> Iterator[PlannedRow]:
    for (_, code), values in sorted(units.items()):
        if values["skill_id"] == succession.retired.pk:
            successor = succession.successor_of_unit(code)
            values["skill_id"] = successor.pk
            yield planned("unit entry", code, "skill", succession.retired.slug, successor.slug)


def retire_skill(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Mark the skill as retired, name its successors and hand its former addresses on. Raises NotAllowed."""
    require(may_edit_framework(by), "Only alliance staff can change the framework.")
    retired, former_slug = succession.retired, succession.retired.slug
    link = Skill.successors.through
    for skill in succession.successors:
        log.create(link(from_skill=retired, to_skill=skill))
    if succession.is_split:
        log.change(retired, retired_at=timezone.now())
    else:
        log.change(retired, retired_at=timezone.now(), slug=_free_slug(former_slug))
        _hand_on_addresses(log, retired=retired, former_slug=former_slug, successor=succession.successors[0])
    successors = [str(skill.uid) for skill in succession.successors]
    audit.record(by=by, action="retire_skill", kind="skill", uid=retired.uid, successors=successors)
    return [planned("skill", former_slug, "successors", "in force", succession.names())]


def _free_slug(former: str) -> str:
    """A slug under which the retired skill can still be looked at."""
    number, taken = 1, set(Skill.objects.filter(slug__contains="-retired").values_list("slug", flat=True))
    taken |= set(Address.objects.filter(kind="skill").values_list("slug", flat=True))
    while True:
        end = "-retired" if number == 1 else f"-retired-{number}"
        slug = former[: _LONGEST_SLUG - len(end)] + end
        if slug not in taken:
            return slug
        number += 1


def _hand_on_addresses(log: ChangeLog, *, retired: Skill, former_slug: str, successor: Skill) -> None:
    for address in Address.objects.filter(kind="skill", uid=retired.uid).order_by("slug"):
        log.change(address, uid=successor.uid)
    taken = Address.objects.filter(kind="skill", slug=former_slug).first()
    if taken is None:
        log.create(Address(kind="skill", slug=former_slug, uid=successor.uid))
    else:
        log.change(taken, uid=successor.uid)


def move_skill_references(*, by: audit.Actor, log: ChangeLog, succession: Succession) -> list[PlannedRow]:
    """Move what refers to the skill in every version: ESCO links, rejections, fields and the skills it succeeded.

    Fields are added to the successor of a merge; the parts of a split may belong to other fields each, so staff decide.
    Raises NotAllowed.
    """
    require(may_edit_framework(by), "Only alliance staff can change the framework.")
    _move_predecessors(log, succession)
    rows = list(_move_esco_links(log, succession))
    _move_esco_rejections(log, succession)
    return rows if succession.is_split else [*rows, *_add_topics(log, succession)]


def _move_predecessors(log: ChangeLog, succession: Succession) -> None:
    link = Skill.successors.through
    for row in link.objects.filter(to_skill=succession.retired).order_by("pk"):
        named = set(link.objects.filter(from_skill=row.from_skill_id).values_list("to_skill", flat=True))
        for skill in succession.successors:
            if skill.pk not in named:
                log.create(link(from_skill_id=row.from_skill_id, to_skill=skill))
        log.delete(row)


def _move_esco_links(log: ChangeLog, succession: Succession) -> Iterator[PlannedRow]:
    matches = _MATCH_OF_A_PART if succession.is_split else _MATCH_OF_THE_JOINED
    for link in EscoLink.objects.filter(skill=succession.retired).order_by("pk"):
        own = set(
            EscoLink.objects.filter(uri=link.uri, skill__in=succession.successors).values_list("skill", flat=True)
        )
        taking, before = [skill for skill in succession.successors if skill.pk not in own], str(link)
        match = matches.get(link.match, link.match)
        # What was confirmed is not what is said now.
        changed = {"match": match} | (UNCONFIRMED if match != link.match else {})
        for skill in taking[1:]:
            log.copy(link, skill=skill, **changed)
        if taking:
            log.repoint(link, skill=taking[0], **changed)
        else:
            log.delete(link)
        yield planned("ESCO link", before, "skill", succession.retired.slug, _esco_words(taking, match))


def _move_esco_rejections(log: ChangeLog, succession: Succession) -> None:
    """What did not fit the whole is not proposed for its parts or for the joined skill, unless that is linked to it."""
    for rejection in EscoRejection.objects.filter(skill=succession.retired).order_by("pk"):
        settled = {
            skill
            for model in (EscoLink, EscoRejection)
            for skill in model._default_manager.filter(uri=rejection.uri, skill__in=succession.successors).values_list(
                "skill", flat=True
            )
        }
        taking = [skill for skill in succession.successors if skill.pk not in settled]
        for skill in taking[1:]:
            log.copy(rejection, skill=skill)
        if taking:
            log.repoint(rejection, skill=taking[0])
        else:
            log.delete(rejection)


def _esco_words(taking: Iterable[Skill], match: str) -> str:
    return "; ".join(f"{skill.slug} ({match})" for skill in taking) or "none: linked already"


def _add_topics(log: ChangeLog, succession: Succession) -> Iterator[PlannedRow]:
    link, (successor,) = Skill.topics.through, succession.successors
    have = set(link.objects.filter(skill=successor).values_list("topic", flat=True))
    for row in link.objects.filter(skill=succession.retired).exclude(topic__in=have).select_related("topic"):
        log.create(link(skill=successor, topic=row.topic))
        yield planned("field", row.topic.slug, "skill", succession.retired.slug, successor.slug)

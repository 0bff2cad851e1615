"""Read a request to split or merge skills, and refuse what cannot be meant. Writes nothing.

A request is JSON:

    {"merge": {"from": ["weld-steel", "weld-aluminium"], "into": "weld-metal"}}
    {"split": {"from": "high-voltage", "into": ["isolate-hv", "use-hv-ppe"]}}

A split may also hold `roles` and `courses` ({slug: {successor: level}}) and `units` ({code: successor}); what it does
not name goes to all successors at the level it had, and a line of a skill card to the first one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from synchromesh.catalogue.models import CourseSkill
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.framework.models import Requirement, Skill, UnitEntry, VersionStatus
from synchromesh.framework.operations.skill_succession import Succession
from synchromesh.framework.queries.concepts import get_skill

_KEYS = {"merge": {"from", "into"}, "split": {"from", "into", "roles", "courses", "units"}}


def read_successions(content: bytes) -> list[Succession]:
    """The successions that a request asks for, in its order.

    Raises InvalidInput for a request that cannot be understood, NotFound for a name that nobody has, Conflict for a
    skill that is retired already.
    """
    kind, stated = _read(content)
    if kind == "merge":
        sources, into = _texts(stated.get("from"), "from"), _text(stated.get("into"), "into")
        successor = _skill(into, "into")
        return [Succession(retired=skill, successors=(successor,)) for skill in _distinct(sources, "from", {successor})]
    retired = _skill(_text(stated.get("from"), "from"), "from")
    successors = _distinct(_texts(stated.get("into"), "into"), "into", {retired})
    if len(successors) < 2:
        raise InvalidInput("A skill is split into two or more. To replace it by one, merge it into that.", field="into")
    slugs = {skill.slug for skill in successors}
    succession = Succession(
        retired=retired,
        successors=tuple(successors),
        roles=_levels(stated.get("roles"), "roles", slugs),
        courses=_levels(stated.get("courses"), "courses", slugs),
        units=_units(stated.get("units"), slugs),
    )
    _check_names(succession)
    return [succession]


def _read(content: bytes) -> tuple[str, Mapping[str, Any]]:
    try:
        request = json.loads(content)
    except (ValueError, RecursionError):
        raise InvalidInput("The request is no JSON.", field="request") from None
    if not isinstance(request, dict) or len(request) != 1 or not request.keys() <= _KEYS.keys():
        raise InvalidInput("A request is an object with one key, 'merge' or 'split'.", field="request")
    ((kind, stated),) = request.items()
    if not isinstance(stated, dict) or not stated.keys() <= _KEYS[kind]:
        raise InvalidInput(f"'{kind}' holds an object with {', '.join(sorted(_KEYS[kind]))}.", field=kind)
    return kind, stated


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise InvalidInput(f"'{name}' needs the slug of a skill.", field=name)
    return value


def _texts(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or not value:
        raise InvalidInput(f"'{name}' needs a list of slugs of skills.", field=name)
    return [_text(item, name) for item in value]


def _skill(slug: str, name: str) -> Skill:
    try:
        skill = get_skill(slug)
    except NotFound as error:
        raise NotFound(error.message, field=name) from None
    if skill.retired_at is not None:
        raise Conflict(f"The skill '{slug}' is retired already.", field=name)
    if slug not in {skill.slug, str(skill.uid)}:  # else a commit could reach another skill than its preview
        raise Conflict(f"The skill '{slug}' has become '{skill.slug}'. Name that if you mean it.", field=name)
    return skill


def _distinct(slugs: list[str], name: str, others: set[Skill]) -> list[Skill]:
    skills = [_skill(slug, name) for slug in slugs]
    if len(set(skills) | others) != len(skills) + len(others):
        raise InvalidInput("A skill is named twice. A skill cannot take the place of itself.", field=name)
    return skills


def _levels(value: Any, name: str, slugs: set[str]) -> dict[str, dict[str, int]]:
    """Levels by successor by role or course. JSON's true and false are no levels, though Python counts them as 1, 0."""
    found = value if value is not None else {}
    if not isinstance(found, dict) or not all(isinstance(levels, dict) and levels for levels in found.values()):
        raise InvalidInput(f'\'{name}\' holds levels by successor, such as {{"slug": {{"part": 2}}}}.', field=name)
    for levels in found.values():
        if not levels.keys() <= slugs:
            raise InvalidInput(f"'{name}' names a skill that the split does not lead to.", field=name)
        if not all(type(level) is int and 1 <= level <= 3 for level in levels.values()):
            raise InvalidInput(f"'{name}' needs levels from 1 to 3.", field=name)
    return found


def _units(value: Any, slugs: set[str]) -> dict[str, str]:
    found = value if value is not None else {}
    if not isinstance(found, dict) or not all(isinstance(slug, str) and slug in slugs for slug in found.values()):
        raise InvalidInput("'units' names one successor for each code of a skill card.", field="units")
    return found


def _check_names(succession: Succession) -> None:
    """A misspelt name would silently leave the role, course or line with all successors."""
    published = {"skill": succession.retired, "version__status": VersionStatus.PUBLISHED}
    stored = {
        "roles": Requirement.objects.filter(**published).values_list("role__slug", flat=True),
        "courses": CourseSkill.objects.filter(skill=succession.retired).values_list("course__slug", flat=True),
        "units": UnitEntry.objects.filter(**published).values_list("code", flat=True),
    }
    for name, names in stored.items():
        unknown = sorted(getattr(succession, name).keys() - set(names))
        if unknown:
            message = f"'{unknown[0]}' has nothing to do with the skill '{succession.retired.slug}'."
            raise NotFound(message, field=name)

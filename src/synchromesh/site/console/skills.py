"""Commands that split and merge skills: a preview unless `--commit` is given, and the way back."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from synchromesh.engine.errors import InvalidInput
from synchromesh.plumbing import imports
from synchromesh.plumbing.audit import Actor
from synchromesh.site import skill_changes
from synchromesh.site.console.content import batch_answer


def skill_merge(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Merge skills into one."""
    return _change({"merge": {"from": arguments.skills, "into": arguments.into}}, arguments, by=by)


def skill_split(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Split a skill into several."""
    stated = {
        "from": arguments.skill,
        "into": arguments.into,
        "roles": _levels(arguments.role, "role"),
        "courses": _levels(arguments.course, "course"),
        "units": dict(_pair(text, "unit") for text in arguments.unit),
    }
    return _change({"split": {name: value for name, value in stated.items() if value}}, arguments, by=by)


def skill_undo(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Undo a split or merge."""
    batch = imports.find_batch(kind=skill_changes.SkillChangeImporter.kind, uid=arguments.batch)
    return batch_answer(skill_changes.undo_skill_change(by=by, batch=batch))


def _change(request: Mapping[str, Any], arguments: argparse.Namespace, *, by: Actor) -> dict[str, Any]:
    batch, plan = skill_changes.preview_skill_change(by=by, request=request)
    touched = skill_changes.count_touched(request)
    if arguments.commit:
        batch = skill_changes.commit_skill_change(by=by, batch=batch)
    return {
        "batch": str(batch.uid),
        "status": batch.status,
        "touched": touched,
        "rows": [asdict(row) for row in plan.rows],
    }


def _levels(texts: list[str], name: str) -> dict[str, dict[str, int]]:
    """`technician:isolate-hv=2` as levels by successor by role or course."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for text in texts:
        place, level = _pair(text, name)
        owner, colon, skill = place.partition(":")
        if not colon or not level.isdecimal():
            raise InvalidInput(f"Write --{name} as SLUG:SKILL=LEVEL, not '{text}'.", field=name)
        found[owner][skill] = int(level)
    return dict(found)


def _pair(text: str, name: str) -> tuple[str, str]:
    before, equals, after = text.rpartition("=")
    if not (before and equals and after):
        raise InvalidInput(f"'{text}' lacks a name or what stands after '='.", field=name)
    return before, after

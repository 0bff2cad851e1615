"""Commands about versions of the framework: list, compare, ask for publication and publish."""

from __future__ import annotations

import argparse
from typing import Any

from synchromesh.framework.models import FrameworkVersion
from synchromesh.framework.operations.publishing import publish_draft, request_publication, withdraw_request
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.framework.queries.versions import (
    Need,
    UnitLine,
    VersionDifference,
    VersionEntry,
    compare_versions,
    get_version,
    list_versions,
)
from synchromesh.plumbing.audit import Actor


def framework_versions(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """All versions with their counts, newest first; the draft for those who may edit it."""
    del arguments
    return {"versions": [_entry(entry) for entry in list_versions(with_draft=may_edit_framework(by))]}


def framework_difference(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """What differs between two versions."""
    with_draft = may_edit_framework(by)
    older = get_version(arguments.older, with_draft=with_draft)
    newer = get_version(arguments.newer, with_draft=with_draft)
    return _difference(compare_versions(older, newer))


def framework_request(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Ask that the draft be published, or take that back."""
    return _version(withdraw_request(by=by) if arguments.withdraw else request_publication(by=by))


def framework_publish(arguments: argparse.Namespace, *, by: Actor) -> Any:
    """Publish the draft."""
    del arguments
    return _version(publish_draft(by=by))


def _version(version: FrameworkVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "status": version.status,
        "note": version.note,
        "created_at": version.created_at,
        "published_at": version.published_at,
        "requested_by": version.requested_by or None,
        "requested_at": version.requested_at,
    }


def _entry(entry: VersionEntry) -> dict[str, Any]:
    names = ("roles", "skills", "requirements", "anchors", "units")
    answer = {**_version(entry.version), "counts": {name: getattr(entry, name) for name in names}}
    del answer["requested_by"]  # names a person; told only to those who act on the draft
    return answer


def _difference(found: VersionDifference) -> dict[str, Any]:
    return {
        "older": found.older.number if found.older else None,
        "newer": found.newer.number,
        "counts": found.counts,
        "roles": {"added": _slugs(found.roles_added), "removed": _slugs(found.roles_removed)},
        "skills": {"added": _slugs(found.skills_added), "removed": _slugs(found.skills_removed)},
        "requirements": [
            {"role": row.role.slug, "skill": row.skill.slug, "before": _need(row.before), "after": _need(row.after)}
            for row in found.needs
        ],
        "anchors": [
            {"skill": row.skill.slug, "level": row.level, "language": row.language}
            | {"before": row.before, "after": row.after}
            for row in found.anchors
        ],
        "units": [
            {"role": row.role.slug, "code": row.code, "before": _line(row.before), "after": _line(row.after)}
            for row in found.units
        ],
    }


def _slugs(records: Any) -> list[str]:
    return [record.slug for record in records]


def _need(need: Need | None) -> dict[str, Any] | None:
    return {"level": need.level, "essential": need.essential, "weight": need.weight} if need else None


def _line(line: UnitLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"depth": line.depth, "labels": line.titles, "skill": line.skill.slug if line.skill else None}

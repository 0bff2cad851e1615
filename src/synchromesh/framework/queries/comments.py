"""Read what people say about a draft. Only those who may edit the framework see it."""

from __future__ import annotations

from synchromesh.framework.models import FrameworkVersion, JobRole, Skill, VersionComment
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.plumbing.audit import Actor


def list_comments(
    version: FrameworkVersion, *, visible_to: Actor, about: Skill | JobRole | None = None
) -> list[VersionComment]:
    """The comments on a version, or on one skill or role in it: open ones first, then in the order of writing."""
    if not may_edit_framework(visible_to):
        return []
    found = VersionComment.objects.filter(version=version)
    if about is not None:
        found = found.filter(subject="skill" if isinstance(about, Skill) else "role", subject_uid=about.uid)
    rows = list(found.order_by("written_at", "pk"))
    return [row for row in rows if row.resolved_at is None] + [row for row in rows if row.resolved_at is not None]


def count_open_comments(version: FrameworkVersion, *, visible_to: Actor) -> int:
    """How many comments on a version nobody has settled yet."""
    if not may_edit_framework(visible_to):
        return 0
    return VersionComment.objects.filter(version=version, resolved_at=None).count()

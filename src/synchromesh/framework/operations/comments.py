"""Talk about a draft: write a comment on it or on a skill or role in it, and mark one as settled."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.framework.models import CommentSubject, JobRole, Skill, VersionComment
from synchromesh.framework.operations.version_writing import lock_draft
from synchromesh.framework.permissions import may_edit_framework
from synchromesh.plumbing import audit

LONGEST_COMMENT = 4000  # characters
_STAFF_ONLY = "Only alliance staff can comment on a draft of the framework."


def add_comment(*, by: audit.Actor, text: str, about: Skill | JobRole | None = None) -> VersionComment:
    """Write a comment on the draft as a whole, or on a skill or a role in it.

    A comment changes nothing that is said in the draft: a request to publish stands. Raises NotFound without a draft,
    InvalidInput for an empty text or one of more than 4000 characters.
    """
    require(may_edit_framework(by), _STAFF_ONLY)
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise InvalidInput("Write something first.", field="text")
    if len(words) > LONGEST_COMMENT or "\0" in words:
        raise InvalidInput(f"Use at most {LONGEST_COMMENT} characters.", field="text")
    with transaction.atomic():
        comment = VersionComment.objects.create(
            version=lock_draft(),
            subject=_kind_of(about),
            subject_uid=about.uid if about is not None else None,
            text=words,
            written_by=by.public_id,
        )
        audit.record(
            by=by, action="add_comment", kind="version_comment", uid=comment.uid, number=comment.version.number
        )
    return comment


def resolve_comment(*, by: audit.Actor, uid: UUID | str) -> VersionComment:
    """Mark a comment as settled; one that is settled stays as it is. Raises NotFound."""
    require(may_edit_framework(by), _STAFF_ONLY)
    with transaction.atomic():
        comment = VersionComment.objects.select_for_update().filter(uid=_uid(uid)).first()
        if comment is None:
            raise NotFound("There is no such comment.")
        if comment.resolved_at is None:
            comment.resolved_by, comment.resolved_at = by.public_id, timezone.now()
            comment.save(update_fields=["resolved_by", "resolved_at"])
            audit.record(by=by, action="resolve_comment", kind="version_comment", uid=comment.uid)
    return comment


def _kind_of(about: Skill | JobRole | None) -> CommentSubject:
    if about is None:
        return CommentSubject.DRAFT
    return CommentSubject.SKILL if isinstance(about, Skill) else CommentSubject.ROLE


def _uid(text: UUID | str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("There is no such comment.") from None

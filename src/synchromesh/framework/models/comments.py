"""What people say about a draft while it is prepared: about the whole of it, a skill or a job role."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.framework.models.versions import FrameworkVersion


class CommentSubject(models.TextChoices):
    """What a comment is about."""

    DRAFT = "draft", "The draft as a whole"
    SKILL = "skill", "A skill"
    ROLE = "role", "A job role"


class VersionComment(models.Model):
    """A remark on a version. Whoever wrote and settled it is kept as text, like the actor of the audit trail.

    The skill or role is named by its uid and not by a foreign key: the discussion of a version stays what it was when
    a skill is split or merged later. A version that somebody has commented on cannot vanish (PROTECT): a draft is
    discarded instead, which keeps it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="comments")
    subject = models.CharField(max_length=5, choices=CommentSubject.choices)
    subject_uid = models.UUIDField(null=True, blank=True)
    text = models.TextField()
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.CharField(max_length=40, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version", "written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject="draft", subject_uid=None)
                | models.Q(subject__in=["skill", "role"], subject_uid__isnull=False),
                name="version_comment_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(resolved_by="", resolved_at=None)
                | (~models.Q(resolved_by="") & models.Q(resolved_at__isnull=False)),
                name="version_comment_resolved_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["version", "subject", "subject_uid"], name="version_comment_of_subject")]

    def __str__(self) -> str:
        return f"comment of {self.written_at:%Y-%m-%d} on version {self.version_id}"

"""What a version fixes: which level of which skill a role needs, and what a level looks like."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.framework.models.concepts import JobRole, Skill
from synchromesh.plumbing.sources import SourcedLink
from synchromesh.plumbing.translated_text import TranslatedField

_LEVEL = models.Q(level__gte=1, level__lte=3)


class VersionStatus(models.TextChoices):
    """A published version never changes; a newer one retires it."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class FrameworkVersion(models.Model):
    """One state of the framework as a whole."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="published"), name="one_published_framework_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} ({self.status})"


class Anchor(models.Model):
    """What a person at this level of this skill can be seen to do."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="anchors")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    texts = TranslatedField()

    class Meta:
        ordering = ["version", "skill", "level"]
        constraints = [
            models.CheckConstraint(condition=_LEVEL, name="anchor_level_1_to_3"),
            models.UniqueConstraint(fields=["version", "skill", "level"], name="anchor_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} level {self.level}"


class Requirement(SourcedLink):
    """A role needs a skill at a level; the link says who states it and how sure that is."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="requirements")
    role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="requirements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField()
    essential = models.BooleanField(default=True)
    weight = models.PositiveSmallIntegerField(default=3)

    class Meta:
        ordering = ["version", "role", "-essential", "-weight", "skill"]
        constraints = [
            models.CheckConstraint(condition=_LEVEL, name="requirement_level_1_to_3"),
            models.CheckConstraint(condition=models.Q(weight__gte=1, weight__lte=5), name="requirement_weight_1_to_5"),
            models.UniqueConstraint(fields=["version", "role", "skill"], name="requirement_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} needs {self.skill_id} at {self.level}"

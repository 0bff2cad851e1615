"""What a version fixes: which level of which skill a role needs, and what a level looks like."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from synchromesh.engine.errors import Conflict
from synchromesh.framework.models.concepts import JobRole, Skill
from synchromesh.plumbing.sources import SourcedLink
from synchromesh.plumbing.translated_text import TranslatedField

_LEVEL = models.Q(level__gte=1, level__lte=3)


class VersionStatus(models.TextChoices):
    """A draft may change, a published version never does; a newer one retires it.

    A discarded draft is seen by nobody and kept only so that discarding can be undone.
    """

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"
    DISCARDED = "discarded", "Discarded"


FIXED = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)


class FrameworkVersion(models.Model):
    """One state of the framework as a whole. `requested_by` is the public id of who asked to publish a draft.

    `revision` counts the imports and edits that wrote to it: an earlier one cannot be undone under a later one.
    `based_on` is the version that a draft was started from, None where nothing was published then: a draft takes over
    everything that version said, so it is published over that version alone. A discarded draft lets go of it, so that
    it keeps no version from being undone.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    requested_by = models.CharField(max_length=40, blank=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="published"), name="one_published_framework_version"
            ),
            models.UniqueConstraint(
                fields=["status"], condition=models.Q(status="draft"), name="one_draft_framework_version"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} ({self.status})"

    def why_in_use(self) -> str:
        """What keeps the version from going with the import that brought it (see plumbing.record_changes), or ""."""
        started = self.drafts.filter(status=VersionStatus.DRAFT).exists()
        return "A draft was started from it; discard the draft first." if started else ""


class PartsOfVersions(models.QuerySet[Any]):
    """Rows of versions; those of a published or retired version are neither changed nor deleted."""

    def update(self, **values: Any) -> int:
        """Raises Conflict when a row belongs to a fixed version."""
        self._refuse_fixed()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Raises Conflict when a row belongs to a fixed version."""
        self._refuse_fixed()
        return super().delete()

    def _refuse_fixed(self) -> None:
        if self.filter(version__status__in=FIXED).exists():
            raise Conflict("A published version of the framework never changes. Import a new version.")


class PartOfVersion(models.Model):
    """A row that belongs to a version, comes with it and goes with it.

    The rule that a fixed version keeps its rows stands here and not in a trigger, so that it is the same on every
    database. Deleting a whole version, which only the undo of its import does, takes its rows along.
    """

    goes_with_its_whole = True  # see plumbing.record_changes

    objects = PartsOfVersions.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Raises Conflict for a stored row of a fixed version."""
        self._refuse_fixed()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Raises Conflict for a row of a fixed version."""
        self._refuse_fixed()
        return super().delete(*args, **options)

    def _refuse_fixed(self) -> None:
        if not self._state.adding:
            type(self).objects.filter(pk=self.pk)._refuse_fixed()


class Anchor(PartOfVersion):
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


class Requirement(PartOfVersion, SourcedLink):
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


class UnitDepth(models.TextChoices):
    """The three depths of a skill card: a unit holds elements, an element holds performance criteria."""

    UNIT = "unit", "Unit"
    ELEMENT = "element", "Element"
    CRITERION = "criterion", "Performance criterion"


class UnitEntry(PartOfVersion, SourcedLink):
    """One line of a role's skill card, with its code (such as CYBERENGI.U3.E4.PC2) and the skill it belongs to."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="units")
    role = models.ForeignKey(JobRole, on_delete=models.PROTECT, related_name="units")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="units")
    code = models.CharField(max_length=60)
    depth = models.CharField(max_length=10, choices=UnitDepth.choices)
    titles = TranslatedField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "role", "position"]
        verbose_name_plural = "unit entries"
        constraints = [models.UniqueConstraint(fields=["version", "role", "code"], name="unit_code_unique")]

    def __str__(self) -> str:
        return self.code

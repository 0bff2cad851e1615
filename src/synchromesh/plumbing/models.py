"""Records of mechanisms: what was done by whom (audit) and what a file would change and changed (import batches)."""

from __future__ import annotations

import uuid

from django.db import models


class AuditEvent(models.Model):
    """One change of a record. The actor is kept as text, so that it survives the deletion of a person."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    target_kind = models.CharField(max_length=40)
    target_uid = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["target_kind", "target_uid"]), models.Index(fields=["actor"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action} {self.target_kind} {self.target_uid}"


class BatchStatus(models.TextChoices):
    """The life of an import: nothing is written before `committed`, and `undone` puts everything back."""

    PREVIEWED = "previewed", "Previewed"
    COMMITTED = "committed", "Committed"
    UNDONE = "undone", "Undone"


class ImportBatch(models.Model):
    """One file that was previewed and perhaps committed; the file itself lies on disk (`import_files`) until then.

    `rows` and `problems` are those that the preview showed, as JSON; `problem_count` says how many problems there were.
    """

    LARGE_COLUMNS = ("rows", "problems")  # what a list of imports does not read

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    actor = models.CharField(max_length=40)
    options = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=BatchStatus.choices, default=BatchStatus.PREVIEWED)
    previewed_at = models.DateTimeField(auto_now_add=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-previewed_at", "-id"]
        indexes = [models.Index(fields=["kind", "source"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.status})"


class ImportedChange(models.Model):
    """One record that a committed batch created or changed, with its columns before and after.

    `after` is only compared, so that it holds the digests of long values in their place.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="imported_change_position_unique")]

    def __str__(self) -> str:
        return f"{self.model} {self.record_id}"


class DutyTurn(models.Model):
    """When a periodic duty is next due. It stands here, so that all schedulers share one clock."""

    name = models.CharField(max_length=80, unique=True)
    next_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.next_at:%Y-%m-%d %H:%M}"

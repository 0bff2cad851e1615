"""The transparency log: every issue and status change, append-only, in a Merkle tree (RFC 9162) with signed heads."""

from __future__ import annotations

from django.db import models


class LogEntry(models.Model):
    """One leaf. `entry` is the canonical JSON that is hashed; it tells nothing about a person."""

    index = models.PositiveBigIntegerField(primary_key=True)
    entry = models.BinaryField()
    leaf_hash = models.BinaryField()
    subject = models.UUIDField(db_index=True, help_text="The credential that it is about.")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["index"]
        verbose_name_plural = "log entries"

    def __str__(self) -> str:
        return f"entry {self.index}"


class LogNode(models.Model):
    """A hash of the tree at level 8, 16 or 24: one for 256 of the level below, so that proofs read few rows."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    class Meta:
        ordering = ["level", "index"]
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="log_node_unique")]

    def __str__(self) -> str:
        return f"node {self.level}/{self.index}"


class LogTip(models.Model):
    """Where the log ends: one row, locked by whoever appends; the tree grows on from the hashes of `frontier`."""

    size = models.PositiveBigIntegerField(default=0)
    frontier = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="log_tip_one_row")]

    def __str__(self) -> str:
        return f"{self.size} entries"


class LogHead(models.Model):
    """A signed head: so many entries had this root at that instant. Heads are kept for ever."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    signed = models.JSONField(help_text="The head as it is published, with its signature.")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-size"]

    def __str__(self) -> str:
        return f"head of {self.size}"

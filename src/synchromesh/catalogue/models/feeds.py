"""Where courses come from: sources of feeds, what was fetched from them, and fields that a person holds on to."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models.courses import Course
from synchromesh.plumbing.sources import Origin


class FeedSource(models.Model):
    """A feed that is read again and again: an address that is fetched, or a series of files that somebody sends.

    `key` is the `import_source` of its courses. `columns` remembers which heading of a table means which column of the
    template. `every_hours` is the schedule of an address, None for none. With `commits_by_itself` a fetch without alarm
    is committed; otherwise its preview waits at the desk. `etag`, `last_modified` and `content_hash` are what the last
    answer said of itself, so that the same content is not read twice. An `alarm` is a sentence; until somebody settles
    it, nothing of this source is committed by itself.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=1000, blank=True)
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="feed_sources"
    )
    language = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.REAL)
    confirm_links = models.BooleanField(default=False)
    commits_by_itself = models.BooleanField(default=False)
    every_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    next_fetch_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    alarm = models.CharField(max_length=300, blank=True)
    alarmed_at = models.DateTimeField(null=True, blank=True)
    judged_from = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    created_by = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(url="") | models.Q(every_hours=None), name="feed_schedule_needs_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FetchOutcome(models.TextChoices):
    """How one fetch of a source ended."""

    UNCHANGED = "unchanged", "Nothing new"
    PREVIEWED = "previewed", "Preview waits"
    COMMITTED = "committed", "Committed"
    ALARMED = "alarmed", "Stopped by an alarm"
    FAILED = "failed", "Failed"


class FeedFetch(models.Model):
    """One attempt to read a source: its own history, against which a drop shows. `courses` counts those in the feed."""

    goes_with_its_whole = True  # see plumbing.record_changes

    source = models.ForeignKey(FeedSource, on_delete=models.CASCADE, related_name="fetches")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=FetchOutcome.choices)
    batch_uid = models.UUIDField(null=True, blank=True)
    courses = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at:%Y-%m-%d %H:%M} {self.outcome}"


class FieldLock(models.Model):
    """A field of a course that a person has set against its feed: the feed no longer changes it.

    `field` is a column of the course, or "skills", "runs", "topics" or "provider". `source_value` is what the feed says
    now, as JSON, or what stood there when the lock was set; `source_says` whether the feed has spoken since then.
    """

    goes_with_its_whole = True
    untracked_columns = frozenset({"source_value", "source_says"})  # see plumbing.record_changes

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="field_locks")
    field = models.CharField(max_length=40)
    source_value = models.JSONField(null=True, blank=True)
    source_says = models.BooleanField(default=False)
    locked_by = models.CharField(max_length=40)
    locked_at = models.DateTimeField()

    class Meta:
        ordering = ["course", "field"]
        constraints = [models.UniqueConstraint(fields=["course", "field"], name="field_lock_unique")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.field}"

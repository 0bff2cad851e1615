"""What keeps the catalogue clean: checks of links, near duplicates, and how often a course is looked at."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.catalogue.models.courses import Course


class LinkState(models.TextChoices):
    """What is known about the address of a course. Only repeated failures over days make a link broken."""

    UNKNOWN = "unknown", "Not checked yet"
    GOOD = "good", "Works"
    FAILING = "failing", "Did not answer lately"
    BROKEN = "broken", "Broken"


class LinkCheck(models.Model):
    """The state of a course's address. `url` is the address that was checked: another one starts anew."""

    goes_with_its_whole = True  # see plumbing.record_changes

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="link_check")
    url = models.URLField(max_length=1000)
    state = models.CharField(max_length=10, choices=LinkState.choices, default=LinkState.UNKNOWN)
    failures = models.PositiveSmallIntegerField(default=0)
    first_failed_at = models.DateTimeField(null=True, blank=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    next_check_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["next_check_at", "id"]

    def __str__(self) -> str:
        return f"{self.course_id} {self.state}"


class PairState(models.TextChoices):
    """What was decided about two courses that look alike."""

    OPEN = "open", "To decide"
    MERGED = "merged", "The same course"
    DIFFERENT = "different", "Different courses"


class DuplicatePair(models.Model):
    """Two courses that may be one. `first` has the lower id; `reasons` name each field and how alike it is, 0 to 1.

    `batch_uid` is the step that merged them, by which it is undone.
    """

    goes_with_its_whole = True

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=3, decimal_places=2)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=PairState.choices, default=PairState.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    batch_uid = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_unique"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="duplicate_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.score}"


class CourseUse(models.Model):
    """How often a course was looked at and how often its provider's page was opened on one day. Nobody is named."""

    counts_only = True  # see plumbing.record_changes

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "id"]
        constraints = [models.UniqueConstraint(fields=["course", "day"], name="course_use_unique")]

    def __str__(self) -> str:
        return f"{self.course_id} {self.day}"

"""Course content: versions of it, their sections and units, the files they show, what reviewers say."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.assessment.models import Instrument
from synchromesh.catalogue.models import Course
from synchromesh.plumbing.translated_text import TranslatedField


class ContentVersion(models.Model):
    """One version of the content of a course. Until `published_at` it is a draft; afterwards it never changes.

    New learners get the newest published version; whoever began on an older one stays on it. The completion rule:
    every required unit is done, the instruments of units with `must_pass` are passed, and so much of the live
    sessions was attended.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="content_versions")
    number = models.PositiveIntegerField()
    source_language = models.CharField(max_length=2)
    languages = models.JSONField(default=list)
    attendance_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    issues_credential = models.BooleanField(default=False)
    coverage = models.JSONField(
        default=list,
        blank=True,
        help_text="Where outcomes are taught and tested: [{outcome, skill?, level?, units, questions}].",
    )
    note = models.CharField(max_length=500, blank=True, help_text="What is new in this version.")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=40)
    changed_at = models.DateTimeField(auto_now=True)
    review_asked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["course_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="content_version_number_unique"),
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(published_at=None), name="content_version_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(attendance_percent=None)
                | models.Q(attendance_percent__gte=1, attendance_percent__lte=100),
                name="content_version_attendance_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.course_id}"


class Section(models.Model):
    """A part of a version with units of its own. `key` stays the same from version to version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(ContentVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    titles = TranslatedField()

    class Meta:
        ordering = ["version_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="section_key_unique")]

    def __str__(self) -> str:
        return str(self.titles.get("en") or self.key)


class Unit(models.Model):
    """One step of a course. `content` has the shape that its kind (`learning.unit_kinds`) says.

    `key` stays the same from version to version: notes, discussion and due dates follow it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(ContentVersion, on_delete=models.CASCADE, related_name="units")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="units")
    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField(help_text="Within its section.")
    kind = models.CharField(max_length=20)
    titles = TranslatedField()
    minutes = models.PositiveSmallIntegerField(default=5)
    is_required = models.BooleanField(default=True)
    must_pass = models.BooleanField(default=False, help_text="Done only when its instrument is passed.")
    content = models.JSONField(default=dict, blank=True)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, null=True, blank=True, related_name="units")

    class Meta:
        ordering = ["section__position", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="unit_key_unique"),
            models.CheckConstraint(
                condition=models.Q(must_pass=False) | models.Q(instrument__isnull=False),
                name="unit_to_pass_has_instrument",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or self.key)


class Media(models.Model):
    """A file of a course's content. It never changes: a new file gets a new name. It lies in the data folder."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["course_id", "name"]
        verbose_name_plural = "media"
        constraints = [models.UniqueConstraint(fields=["course", "name"], name="media_name_unique")]

    def __str__(self) -> str:
        return self.name


class VersionRemark(models.Model):
    """What a reviewer says of a draft; settled by whoever mends it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(ContentVersion, on_delete=models.CASCADE, related_name="remarks")
    unit_key = models.SlugField(max_length=80, blank=True, help_text="Empty: the version as a whole.")
    text = models.TextField()
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version_id", "written_at", "id"]

    def __str__(self) -> str:
        return f"remark on {self.version_id}"

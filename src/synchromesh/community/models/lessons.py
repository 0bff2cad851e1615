"""Lesson materials that teachers share: what a lesson is, its published versions with their files, and who used it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.framework.models import Skill, Topic
from synchromesh.plumbing.sources import SourcedRecord


class Licence(models.TextChoices):
    """What others may do with a lesson. Only open licences: sharing is what the place is for."""

    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"


class LessonState(models.TextChoices):
    """Whether readers see a lesson."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Lesson(SourcedRecord):
    """A lesson in one language. `level` is 0 to 3, empty where it is not said; the same holds for age, EQF and time.

    The author's account may go: then the lesson stays under its licence, without the name. `based_on` is the lesson
    that it was made from, and `based_on_number` the version of that.
    """

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500)
    text = models.TextField(blank=True, help_text="Markdown.")
    language = models.CharField(max_length=2)
    licence = models.CharField(max_length=20, choices=Licence.choices, default=Licence.CC_BY)
    credit = models.CharField(max_length=300, blank=True, help_text="Whom others must name.")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_min = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_max = models.PositiveSmallIntegerField(null=True, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="lessons")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="derived")
    based_on_number = models.PositiveIntegerField(null=True, blank=True, help_text="The version that was copied.")
    state = models.CharField(max_length=10, choices=LessonState.choices, default=LessonState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level=None) | models.Q(level__lte=3), name="lesson_level_0_to_3"),
            models.CheckConstraint(
                condition=models.Q(eqf_min=None, eqf_max=None)
                | models.Q(eqf_min__gte=1, eqf_max__gte=models.F("eqf_min"), eqf_max__lte=8),
                name="lesson_eqf_1_to_8",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="lesson_state_published")]

    def __str__(self) -> str:
        return self.title


class LessonSkill(models.Model):
    """A skill that a lesson teaches something of."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="lesson_links")

    class Meta:
        ordering = ["lesson_id", "skill_id"]
        constraints = [models.UniqueConstraint(fields=["lesson", "skill"], name="lesson_skill_unique")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.skill_id}"


class LessonFile(models.Model):
    """A file of a lesson. It never changes and lies in the data folder. `uploaded_by` is a public id.

    `removed_at` takes it out of the draft; versions that have it keep it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["lesson_id", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "name"], condition=models.Q(removed_at=None), name="lesson_file_name_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class LessonVersion(models.Model):
    """A lesson as it was published: it never changes. `published_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    licence = models.CharField(max_length=20, choices=Licence.choices)
    note = models.CharField(max_length=300, blank=True)
    files = models.ManyToManyField(LessonFile, blank=True, related_name="versions")
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["lesson", "number"], name="lesson_version_unique")]

    def __str__(self) -> str:
        return f"{self.title} (version {self.number})"


class LessonReuse(models.Model):
    """A teacher who used a version in class, and what others should know; once for each version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(LessonVersion, on_delete=models.CASCADE, related_name="reuses")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="lesson_reuses")
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="lesson_reuse_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} used {self.version_id}"

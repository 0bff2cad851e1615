"""Practices: what somebody did about a challenge of skills, with what result, so that others can do it too."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation, User
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class PracticeTheme(models.TextChoices):
    """What a practice is about; one theme, the main one."""

    APPRENTICESHIP = "apprenticeship", "Apprenticeships"
    UPSKILLING = "upskilling", "Training for people in work"
    TEACHERS = "teachers", "Training for teachers"
    RECOGNITION = "recognition", "Recognition and certificates"
    INTELLIGENCE = "intelligence", "Knowing which skills are needed"
    COOPERATION = "cooperation", "Working together in a region"
    CURRICULUM = "curriculum", "Making curricula and courses"
    ATTRACTION = "attraction", "Attracting people"
    TRANSITION = "transition", "From one job to another"
    FUNDING = "funding", "Funding"


class PracticeState(models.TextChoices):
    """Where a practice stands between its author and its readers."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Waiting for review"
    PUBLISHED = "published", "Published"
    REJECTED = "rejected", "Not taken"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Practice(SourcedRecord):
    """One practice in the one form that all have. An empty text or cost is unknown.

    `edited_at` is set once somebody edited it here: an import leaves it alone from then on. `submitted_by` is cut when
    the person's account goes; `reviewed_by` is a public id.
    """

    slug = models.SlugField(max_length=120, unique=True)
    titles = TranslatedField()
    challenges = TranslatedField()
    actions = TranslatedField()
    results = TranslatedField()
    evidences = TranslatedField()
    conditions = TranslatedField()
    by_whom = models.CharField(max_length=200, blank=True, help_text="As the source names them.")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="practices"
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="practices")
    theme = models.CharField(max_length=20, choices=PracticeTheme.choices)
    topics = models.ManyToManyField(Topic, blank=True, related_name="practices")
    cost_cents = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    cost_words = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=60, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=PracticeState.choices, default=PracticeState.DRAFT)
    submitted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="practices_sent"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="practice_source_external_id_unique",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PracticeState.PUBLISHED) | models.Q(published_at__isnull=False),
                name="practice_published_has_instant",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="practice_state_published")]

    def __str__(self) -> str:
        return str(self.titles.get("en") or next(iter(self.titles.values()), self.slug))


class PracticeSkill(models.Model):
    """A skill that a practice builds or needs."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="skill_links")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="practice_links")

    class Meta:
        ordering = ["practice_id", "skill_id"]
        constraints = [models.UniqueConstraint(fields=["practice", "skill"], name="practice_skill_unique")]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.skill_id}"


class PracticeVersion(models.Model):
    """The texts of a practice as they were published; a later publication makes another. `published_by` is public."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="practice_version_unique")]

    def __str__(self) -> str:
        return f"{self.practice_id} version {self.number}"


class PracticeReuse(models.Model):
    """ "We did this too", by an organisation, with what came of it; once for each. `recorded_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="reuses")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="practices_reused")
    result = models.CharField(max_length=1000)
    language = models.CharField(max_length=2)
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["practice", "organisation"], name="practice_reuse_unique")]

    def __str__(self) -> str:
        return f"{self.practice_id} by {self.organisation_id}"

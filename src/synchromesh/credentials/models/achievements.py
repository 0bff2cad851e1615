"""What can be awarded: a lasting achievement, and versions of what it says. A published version never changes."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.credentials.models.issuers import Issuer
from synchromesh.framework.models import Skill
from synchromesh.plumbing.translated_text import TranslatedField


class AchievementKind(models.TextChoices):
    """Types of Open Badges 3.0 (section B.1.1) that are used here."""

    MICRO_CREDENTIAL = "MicroCredential", "Micro-credential"
    CERTIFICATE = "Certificate", "Certificate"
    COURSE = "Course", "Course"
    COMPETENCY = "Competency", "Competency"
    BADGE = "Badge", "Badge"


class Achievement(models.Model):
    """Something that an issuer awards. `needs_two_persons`: who starts issuing by hand does not also release it.

    `follows_parts`: who holds all its parts gets it without anybody's doing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="achievements")
    slug = models.SlugField(max_length=120, unique=True)
    needs_two_persons = models.BooleanField(default=False)
    follows_parts = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, default="real", choices=[("real", "Real"), ("example", "Example")])
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Not awarded any more.")

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(needs_two_persons=False) | models.Q(follows_parts=False),
                name="achievement_two_persons_or_parts",
            )
        ]

    def __str__(self) -> str:
        return self.slug


class AchievementVersion(models.Model):
    """What an achievement says. The mandatory elements of a micro-credential must be there before it is published."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=AchievementKind.choices, default=AchievementKind.MICRO_CREDENTIAL)
    titles = TranslatedField()
    descriptions = TranslatedField()
    criteria = TranslatedField()
    outcomes = models.JSONField(default=list, help_text="A list of texts by language.")
    assessments = TranslatedField(help_text="How it was assessed.")
    participations = TranslatedField(help_text="Form of participation: online, on site, blended.")
    quality_assurances = TranslatedField()
    identity_checks = TranslatedField(help_text="How it was made sure who the person is.")
    minutes = models.PositiveIntegerField(help_text="Notional workload.")
    level = models.PositiveSmallIntegerField(default=0, help_text="Own scale: 1 Awareness, 2 Practitioner, 3 Expert.")
    eqf = models.PositiveSmallIntegerField(null=True, blank=True)
    eqf_source = models.CharField(max_length=500, blank=True)
    ects = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    months_valid = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty: does not expire.")
    renewal = TranslatedField(help_text="How it is renewed.")
    issuer_name = models.CharField(max_length=200, blank=True, help_text="As the issuer was called when published.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["achievement_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["achievement", "number"], name="achievement_version_number_unique"),
            models.UniqueConstraint(
                fields=["achievement"], condition=models.Q(published_at=None), name="achievement_version_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=0, level__lte=3)
                & (models.Q(eqf=None) | (models.Q(eqf__gte=1, eqf__lte=8) & ~models.Q(eqf_source=""))),
                name="achievement_version_levels",
            ),
        ]

    def __str__(self) -> str:
        return str(self.titles.get("en") or self.achievement_id)


class AchievementSkill(models.Model):
    """A skill that a version proves, at a level."""

    version = models.ForeignKey(AchievementVersion, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="achievement_links")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["version", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["version", "skill"], name="achievement_skill_unique"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=3), name="achievement_skill_level"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} proves {self.skill_id} to {self.level}"


class AchievementPart(models.Model):
    """`part` counts towards `whole`: who holds all its parts has earned the whole."""

    whole = models.ForeignKey(AchievementVersion, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Achievement, on_delete=models.PROTECT, related_name="wholes")

    class Meta:
        ordering = ["whole", "part"]
        constraints = [models.UniqueConstraint(fields=["whole", "part"], name="achievement_part_unique")]

    def __str__(self) -> str:
        return f"{self.part_id} counts towards {self.whole_id}"

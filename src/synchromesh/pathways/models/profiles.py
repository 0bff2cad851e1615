"""What a person says and has shown about their skills."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.framework.models import Skill
from synchromesh.learning.models import UnitProgress


class RatingKind(models.TextChoices):
    """How a rating came about. A self rating never looks like proof."""

    SELF = "self", "Own answer"
    PEER = "peer", "Colleague"
    SUPERIOR = "superior", "Superior"
    ASSESSED = "assessed", "Assessed"
    CREDENTIAL = "credential", "Credential"


class Rating(models.Model):
    """One rating; all are kept, and the rule that combines them is in `pathways.queries`.

    `progress` is the unit of a course in which somebody showed it, where that is how it came about.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ratings")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=10, choices=RatingKind.choices)
    level = models.PositiveSmallIntegerField()
    rater = models.CharField(max_length=40)
    evidence = models.CharField(max_length=300, blank=True)
    progress = models.ForeignKey(UnitProgress, on_delete=models.SET_NULL, null=True, blank=True, related_name="ratings")
    rated_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-rated_at", "-id"]
        indexes = [models.Index(fields=["person", "skill"])]
        constraints = [models.CheckConstraint(condition=models.Q(level__lte=3), name="rating_level_0_to_3")]

    def __str__(self) -> str:
        return f"{self.kind} {self.level}"

"""Wanted training: the one record that searches, gaps, plans, insights and regions all write."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.framework.models import Skill
from synchromesh.places.models import Region


class BriefOrigin(models.TextChoices):
    """Which part of the product noticed the wish."""

    SEARCH = "search", "Search without result"
    GAP = "gap", "Gap without course"
    PLAN = "plan", "Saved plan"
    INSIGHT = "insight", "Skills intelligence"
    REGION = "region", "Regional desk"


class Brief(models.Model):
    """One wish, counted: nobody is named, and the same wish again only raises the count."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    wish = models.CharField(max_length=300, unique=True, help_text="What makes two wishes the same; see operations.")
    origin = models.CharField(max_length=10, choices=BriefOrigin.choices)
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, blank=True, related_name="briefs")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    times = models.PositiveIntegerField(default=1)
    first_on = models.DateField(auto_now_add=True)
    last_on = models.DateField(auto_now=True)

    counts_only = True  # a wish for a skill goes when the import that brought the skill is undone

    class Meta:
        ordering = ["-times", "id"]

    def __str__(self) -> str:
        return f"{self.origin}: {self.skill or self.words}"

"""Wanted training: the one record that searches, gaps, plans, insights and regions all write."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models.courses import Course
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


class BriefClaim(models.Model):
    """A provider says that it prepares a course for what is wanted; `course` is the draft, until it is published.

    What is wanted is named by skill, level, language and region (empty where it does not matter), not by single wishes,
    since several of them may ask for the same. A claim that is given up keeps its line.
    """

    goes_with_its_whole = True  # see plumbing.undo

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="brief_claims")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, blank=True, related_name="brief_claims")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    course = models.ForeignKey(Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="brief_claims")
    claimed_by = models.CharField(max_length=40)
    claimed_at = models.DateTimeField(auto_now_add=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-claimed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.provider_id} claims {self.skill_id or self.words}"

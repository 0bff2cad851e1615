"""What a person keeps from the catalogue: lists of courses, and searches that tell them what is new."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course


class SavedList(models.Model):
    """Courses that a person put together. Without a `link_key` only they see it; with one, whoever has the link."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists")
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=1000, blank=True)
    link_key = models.CharField(max_length=43, unique=True, null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class SavedListEntry(models.Model):
    """One course of a list."""

    goes_with_its_whole = True  # see plumbing.undo

    saved_list = models.ForeignKey(SavedList, on_delete=models.CASCADE, related_name="entries")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["saved_list", "added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["saved_list", "course"], name="saved_list_course_unique")]

    def __str__(self) -> str:
        return f"{self.saved_list_id} {self.course_id}"


class Frequency(models.TextChoices):
    """How often a saved search is looked at again."""

    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every week"
    NEVER = "never", "No mail"


class SavedSearch(models.Model):
    """A search that a person follows. `query` is the part of the list's address behind the question mark.

    `seen` holds the uids of the courses that it had found already, so that only new ones are told. A person
    who unsubscribes sets `frequency` to never; nothing but they themselves sets it back.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    title = models.CharField(max_length=200)
    query = models.CharField(max_length=2000)
    language = models.CharField(max_length=7, help_text="Of the interface in which it was saved, and of its mail.")
    frequency = models.CharField(max_length=6, choices=Frequency.choices, default=Frequency.WEEKLY)
    seen = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    looked_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "query", "language"], name="saved_search_unique")]

    def __str__(self) -> str:
        return self.title

"""Documents of a group, in versions; the files lie in the data folder."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.community.models.groups import Group, Readers
from synchromesh.community.models.meetings import Meeting


class GroupDocument(models.Model):
    """A document of a group, of one of its meetings if it belongs there, and who may read it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="documents")
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents")
    title = models.CharField(max_length=200)
    readers = models.CharField(max_length=10, choices=Readers.choices, default=Readers.GROUP)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One version of a document: a file that never changes. `uploaded_by` is a public id."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(GroupDocument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    uploaded_by = models.CharField(max_length=40)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_unique")]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

"""Training providers that want to be in the catalogue: somebody asks, alliance staff decide."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models.organisations import Organisation
from synchromesh.accounts.models.people import User
from synchromesh.places.models import Country


class ApplicationState(models.TextChoices):
    """What was decided."""

    OPEN = "open", "Open"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class ProviderApplication(models.Model):
    """A wish to add an organisation as a training provider. Approval makes the organisation, with `person` as manager.

    `answer` says why it was refused. `decided_by` is a public id.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="provider_applications")
    name = models.CharField(max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True)
    url = models.URLField(max_length=1000)
    note = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

"""Agreements between the alliance and others: who, to what end, and what is done about it."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class Agreement(SourcedRecord):
    """An agreement with its aims. Public, as agreements are announced."""

    slug = models.SlugField(max_length=120, unique=True)
    names = TranslatedField()
    aims = TranslatedField()
    signed = models.CharField(max_length=10, blank=True, help_text="As exact as known: 2023, 2023-11 or 2023-11-16.")
    place = models.CharField(max_length=120, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, help_text="Edited here: a file leaves it alone.")

    class Meta:
        ordering = ["-signed", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="agreement_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return str(self.names.get("en", self.slug))


class AgreementParty(models.Model):
    """An organisation that signed; the alliance itself is always one and is not listed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")

    class Meta:
        ordering = ["agreement", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation"], name="agreement_party_unique")]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.agreement_id}"


class AgreementAction(models.Model):
    """Something that was agreed to be done, by when, and whether it was."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="actions")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["agreement", "due_on", "id"]

    def __str__(self) -> str:
        return self.text

"""Organisations: providers, employers, regional desks, members, assessment centres and schools."""

from __future__ import annotations

from django.db import models

from synchromesh.places.models import Country, Region
from synchromesh.plumbing.sources import SourcedRecord


class OrganisationKind(models.TextChoices):
    """What an organisation does on the platform; it may do several."""

    PROVIDER = "provider", "Training provider"
    EMPLOYER = "employer", "Employer"
    REGION = "region", "Regional body"
    MEMBER = "member", "Alliance member"
    ASSESSMENT_CENTRE = "assessment-centre", "Assessment centre"
    SCHOOL = "school", "School"


class Organisation(SourcedRecord):
    """An organisation with a public page."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    stated_type = models.CharField(max_length=100, blank=True, help_text="What the source calls it.")
    note = models.CharField(max_length=300, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True)
    url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="organisation_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationKindOf(models.Model):
    """One kind of one organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="kinds")
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)

    class Meta:
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["organisation", "kind"], name="organisation_kind_unique")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind}"

"""Regions of the alliance and its sister networks: profile, sourced facts, employers' sites, contacts, outlines.

A profile points to `places.Region`, at any level of NUTS. Statistics about regions do not live here.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Lower

from synchromesh.accounts.models import Organisation, User
from synchromesh.places.models import Region
from synchromesh.plumbing.sources import SourcedRecord
from synchromesh.plumbing.translated_text import TranslatedField


class RegionNetwork(SourcedRecord):
    """A circle of regions, such as the working group of the alliance.

    `members_stated` is how many regions its source counts: more than there are profiles means that some are not named
    yet. Empty where no source counts them.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=150)
    members_stated = models.PositiveIntegerField(null=True, blank=True)
    stated_for = models.CharField(max_length=40, blank=True, help_text="The time it is said of, such as 2024.")
    is_own = models.BooleanField(default=False, help_text="A circle of the alliance itself.")

    class Meta:
        ordering = ["-is_own", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="region_network_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RegionProfile(SourcedRecord):
    """What a region says of itself. `name` is the one it goes by; `nuts_basis` says who chose its NUTS code.

    `edited_at` is set once somebody edited it here: an import leaves it alone from then on.
    """

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="profile")
    name = models.CharField(max_length=150)
    network = models.ForeignKey(RegionNetwork, on_delete=models.PROTECT, null=True, blank=True, related_name="profiles")
    nuts_basis = models.CharField(max_length=300, blank=True)
    desk = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="desk_of_regions"
    )
    desk_email = models.EmailField(blank=True, help_text="The address of an office, never of a person.")
    desk_url = models.URLField(max_length=1000, blank=True)
    summaries = TranslatedField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="region_profile_source_external_id_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name


class FactKind(models.TextChoices):
    """What a fact about a region is: a number with its unit, or something that a source tells of it."""

    FIGURE = "figure", "Figure"
    EVIDENCE = "evidence", "Evidence"


class RegionFact(SourcedRecord):
    """One fact with its source and day. A figure has `value`; what is not known has no row."""

    profile = models.ForeignKey(RegionProfile, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=FactKind.choices)
    label = models.CharField(max_length=150, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["profile_id", "kind", "label", "-year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=FactKind.FIGURE, value__isnull=False)
                | (models.Q(kind=FactKind.EVIDENCE, value=None) & ~models.Q(words="")),
                name="region_fact_has_value_or_words",
            ),
            models.UniqueConstraint(
                fields=["import_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="region_fact_source_external_id_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.words[:60]


class RegionSite(SourcedRecord):
    """An employer's site in a region: a plant, a laboratory, an office. `employees` is empty where it is not known."""

    profile = models.ForeignKey(RegionProfile, on_delete=models.CASCADE, related_name="sites")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="region_sites"
    )
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=120, blank=True)
    activity = models.CharField(max_length=200, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    employees_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["profile_id", "name", "id"]
        constraints = [models.UniqueConstraint("profile", Lower("name"), Lower("place"), name="region_site_unique")]

    def __str__(self) -> str:
        return self.name


class RegionContact(models.Model):
    """A person whom members can ask about a region. People add themselves; members of the alliance see them."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    profile = models.ForeignKey(RegionProfile, on_delete=models.CASCADE, related_name="contacts")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="region_contacts")
    task = models.CharField(max_length=150)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["profile_id", "added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["profile", "person"], name="region_contact_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.profile_id}"


class BoundarySet(models.Model):
    """The file that the drawn boundaries come from. There is one at a time; `credit` stands below every map."""

    name = models.CharField(max_length=200)
    credit = models.CharField(max_length=300)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    loaded_by = models.CharField(max_length=40)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class RegionBoundary(models.Model):
    """The outline of a region as the path of a drawing, in whole units of its set's width and height."""

    boundaries = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="paths")
    region = models.OneToOneField(Region, on_delete=models.CASCADE, related_name="boundary")
    path = models.TextField()

    class Meta:
        ordering = ["region_id"]
        verbose_name_plural = "region boundaries"

    def __str__(self) -> str:
        return f"boundary {self.region_id}"

"""Numbers that sources state about a project, group or organisation; two sources may state two."""

from __future__ import annotations

from django.db import models

from synchromesh.accounts.models import Organisation
from synchromesh.community.models.groups import Group
from synchromesh.community.models.projects import Project
from synchromesh.plumbing.sources import SourcedRecord


class StatedFact(models.TextChoices):
    """What a number counts."""

    PARTNERS = "partners", "Partners"
    COUNTRIES = "countries", "Countries"
    BUDGET = "budget", "Budget in euro"
    MEMBERS = "members", "Members"


class StatedValue(SourcedRecord):
    """What one source says at one time, in its own words of number (`31`, `over 100`); never merged with another's."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="stated_values")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="stated_values")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="stated_values"
    )
    fact = models.CharField(max_length=10, choices=StatedFact.choices)
    value = models.CharField(max_length=40)
    said_of = models.CharField(max_length=10, blank=True, help_text="The time it is said of: 2023 or 2023-11.")

    class Meta:
        ordering = ["fact", "said_of", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(project__isnull=False, group=None, organisation=None)
                    | models.Q(project=None, group__isnull=False, organisation=None)
                    | models.Q(project=None, group=None, organisation__isnull=False)
                ),
                name="stated_value_one_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"

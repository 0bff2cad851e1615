"""Bitstring Status Lists: one bit of each purpose per credential, thousands in one list so that none stands out."""

from __future__ import annotations

import uuid

from django.db import models

from synchromesh.credentials.models.issuers import Issuer


class StatusList(models.Model):
    """A list of `length` places, given out in the order that `seed` (hex) shuffles, so that an index tells nothing.

    `withdrawn` and `suspended` are the raw bits (length / 8 bytes each), `changed_at` when one was last set.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="status_lists")
    length = models.PositiveIntegerField(default=131072)
    seed = models.CharField(max_length=64)
    given_out = models.PositiveIntegerField(default=0)
    withdrawn = models.BinaryField()
    suspended = models.BinaryField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_out__lte=models.F("length")), name="status_list_not_overfull"
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

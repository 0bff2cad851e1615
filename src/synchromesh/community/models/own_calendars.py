"""The calendar of one person's own events and meetings, which a program reads by a secret address."""

from __future__ import annotations

from django.db import models

from synchromesh.accounts.models import User


class OwnCalendar(models.Model):
    """Somebody has a secret address for their calendar. Only a hash of its key is kept: a new one ends the old one."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="own_calendar")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["person"]

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class CommunityConfig(AppConfig):
    """The app `community`; what it owns is said in its package docstring."""

    name = "synchromesh.community"
    label = "community"

    def ready(self) -> None:
        """Forget guests of events, and remind those who take part."""
        duties.register("community.tasks.delete_due_guests", every=timedelta(hours=1))
        duties.register("community.tasks.send_event_reminders", every=timedelta(hours=1))

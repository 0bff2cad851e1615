"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class LearningConfig(AppConfig):
    """The app `learning`; what it owns is said in its package docstring."""

    name = "synchromesh.learning"
    label = "learning"

    def ready(self) -> None:
        """Hand in attempts whose time is up although their learner is gone; forget addresses; issue what waits."""
        duties.register("learning.tasks.settle_overdue_attempts", every=timedelta(minutes=5))
        duties.register("learning.tasks.remove_expired_invitations", every=timedelta(days=1))
        duties.register("learning.tasks.award_waiting", every=timedelta(hours=1))

"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class AssessmentConfig(AppConfig):
    """The app `assessment`; what it owns is said in its package docstring."""

    name = "synchromesh.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Hand in attempts whose time is up although their learner is gone."""
        duties.register("assessment.tasks.submit_overdue_attempts", every=timedelta(minutes=5))

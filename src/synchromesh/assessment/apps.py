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
        """Tidy up files of answers. What is overdue is handed in by `learning`, which counts it for its units."""
        duties.register("assessment.tasks.remove_leftover_files", every=timedelta(days=1))

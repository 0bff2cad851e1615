"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class PlumbingConfig(AppConfig):
    """The app `plumbing`; what it owns is said in its package docstring."""

    name = "synchromesh.plumbing"
    label = "plumbing"

    def ready(self) -> None:
        """Have this app's periodic tasks run."""
        duties.register("plumbing.tasks.forget_old_jobs", every=timedelta(days=1))
        duties.register("plumbing.tasks.forget_old_previews", every=timedelta(days=1))

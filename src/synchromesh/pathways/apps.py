"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class PathwaysConfig(AppConfig):
    """The app `pathways`; what it owns is said in its package docstring."""

    name = "synchromesh.pathways"
    label = "pathways"

    def ready(self) -> None:
        """Have this app's periodic tasks run."""
        duties.register("pathways.tasks.send_search_news", every=timedelta(days=1))

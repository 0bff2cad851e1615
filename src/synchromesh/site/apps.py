"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties


class SiteConfig(AppConfig):
    """The app `site`; what it owns is said in its package docstring."""

    name = "synchromesh.site"
    label = "site"

    def ready(self) -> None:
        """Have the files of open data written every night."""
        duties.register("site.open_data.tasks.write_open_data", every=timedelta(days=1))

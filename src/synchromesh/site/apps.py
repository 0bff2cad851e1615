"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The app `site`; what it owns is said in its package docstring."""

    name = "synchromesh.site"
    label = "site"

"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The app `search`; what it owns is said in its package docstring."""

    name = "synchromesh.search"
    label = "search"

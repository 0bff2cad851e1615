"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """The app `pathways`; what it owns is said in its package docstring."""

    name = "synchromesh.pathways"
    label = "pathways"

"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    """The app `plumbing`; what it owns is said in its package docstring."""

    name = "synchromesh.plumbing"
    label = "plumbing"

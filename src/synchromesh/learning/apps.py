"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """The app `learning`; what it owns is said in its package docstring."""

    name = "synchromesh.learning"
    label = "learning"

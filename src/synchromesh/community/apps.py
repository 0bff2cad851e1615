"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """The app `community`; what it owns is said in its package docstring."""

    name = "synchromesh.community"
    label = "community"

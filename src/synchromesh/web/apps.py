"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app `web`; what it owns is said in its package docstring."""

    name = "synchromesh.web"
    label = "web"

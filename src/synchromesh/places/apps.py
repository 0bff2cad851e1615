"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app `places`; what it owns is said in its package docstring."""

    name = "synchromesh.places"
    label = "places"

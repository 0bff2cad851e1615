"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig


class PassportsConfig(AppConfig):
    """The app `passports`; what it owns is said in its package docstring."""

    name = "synchromesh.passports"
    label = "passports"

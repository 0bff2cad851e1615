"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig

from synchromesh.search import registry


class PassportsConfig(AppConfig):
    """The app `passports`; what it owns is said in its package docstring."""

    name = "synchromesh.passports"
    label = "passports"

    def ready(self) -> None:
        """Have passports on the market found."""
        registry.register("passport", documents="passports.queries.search_documents.list_passport_documents")

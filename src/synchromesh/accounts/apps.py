"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig

from synchromesh.search import registry


class AccountsConfig(AppConfig):
    """The app `accounts`; what it owns is said in its package docstring."""

    name = "synchromesh.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Have this app's records found by the search."""
        registry.register("organisation", documents="accounts.queries.search_documents.list_organisation_documents")

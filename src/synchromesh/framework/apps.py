"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig

from synchromesh.search import meaning, registry


class FrameworkConfig(AppConfig):
    """The app `framework`; what it owns is said in its package docstring."""

    name = "synchromesh.framework"
    label = "framework"

    def ready(self) -> None:
        """Have this app's records found by the search."""
        registry.register("role", documents="framework.queries.search_documents.list_role_documents")
        registry.register("skill", documents="framework.queries.search_documents.list_skill_documents")
        meaning.register("framework.queries.query_meanings.list_meanings")

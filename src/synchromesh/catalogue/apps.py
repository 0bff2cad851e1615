"""Tells Django about this app."""

from __future__ import annotations

from django.apps import AppConfig

from synchromesh.search import registry


class CatalogueConfig(AppConfig):
    """The app `catalogue`; what it owns is said in its package docstring."""

    name = "synchromesh.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Have this app's records found by the search."""
        registry.register("course", documents="catalogue.queries.search_documents.list_course_documents")

"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties
from synchromesh.search import registry


class CatalogueConfig(AppConfig):
    """The app `catalogue`; what it owns is said in its package docstring."""

    name = "synchromesh.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Have this app's records found by the search, and its periodic tasks run."""
        registry.register("course", documents="catalogue.queries.search_documents.list_course_documents")
        duties.register("catalogue.tasks.fetch_due_feeds", every=timedelta(minutes=10))
        duties.register("catalogue.tasks.forget_feed_history", every=timedelta(days=7))
        duties.register("catalogue.tasks.check_due_links", every=timedelta(minutes=30))
        duties.register("catalogue.tasks.ask_for_refresh", every=timedelta(days=1))
        duties.register("catalogue.tasks.find_duplicates", every=timedelta(days=1))
        duties.register("catalogue.tasks.remove_old_briefs", every=timedelta(days=7))
        # More often than once a day, so that it comes soon after midnight; without aged courses it costs two queries.
        duties.register("catalogue.tasks.update_aged_courses", every=timedelta(hours=2))

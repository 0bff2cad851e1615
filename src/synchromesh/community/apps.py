"""Tells Django about this app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from synchromesh.plumbing import duties
from synchromesh.search import registry


class CommunityConfig(AppConfig):
    """The app `community`; what it owns is said in its package docstring."""

    name = "synchromesh.community"
    label = "community"

    def ready(self) -> None:
        """Forget guests of events, remind those who take part, and send digests."""
        registry.register("practice", documents="community.queries.practice_documents.list_practice_documents")
        registry.register("event", documents="community.queries.alliance_documents.list_event_documents")
        registry.register("group", documents="community.queries.alliance_documents.list_group_documents")
        registry.register("project", documents="community.queries.alliance_documents.list_project_documents")
        registry.register("region", documents="community.queries.alliance_documents.list_region_documents")
        registry.register("news", documents="community.queries.alliance_documents.list_news_documents")
        duties.register("community.tasks.delete_due_guests", every=timedelta(hours=1))
        duties.register("community.tasks.send_event_reminders", every=timedelta(hours=1))
        duties.register("community.tasks.ask_for_event_feedback", every=timedelta(hours=1))
        duties.register("community.tasks.send_digests", every=timedelta(hours=3))
        duties.register("community.tasks.remind_members", every=timedelta(days=1))

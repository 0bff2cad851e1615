"""Regions to choose from: those that news speak of."""

from __future__ import annotations

from synchromesh.community.models import NewsArticle
from synchromesh.community.queries.news import visible_news
from synchromesh.places.models import Region
from synchromesh.plumbing.audit import Actor


def list_news_regions(reader: Actor) -> list[Region]:
    """The regions of all news that the reader may see, by name."""
    named = NewsArticle.regions.through.objects.filter(newsarticle__in=visible_news(reader))
    return list(Region.objects.filter(pk__in=named.values("region")).order_by("name", "pk"))

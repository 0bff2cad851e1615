"""The changes of the framework for readers of feeds: RSS 2.0 and JSON Feed 1.1, one entry per published version.

Sources: https://www.rssboard.org/rss-specification and https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_safe

from synchromesh.framework.queries.versions import VersionDifference, list_changes
from synchromesh.web.framework.sentences import sentences, title

NEWEST = 20
_TITLE = gettext_lazy("Changes of the skills framework")
_DESCRIPTION = gettext_lazy("One entry for each version: what was added, removed and changed.")


class ChangesFeed(Feed[VersionDifference, HttpRequest]):
    """RSS 2.0 through Django's syndication framework."""

    title = _TITLE
    description = _DESCRIPTION
    item_guid_is_permalink = False

    def link(self) -> str:
        return reverse("framework:versions")

    def feed_url(self) -> str:
        return reverse("framework:changes-rss")

    def items(self) -> list[VersionDifference]:
        return list_changes(limit=NEWEST)

    def item_title(self, item: VersionDifference) -> str:
        return title(item)

    def item_description(self, item: VersionDifference) -> str:
        return " ".join(sentences(item))

    def item_link(self, item: VersionDifference) -> str:
        return reverse("framework:version", args=[item.newer.number])

    def item_guid(self, item: VersionDifference) -> str:
        return f"urn:uuid:{item.newer.uid}"

    def item_pubdate(self, item: VersionDifference) -> datetime | None:
        return item.newer.published_at


_feed = ChangesFeed()


@require_safe
def changes_rss(request: HttpRequest) -> HttpResponse:
    """The changes as RSS 2.0."""
    return _feed(request)


@require_safe
def changes_json(request: HttpRequest) -> HttpResponse:
    """The changes as JSON Feed 1.1; `_difference` of an entry counts each kind of difference."""
    answer = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": str(_TITLE),
        "description": str(_DESCRIPTION),
        "home_page_url": request.build_absolute_uri(reverse("framework:versions")),
        "feed_url": request.build_absolute_uri(reverse("framework:changes-json")),
        "language": get_language() or settings.LANGUAGE_CODE,
        "items": [_item(request, found) for found in list_changes(limit=NEWEST)],
    }
    return JsonResponse(answer, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _item(request: HttpRequest, found: VersionDifference) -> dict[str, Any]:
    published = {"date_published": found.newer.published_at.isoformat()} if found.newer.published_at else {}
    return {
        "id": f"urn:uuid:{found.newer.uid}",
        "url": request.build_absolute_uri(reverse("framework:version", args=[found.newer.number])),
        "title": title(found),
        "summary": found.newer.note,
        "content_text": " ".join(sentences(found)),
        **published,
        "_difference": {
            "about": gettext("Counts of what differs from the version before."),
            "older": found.older.number if found.older else None,
            "newer": found.newer.number,
            **found.counts,
        },
    }

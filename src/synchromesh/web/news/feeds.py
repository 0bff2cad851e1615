"""News of any filter for other programs: RSS 2.0 and Atom, in the language of the address.

Only what everybody may read is in them. Ids are the lasting addresses of records, so that a reader of feeds shows an
article once, whatever its title becomes. Sources: https://www.rssboard.org/rss-specification, RFC 4287 (Atom), RFC 9110
section 13 for conditional requests.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.http import http_date
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import NewsArticle
from synchromesh.community.queries.news import list_news, news_query, read_news_filter
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.markdown import markdown_blocks
from synchromesh.web.plain_lines import one_line

MOST_ARTICLES = 50
KEPT_SECONDS = 15 * 60
"""How long a reader, or a cache on the way, may show what it has."""
_Feed: TypeAlias = Atom1Feed | Rss201rev2Feed
_MOMENT = re.compile(rb"<lastBuildDate>[^<]*</lastBuildDate>")


@require_safe
def news_rss(request: HttpRequest) -> HttpResponse:
    """The newest public articles of a filter as RSS 2.0."""
    return _feed(request, Rss201rev2Feed, "news:rss")


@require_safe
def news_atom(request: HttpRequest) -> HttpResponse:
    """The newest public articles of a filter as Atom."""
    return _feed(request, Atom1Feed, "news:atom")


def _feed(request: HttpRequest, kind: type[_Feed], name: str) -> HttpResponse:
    wanted, language = read_news_filter(dict(request.GET.lists())), get_language() or "en"
    query = news_query(wanted)
    more = f"?{query}" if query else ""
    own = request.build_absolute_uri(reverse(name) + more)
    feed: _Feed = kind(
        title=gettext("News – %(alliance)s") % {"alliance": settings.ALLIANCE_NAME},
        link=request.build_absolute_uri(reverse("news:list") + more),
        description=gettext("News of the alliance."),
        language=language,
        feed_url=own,
        feed_guid=own,
        author_name=settings.ALLIANCE_NAME,  # Atom wants one where an entry has none
        ttl=KEPT_SECONDS // 60,
    )
    articles = list(list_news(wanted, visible_to=VISITOR).prefetch_related("topics")[:MOST_ARTICLES])
    for article in articles:
        _add(request, feed, article, language)
    newest = max((_changed(article) for article in articles), default=None)
    return _answer(request, feed, newest)


def _add(request: HttpRequest, feed: _Feed, article: NewsArticle, language: str) -> None:
    organisation = article.organisation
    feed.add_item(
        title=one_line(in_language(article.titles, language).text),
        link=request.build_absolute_uri(reverse("news:detail", args=[article.slug])),
        description=in_language(article.summaries, language).text
        or markdown_blocks(in_language(article.bodies, language).text),
        unique_id=f"urn:uuid:{article.uid}",
        unique_id_is_permalink=False,
        pubdate=article.published_at,
        updateddate=_changed(article),
        author_name=organisation.name if organisation else settings.ALLIANCE_NAME,
        categories=[in_language(topic.titles, language).text for topic in article.topics.all()],
    )


def _changed(article: NewsArticle) -> datetime:
    """When its words were last other words: a correction after publication, else publication."""
    known = [at for at in (article.published_at, article.edited_at) if at is not None]
    return max(known)


def _answer(request: HttpRequest, feed: _Feed, newest: datetime | None) -> HttpResponse:
    """The feed, or 304 to a program that has it already."""
    content = feed.writeString("utf-8").encode()
    etag = f'"{hashlib.sha256(_MOMENT.sub(b"", content)).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=feed.content_type)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    modified = int(newest.timestamp()) if newest else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, etag=etag, last_modified=modified, response=response)
    return answer if isinstance(answer, HttpResponse) else response

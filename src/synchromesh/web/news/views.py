"""The list of news, and one article."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR, is_alliance_staff
from synchromesh.community.permissions import may_edit_article, may_publish_news
from synchromesh.community.queries.news import (
    NewsFilter,
    get_article,
    list_news,
    list_news_years,
    list_writing_organisations,
    news_query,
    read_news_filter,
)
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.queries.concepts import list_topics
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.markdown import markdown_blocks
from synchromesh.web.news.regions import list_news_regions

PAGE_SIZE = 20


@require_safe
def news_list(request: HttpRequest) -> HttpResponse:
    """All news that the reader may see, with filters; the same filter as feeds."""
    wanted, reader = read_news_filter(dict(request.GET.lists())), reader_of(request)
    context = {
        "page": Paginator(list_news(wanted, visible_to=reader), PAGE_SIZE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "is_filtered": wanted != NewsFilter(),
        "query": news_query(wanted),
        "topics": list_topics(),
        "regions": list_news_regions(reader),
        "years": list_news_years(reader),
        "languages": list(OWN_NAMES),
        "may_write": is_alliance_staff(reader) or bool(list_writing_organisations(reader)),
    }
    return render(request, "news/list.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article in the reader's language, else in another that it has, with its corrections."""
    reader = reader_of(request)
    found = get_article(slug, visible_to=reader)
    asked = request.GET.get("text", "")
    language = asked if asked in found.titles else get_language() or "en"
    body = in_language(found.bodies, language)
    context = {
        "article": found,
        "title": in_language(found.titles, language),
        "summary": in_language(found.summaries, language),
        "body": body,
        "html": markdown_blocks(body.text),
        "other_texts": [code for code in found.titles if code != in_language(found.titles, language).language],
        "corrections": list(found.corrections.all()),
        "may_edit": may_edit_article(reader, found),
        "may_publish": may_publish_news(reader),
    }
    return render(request, "news/detail.html", context)


def reader_of(request: HttpRequest) -> Actor:
    """Who reads: a person, or nobody in particular."""
    return request.user if isinstance(request.user, User) else VISITOR

"""Template tags around following a search: the addresses of feeds, calendar and widget of a filter."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from synchromesh.web.templatetags.kept_pieces import kept_piece

register = template.Library()


_QUERY = "\ue000"
"""A private character that stands for the filter in a kept piece."""


@register.simple_tag
def follow_links(query: str) -> SafeString:
    """Ways to hear of new courses of a filter, written as feeds and saved searches have it: without page and order."""
    return _with_query("courses/_follow.html", query)


@register.simple_tag
def feed_link(query: str) -> SafeString:
    """Where programs find the feed of a filter."""
    return _with_query("courses/_feed_links.html", query)


def _with_query(name: str, query: str) -> SafeString:
    piece = kept_piece(name, query=_QUERY if query else "")
    return SafeString(piece.replace(_QUERY, escape(query)))


@register.simple_tag
def course_address(name: str, query: str, language: str = "") -> str:
    """The address of the list, a feed or the widget with this filter, in a language or that of the page."""
    with override(language or get_language()):
        path = reverse(name)
    return f"{path}?{query}" if query else path


@register.simple_tag(takes_context=True)
def webcal_address(context: dict[str, Any], query: str, language: str = "") -> str:
    """The address of the calendar for programs that subscribe. It is shown as text: not every device knows webcal."""
    address = context["request"].build_absolute_uri(course_address("courses:calendar", query, language))
    return f"webcal://{address.partition('://')[2]}"

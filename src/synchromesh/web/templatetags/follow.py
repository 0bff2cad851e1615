"""Template tags around following a search: the addresses of feeds, calendar and widget of a filter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language, override

from synchromesh.catalogue.queries.course_filter import filter_query, read_filter

register = template.Library()


@register.simple_tag(takes_context=True)
def followed_query(context: dict[str, Any]) -> str:
    """The filter of this page's address as feeds and saved searches write it: without page and order."""
    return filter_query(replace(read_filter(dict(context["request"].GET.lists())), order=""))


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

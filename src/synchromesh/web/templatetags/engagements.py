"""What templates say about engagements and figures."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format

from synchromesh.community.models import Engagement
from synchromesh.web.engagements import words

register = template.Library()


@register.filter
def engagement_kind_name(kind: str) -> str:
    """What the alliance did there."""
    return str(words.KIND_NAMES.get(kind, kind))


@register.filter
def engagement_days(engagement: Engagement) -> str:
    """When it was, as exactly as it is known."""
    return words.days_of(engagement)


@register.filter
def month_name(month: int) -> str:
    """The name of a month, or that it is not known."""
    return words.month_name(month)


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands kept apart, as the reader's language does it."""
    return number_format(number, force_grouping=True)

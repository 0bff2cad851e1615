"""Names of the fixed choices of credentials, in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

register = template.Library()

LOG_KINDS = {
    "issued": pgettext_lazy("entry of a log", "Issued"),
    "suspended": pgettext_lazy("entry of a log", "Suspended"),
    "reinstated": pgettext_lazy("entry of a log", "Made valid again"),
    "withdrawn": pgettext_lazy("entry of a log", "Withdrawn"),
    "corrected": pgettext_lazy("entry of a log", "Corrected"),
}


@register.filter
def log_kind_name(kind: str) -> str:
    """What an entry of the transparency log says."""
    return str(LOG_KINDS.get(kind, kind))

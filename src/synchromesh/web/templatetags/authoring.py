"""Template tags of authors' pages: what differs between versions, in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy

register = template.Library()

CHANGED_FIELDS = {
    "kind": gettext_lazy("kind"),
    "titles": gettext_lazy("title"),
    "minutes": gettext_lazy("minutes of work"),
    "is_required": gettext_lazy("whether it is needed"),
    "must_pass": gettext_lazy("whether it is to be passed"),
    "content": gettext_lazy("content"),
    "instrument": gettext_lazy("another test"),
    "test": gettext_lazy("rules or questions of the test"),
    "place": gettext_lazy("place in the outline"),
    "source_language": gettext_lazy("language it is written in"),
    "languages": gettext_lazy("languages"),
    "attendance_percent": gettext_lazy("attendance"),
    "issues_credential": gettext_lazy("credential"),
    "coverage": gettext_lazy("where outcomes are taught and tested"),
}


@register.filter
def changed_field(name: str) -> str:
    """What a field of a unit or a version is called."""
    return str(CHANGED_FIELDS.get(name, name))

"""What readers are told about a course that may not be as it says."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.course_lines import CourseLine
from synchromesh.catalogue.queries.links import has_broken_link

register = template.Library()

UPKEEP_STATES = {
    "broken": pgettext_lazy("courses to look after", "address does not work"),
    "missing": pgettext_lazy("courses to look after", "no longer in the feed"),
    "old": pgettext_lazy("courses to look after", "to confirm"),
}
FRESHNESS = {
    "fresh": pgettext_lazy("how old a confirmation is", "within 12 months"),
    "ageing": pgettext_lazy("how old a confirmation is", "older than 12 months"),
    "stale": pgettext_lazy("how old a confirmation is", "older than 18 months, or not known"),
}


@register.filter
def upkeep_state_name(state: str) -> str:
    """What there is to do about a course."""
    return str(UPKEEP_STATES.get(state, state))


@register.filter
def freshness_name(freshness: str) -> str:
    """How long ago a course was confirmed."""
    return str(FRESHNESS.get(freshness, freshness))


@register.filter
def course_warning(course: Course | CourseLine) -> str:
    """A few words beside the title in a list, or nothing; needs `link_check` read with the course."""
    if course.missing_since is not None:
        return pgettext("beside a course", "perhaps no longer offered")
    broken = course.has_broken_link if isinstance(course, CourseLine) else has_broken_link(course)
    return pgettext("beside a course", "address does not work") if broken else ""


@register.filter
def link_reason(reason: str) -> str:
    """Why an address does not work: in the reader's language, or marked as English where there is no translation."""
    if not reason:
        return ""
    said = gettext(reason)
    if said != reason or (get_language() or "en") == "en":
        return said
    return format_html('<span lang="en">{}</span>', reason)

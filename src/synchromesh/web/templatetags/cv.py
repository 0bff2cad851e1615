"""Template tags of the CV pages: the sentence with its telling words, and how sure the program is, in words."""

from __future__ import annotations

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_noop

from synchromesh.pathways.queries.cv_reading import FoundSkill

register = template.Library()

VERY_LIKELY = 0.8
_PLACES = {
    "page": gettext_noop("page %(number)s"),
    "paragraph": gettext_noop("paragraph %(number)s"),
}
_CELL = re.compile(r"table (?P<table>\d+), row (?P<row>\d+), column (?P<column>\d+)")


@register.filter
def marked(found: FoundSkill) -> SafeString:
    """The sentence with the words that led to the skill in `mark` elements."""
    parts: list[str] = []
    at = 0
    for span in found.spans:
        parts.append(conditional_escape(found.sentence[at : span.start]))
        parts.append(format_html("<mark>{}</mark>", found.sentence[span.start : span.end]))
        at = span.end
    parts.append(conditional_escape(found.sentence[at:]))
    return mark_safe("".join(parts))  # noqa: S308 (each part is escaped above)


@register.filter
def likelihood(found: FoundSkill) -> str:
    """How sure the program is, in words."""
    if not found.certain:
        return gettext("perhaps")
    return gettext("very likely") if found.probability >= VERY_LIKELY else gettext("likely")


@register.filter
def per_cent(probability: float) -> int:
    """A probability as a whole number per cent, never 0 or 100: nothing here is that sure."""
    return min(99, max(1, round(probability * 100)))


@register.filter
def place_words(place: str) -> str:
    """Where a sentence stands, in the reader's language: a page, a paragraph or a cell of a table.

    A section of a Europass CV is named in English and marked so.
    """
    if found := re.fullmatch(r"(page|paragraph) (\d+)", place):
        return gettext(_PLACES[found[1]]) % {"number": found[2]}
    if cell := _CELL.fullmatch(place):
        return gettext("table %(table)s, row %(row)s, column %(column)s") % cell.groupdict()
    return place if get_language() == "en" else format_html('<span lang="en">{}</span>', place)

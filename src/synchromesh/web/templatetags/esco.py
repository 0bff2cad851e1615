"""Template tags for ESCO: names of its fixed words, and the page of a concept."""

from __future__ import annotations

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_lazy

register = template.Library()

ROOT = "http://data.europa.eu/esco/"
KINDS = {
    "skill": gettext_lazy("Skill"),
    "knowledge": gettext_lazy("Knowledge"),
    "occupation": gettext_lazy("Occupation"),
    "skill-group": gettext_lazy("Group of skills"),
    "isco-group": gettext_lazy("Group of occupations (ISCO)"),
}
COLLECTIONS = {
    "digcomp": gettext_lazy("DigComp, digital competences of citizens"),
    "digital": gettext_lazy("Digital skills"),
    "green": gettext_lazy("Green skills"),
    "ict": gettext_lazy("ICT skills"),
    "language": gettext_lazy("Languages"),
    "research": gettext_lazy("Research"),
    "transversal": gettext_lazy("Skills for any job"),
}
REUSE_LEVELS = {
    "transversal": gettext_lazy("in any job"),
    "cross-sector": gettext_lazy("in several sectors"),
    "sector-specific": gettext_lazy("in one sector"),
    "occupation-specific": gettext_lazy("in one occupation"),
}


@register.filter
def esco_kind_name(kind: str) -> str:
    """The name of a kind of concept."""
    return gettext(str(KINDS[kind])) if kind in KINDS else kind


@register.filter
def esco_collection_name(collection: str) -> str:
    """The name of a collection; one that a later version brings shows its own word."""
    return gettext(str(COLLECTIONS[collection])) if collection in COLLECTIONS else collection


@register.filter
def reuse_level_name(level: str) -> str:
    """How widely a skill is used."""
    return gettext(str(REUSE_LEVELS[level])) if level in REUSE_LEVELS else level


@register.filter
def esco_address(uri: str) -> str:
    """Our page of the concept with this European address."""
    try:
        return reverse("esco:concept", args=uri.removeprefix(ROOT).split("/", 1))
    except NoReverseMatch:
        return uri

"""Template tags for suggestions: what a concept is, how it was found, and where it leads."""

from __future__ import annotations

from django import template
from django.utils.translation import pgettext_lazy

from synchromesh.engine.matching.completion import Hit
from synchromesh.web.complete.records import AnySuggestion
from synchromesh.web.search_kinds import INDEX_KINDS, address_of
from synchromesh.web.templatetags.esco import esco_address

register = template.Library()

KINDS = {
    **{name: kind.single for name, kind in INDEX_KINDS.items()},
    "occupation": pgettext_lazy("kind of suggestion", "ESCO occupation"),
    "esco-skill": pgettext_lazy("kind of suggestion", "ESCO skill"),
}
HITS = {
    Hit.EXACT: pgettext_lazy("how a suggestion was found", "exact"),
    Hit.PREFIX: pgettext_lazy("how a suggestion was found", "starts with"),
    Hit.WORD_PREFIX: pgettext_lazy("how a suggestion was found", "a word starts with"),
    Hit.FUZZY: pgettext_lazy("how a suggestion was found", "similar spelling"),
    Hit.MEANING: pgettext_lazy("how a suggestion was found", "similar meaning"),
}


@register.filter
def suggestion_kind(kind: str) -> str:
    """What kind of concept it is."""
    return str(KINDS[kind]) if kind in KINDS else kind


@register.filter
def hit_name(hit: str) -> str:
    """How a label was found, in a word or two."""
    return str(HITS[Hit(hit)])


@register.filter
def suggestion_address(suggestion: AnySuggestion) -> str:
    """The page of what is suggested."""
    if suggestion.kind in INDEX_KINDS:
        return address_of(suggestion.kind, suggestion.slug)
    return esco_address(suggestion.uri)


@register.filter
def is_another_name(suggestion: AnySuggestion) -> bool:
    """Whether the label that fits is not the name that is shown."""
    return suggestion.label.casefold() != suggestion.preferred.casefold()

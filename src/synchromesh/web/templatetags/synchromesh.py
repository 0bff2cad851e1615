"""Template tags: texts in the reader's language, money, time, levels and the skill meter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop, ngettext, pgettext

from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES, OWN_NAMES
from synchromesh.plumbing.translated_text import LocalText, in_language
from synchromesh.web.search_kinds import address_of

register = template.Library()


def local(texts: Mapping[str, str]) -> LocalText:
    """Pick the reader's language from a translated text."""
    return in_language(texts or {}, get_language() or "en")


@register.filter
def words(texts: Mapping[str, str]) -> SafeString | str:
    """Show a translated text; in another language than the page's it carries its own `lang`."""
    chosen = local(texts)
    if chosen.is_fallback and chosen.text:
        return format_html('<span lang="{}">{}</span>', chosen.language, chosen.text)
    return chosen.text


@register.filter
def plain(texts: Mapping[str, str]) -> str:
    """A translated text without markup, for attributes and titles."""
    return local(texts).text


@register.filter
def text_language(texts: Mapping[str, Any]) -> str:
    """The language in which `words` shows this text."""
    return local({code: "x" for code, value in (texts or {}).items() if value}).language


@register.filter
def in_reader_language(lists: Mapping[str, list[str]]) -> list[str]:
    """A list per language (tasks, outcomes): the reader's, else English, else any."""
    for code in (get_language() or "en", "en", *sorted(lists or {})):
        if lists and lists.get(code):
            return lists[code]
    return []


MALTESE = gettext_noop("Maltese")  # the one official language that Django has no translations of


@register.filter
def language_name(code: str) -> str:
    """The name of a language in the interface's language; Django translates these names, but for Maltese."""
    return gettext(ENGLISH_NAMES.get(code, code))


@register.filter
def own_language_name(code: str) -> str:
    """The language's own name."""
    return OWN_NAMES.get(code, code)


@register.filter
def hours(minutes: int | None) -> str:
    """Workload in words: minutes under an hour and a half, else hours with at most one decimal."""
    if minutes is None:
        return gettext("time not stated")
    if minutes < 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    value = round(minutes / 60, 1)
    shown = number_format(int(value) if value == int(value) else value)
    return ngettext("%(count)s hour", "%(count)s hours", int(value + 0.5)) % {"count": shown}


@register.filter
def money(cents: int | None, currency: str = "EUR") -> str:
    """An amount: "EUR 240", "EUR 240.50", "Free" for 0, and plainly unknown for None."""
    if cents is None:
        return gettext("price not stated")
    if cents == 0:
        return pgettext("price", "Free")
    whole = cents % 100 == 0
    shown = number_format(cents // 100 if whole else cents / 100, decimal_pos=0 if whole else 2, force_grouping=True)
    return pgettext("amount of money", "%(currency)s %(amount)s") % {"currency": currency, "amount": shown}


@register.filter
def price(course: Any) -> str:
    """What a course costs, in words."""
    return money(course.price_cents, course.currency or "EUR")


@register.filter
def day(value: Any) -> str:
    """A date in the reader's format."""
    return date_format(value, "DATE_FORMAT") if value else ""


LEVEL_NAMES = {
    0: gettext_noop("Not yet"),
    1: gettext_noop("Awareness"),
    2: gettext_noop("Practitioner"),
    3: gettext_noop("Expert"),
}
ANSWERS = {
    0: gettext_noop("Not yet"),
    1: gettext_noop("With help"),
    2: gettext_noop("On my own"),
    3: gettext_noop("I can teach it"),
}


@register.filter
def level_name(level: int) -> str:
    """The name of a level on the one scale."""
    return gettext(LEVEL_NAMES[int(level)])


@register.filter
def answer_name(level: int) -> str:
    """The answer of a self-check that means this level."""
    return gettext(ANSWERS[int(level)])


@register.inclusion_tag("components/meter.html")
def skill_meter(have: int, need: int) -> dict[str, Any]:
    """Three boxes: met is solid, missing is striped, beyond the need is an empty outline; the words stand beside."""
    return {"states": skill_boxes(have, need), "have": have, "need": need}


@register.simple_tag
def skill_boxes(have: int, need: int) -> list[str]:
    """The states of the three boxes alone, for pages that put other words beside them."""
    return ["met" if level <= have else "missing" if level <= need else "beyond" for level in (1, 2, 3)]


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """The page's query string with some parameters set (or removed when empty) and paging reset."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def swap_address(context: dict[str, Any], old: str, new: str) -> str:
    """The address of the same path with course `new` taken in place of `old`; empty `new` takes the wish back."""
    query: QueryDict = context["request"].GET.copy()
    query.setlist("use", [slug for slug in query.getlist("use") if slug != old] + ([new] if new else []))
    query.setlist(
        "without", [slug for slug in query.getlist("without") if slug not in {old, new}] + ([old] if new else [])
    )
    return f"?{query.urlencode()}"


@register.filter
def count_of(counts: Mapping[str, int], name: str) -> int:
    """The number that belongs to a name; 0 where it has none."""
    return counts.get(name, 0)


@register.filter
def reason_of(reasons: Mapping[str, str], uid: str) -> str:
    """Why a record stands among the results; empty where it has the words."""
    return reasons.get(uid, "")


@register.filter
def hit_address(hit: Any) -> str:
    """The page of a search hit."""
    return address_of(hit.kind, hit.slug)

"""Template tags of learning pages: texts of a course in its learner's language, with what they point at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django import template
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy

from synchromesh.learning.queries.outline import OutlineUnit
from synchromesh.plumbing.translated_text import LocalText, in_language
from synchromesh.web.markdown import NOTHING_AROUND, Surroundings, markdown_blocks, markdown_line
from synchromesh.web.templatetags.kept_pieces import kept_piece

register = template.Library()
Said = Mapping[str, str] | LocalText | str | None

UNIT_KINDS = {
    "text": gettext_lazy("Read"),
    "video": gettext_lazy("Video"),
    "picture": gettext_lazy("Picture"),
    "file": gettext_lazy("File"),
    "exercise": gettext_lazy("Exercise"),
    "passport-exercise": gettext_lazy("Passport exercise"),
    "quiz": gettext_lazy("Test"),
    "assignment": gettext_lazy("Assignment"),
    "live-session": gettext_lazy("Live session"),
}
UNIT_STATES = {
    "todo": pgettext_lazy("state of a unit", "to do"),
    "begun": pgettext_lazy("state of a unit", "begun"),
    "waiting": pgettext_lazy("state of a unit", "waits for marking"),
    "done": pgettext_lazy("state of a unit", "done"),
}


def chosen(said: Said, language: str) -> LocalText:
    """The text for a learner in `language`; what was chosen already stays as it is."""
    if isinstance(said, LocalText):
        return said
    if isinstance(said, str):
        return LocalText(text=said, language=language, is_fallback=False)
    return in_language(said or {}, language)


@register.filter
def course_line(said: Said, language: str) -> SafeString:
    """One line of a course, with its `lang` where that is not the page's."""
    text = chosen(said, language)
    shown = markdown_line(text.text)
    return _marked("span", text, shown)


@register.filter
def course_plain(said: Said, language: str) -> str:
    """A text of a course without markup, for titles and attributes."""
    return chosen(said, language).text


@register.filter
def course_title(said: Said, language: str) -> SafeString:
    """A title of a course: no Markdown, but its `lang` where that is not the page's."""
    text = chosen(said, language)
    return _marked("span", text, format_html("{}", text.text))


@register.simple_tag
def course_text(said: Said, language: str, around: Surroundings = NOTHING_AROUND) -> SafeString:
    """Paragraphs of a course, with their `lang`; a `div` that takes the look of reading text."""
    text = chosen(said, language)
    return _marked("div", text, markdown_blocks(text.text, around or NOTHING_AROUND), look="prose")


@register.simple_tag
def course_words(said: Said, language: str, around: Surroundings = NOTHING_AROUND) -> SafeString:
    """One line of a course that may point at sources, with its `lang`."""
    text = chosen(said, language)
    return _marked("span", text, markdown_line(text.text, around or NOTHING_AROUND))


@register.filter
def fallback_language(said: Said, language: str) -> str:
    """The language that is shown because the asked one is missing; empty where nothing is missing."""
    text = chosen(said, language)
    return text.language if text.text and text.language != language else ""


def _marked(element: str, text: LocalText, shown: SafeString, look: str = "") -> SafeString:
    attributes = format_html(' class="{}"', look) if look else SafeString("")
    if text.text and text.language != get_language():
        attributes += format_html(' lang="{}"', text.language)
    elif not look:
        return shown
    return format_html("<{0}{1}>{2}</{0}>", element, attributes, shown)


@register.simple_tag(takes_context=True)
def unit_link(context: Mapping[str, Any], unit: OutlineUnit) -> SafeString:
    """One unit of the outline of `course`, which leads to it; said to be the current one where it is `unit_key`."""
    return kept_piece(
        "learn/_unit_link.html",
        course=context["course"].slug,
        key=unit.key,
        number=unit.number,
        title=course_title(unit.titles, context["language"]),
        minutes=unit.minutes,
        state=str(unit.state),
        due=date_format(unit.due_at, "DATE_FORMAT") if unit.due_at else "",
        is_here=unit.key == context.get("unit_key"),
    )


@register.simple_tag(takes_context=True)
def unit_steps(context: Mapping[str, Any]) -> SafeString:
    """The ways to the units `before` and `after` this one of `course`."""
    before, after = context["before"], context["after"]
    return kept_piece(
        "learn/_steps.html",
        course=context["course"].slug,
        before=before.key if before else "",
        after=after.key if after else "",
    )


@register.filter
def unit_kind_name(kind: str) -> str:
    """What a learner does in a unit of this kind."""
    return str(UNIT_KINDS.get(kind, kind))


@register.filter
def unit_state_name(state: str) -> str:
    """How far a unit is, in words."""
    return str(UNIT_STATES.get(state, state))


@register.filter
def moment(value: datetime | None) -> str:
    """Day and hour, with the time zone, since a course has learners in several."""
    if value is None:
        return ""
    return f"{date_format(timezone.localtime(value), 'DATETIME_FORMAT')} {timezone.localtime(value).tzname()}"


@register.filter
def time_left(seconds: int) -> str:
    """How long still, in words: minutes rounded down, seconds in the last minute."""
    if seconds >= 60:
        minutes = seconds // 60
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return ngettext("%(count)s second", "%(count)s seconds", max(seconds, 0)) % {"count": max(seconds, 0)}


@register.filter
def in_points(value: Decimal) -> str:
    """Points in words, without zeros that say nothing: 1 point, 1.5 points."""
    whole = int(value) if value == int(value) else 2
    return ngettext("%(count)s point", "%(count)s points", whole) % {"count": floatformat(value, "-2")}


@register.filter
def course_start(said: Said, language: str) -> str:
    """The first words of a text without its markup, to recognise a question by."""
    plain_words = unescape(strip_tags(markdown_line(chosen(said, language).text)))
    return Truncator(" ".join(re.sub(r"\{\{.*?\}\}", "…", plain_words).split())).chars(90)

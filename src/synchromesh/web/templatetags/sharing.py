"""Names around practices, lessons and regions, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext_lazy

from synchromesh.community.models import Lesson, LessonState, PracticeState, PracticeTheme
from synchromesh.web.markdown import markdown_blocks

register = template.Library()

THEMES = {
    PracticeTheme.APPRENTICESHIP: gettext_lazy("Apprenticeships"),
    PracticeTheme.UPSKILLING: gettext_lazy("Training for people in work"),
    PracticeTheme.TEACHERS: gettext_lazy("Training for teachers"),
    PracticeTheme.RECOGNITION: gettext_lazy("Recognition and certificates"),
    PracticeTheme.INTELLIGENCE: gettext_lazy("Knowing which skills are needed"),
    PracticeTheme.COOPERATION: gettext_lazy("Working together in a region"),
    PracticeTheme.CURRICULUM: gettext_lazy("Making curricula and courses"),
    PracticeTheme.ATTRACTION: gettext_lazy("Attracting people"),
    PracticeTheme.TRANSITION: gettext_lazy("From one job to another"),
    PracticeTheme.FUNDING: gettext_lazy("Funding"),
}
STATES = {
    PracticeState.DRAFT: pgettext_lazy("state", "Draft"),
    PracticeState.SUBMITTED: pgettext_lazy("state", "Waits for review"),
    PracticeState.PUBLISHED: pgettext_lazy("state", "Published"),
    PracticeState.REJECTED: pgettext_lazy("state", "Given back"),
    PracticeState.WITHDRAWN: pgettext_lazy("state", "Withdrawn"),
    LessonState.DRAFT: pgettext_lazy("state", "Draft"),
}
LICENCE_PLACES = {
    "CC0-1.0": "publicdomain/zero/1.0",
    "CC-BY-4.0": "licenses/by/4.0",
    "CC-BY-SA-4.0": "licenses/by-sa/4.0",
    "CC-BY-NC-4.0": "licenses/by-nc/4.0",
    "CC-BY-NC-SA-4.0": "licenses/by-nc-sa/4.0",
    "CC-BY-ND-4.0": "licenses/by-nd/4.0",
}
LICENCE_WORDS = {
    "CC0-1.0": gettext_lazy("You may do anything with it."),
    "CC-BY-4.0": gettext_lazy("You may use, change and share it. Name who made it."),
    "CC-BY-SA-4.0": gettext_lazy("You may use, change and share it under the same licence. Name who made it."),
    "CC-BY-NC-4.0": gettext_lazy("You may use, change and share it, but not sell it. Name who made it."),
    "CC-BY-NC-SA-4.0": gettext_lazy(
        "You may use, change and share it under the same licence, but not sell it. Name who made it."
    ),
    "CC-BY-ND-4.0": gettext_lazy("You may use and share it as it is, but share no changed version. Name who made it."),
}


@register.filter
def theme_name(theme: str) -> str:
    """What a practice is about."""
    return str(THEMES.get(PracticeTheme(theme), theme)) if theme in PracticeTheme.values else theme


@register.filter
def state_name(state: str) -> str:
    """Where a practice or a lesson stands."""
    return str(STATES.get(state, state))  # type: ignore[call-overload]


@register.filter
def licence_name(licence: str) -> str:
    """The short name of a licence: CC BY-SA 4.0."""
    return licence.replace("CC0-1.0", "CC0 1.0").replace("CC-BY", "CC BY").replace("-4.0", " 4.0")


@register.filter
def licence_address(licence: str) -> str:
    """Where the licence itself is."""
    return f"https://creativecommons.org/{LICENCE_PLACES[licence]}/" if licence in LICENCE_PLACES else ""


@register.filter
def licence_words(licence: str) -> str:
    """What a licence allows, in a sentence."""
    return str(LICENCE_WORDS.get(licence, ""))


@register.filter
def eqf_range(lesson: Lesson) -> str:
    """EQF levels as "4" or "4–5"; empty where none is stated."""
    if lesson.eqf_min is None:
        return ""
    return str(lesson.eqf_min) if lesson.eqf_min == lesson.eqf_max else f"{lesson.eqf_min}–{lesson.eqf_max}"


@register.filter
def figure(value: Decimal | None) -> str:
    """A number as the reader writes it, without zeros that say nothing; a dash where it is not known."""
    if value is None:
        return "–"
    plain = value.to_integral_value() if value == value.to_integral_value() else value.normalize()
    return number_format(plain, use_l10n=True, force_grouping=True)


@register.filter
def text_blocks(text: str) -> SafeString:
    """The text of a lesson as HTML; what the author wrote as HTML stays characters."""
    return format_html("{}", markdown_blocks(text))

"""Template tags of exercises on battery passports: sentences with values in the reader's language, and the plots."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext_lazy

from synchromesh.engine.passport_models.exercises import Parts, Plot, Quantity, Sentence, Shown, Verdict, number_text
from synchromesh.engine.passport_models.pictures.ageing import HEIGHT, WIDTH, draw_ageing

register = template.Library()
_VERDICTS = {
    Verdict.RIGHT: pgettext_lazy("verdict", "Right"),
    Verdict.WRONG: pgettext_lazy("verdict", "Not right"),
    Verdict.EMPTY: pgettext_lazy("verdict", "Not answered"),
    Verdict.UNIT: pgettext_lazy("verdict", "Slip of the unit"),
    Verdict.FOUND: pgettext_lazy("verdict", "Found"),
    Verdict.MISSED: pgettext_lazy("verdict", "Missed"),
    Verdict.FALSE_ALARM: pgettext_lazy("verdict", "False alarm"),
    Verdict.NEAR: pgettext_lazy("verdict", "Close"),
}


@register.filter
def said_plain(shown: Shown | None) -> str:
    """What is to be shown, in the reader's language, without markup."""
    if shown is None:
        return ""
    if isinstance(shown, Sentence):
        return _translated(shown.template).format_map({name: said_plain(one) for name, one in shown.values.items()})
    if isinstance(shown, Quantity):
        return f"{_number(shown.value)}\N{NO-BREAK SPACE}{shown.unit}".strip()
    if isinstance(shown, Parts):
        return shown.between.join(said_plain(part) for part in shown.parts)
    return shown if isinstance(shown, str) else _number(shown)


@register.filter
def said(shown: Shown | None) -> SafeString:
    """The same for a page; each sentence that is not translated yet says that it is English."""
    if isinstance(shown, Sentence):
        template = _translated(shown.template)
        values = {name: said(one) for name, one in shown.values.items()}
        text = mark_safe(escape(template).format_map(values))  # noqa: S308 (both parts are escaped)
        is_english = (get_language() or "en") != "en" and template == shown.template
        return format_html('<span lang="en">{}</span>', text) if is_english else text
    if isinstance(shown, Parts):
        return format_html_join(shown.between, "{}", ((said(part),) for part in shown.parts))
    return escape(said_plain(shown))


@register.filter
def verdict_name(verdict: Verdict) -> str:
    """What a verdict is called."""
    return str(_VERDICTS[verdict])


@register.inclusion_tag("units/passport-exercise/_plot.html")
def exercise_plot(plot: Plot, number: int) -> dict[str, Any]:
    """Readings over time as a drawing, and the same as a table."""
    line = draw_ageing(plot.readings, threshold=plot.threshold)
    return {
        "plot": plot,
        "number": number,
        "line": line,
        "box": f"0 0 {WIDTH:g} {HEIGHT:g}",
        "width": f"{WIDTH:g}",
        "ticks": line.ticks[::-1] if line else (),
        "unit": plot.readings.unit,
        "first": line.points[0] if line else None,
        "last": line.points[-1] if line else None,
    }


def _translated(text: str) -> str:
    """The empty text would give the head of the translation file."""
    return gettext(text) if text else ""


def _number(value: float) -> str:
    return number_format(Decimal(number_text(value)), use_l10n=True, force_grouping=False)

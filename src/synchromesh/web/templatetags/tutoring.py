"""Template tags of tutors' pages: what to call a cohort, whole numbers and differences with their sign."""

from __future__ import annotations

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from synchromesh.catalogue.models import Run
from synchromesh.learning.models import Joining

register = template.Library()


@register.filter
def cohort_name(run: Run) -> str:
    """What to call a cohort: its first day and its place, as far as they are said."""
    if run.starts_on is not None:
        name = gettext("From %(day)s") % {"day": date_format(run.starts_on, "DATE_FORMAT")}
    else:
        name = run.dates_text or gettext("Without dates")
    return f"{name}, {run.place}" if run.place else name


@register.filter
def joining_name(joining: str) -> str:
    """Who may join, in the reader's language."""
    names = {
        Joining.OPEN: gettext("Anybody may join"),
        Joining.CODE: gettext("Whoever has the code may join"),
        Joining.INVITATION: gettext("Whoever is invited may join"),
    }
    return names.get(Joining(joining), joining)


@register.filter
def whole(value: float) -> str:
    """A number rounded to a whole one; there is no minus nought."""
    return number_format(round(value) or 0)


@register.filter
def signed(value: float) -> str:
    """A rounded difference with its sign, which a plus has too."""
    rounded = round(value)
    shown = number_format(abs(rounded))
    return f"+{shown}" if rounded > 0 else f"\N{MINUS SIGN}{shown}" if rounded < 0 else shown

"""Words for engagements in the reader's language."""

from __future__ import annotations

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.community.models import DatePrecision, Engagement, EngagementKind

KIND_NAMES: dict[str, Promise] = {
    EngagementKind.SPEECH.value: _("Speech"),
    EngagementKind.PANEL.value: _("Panel"),
    EngagementKind.STAND.value: _("Stand"),
    EngagementKind.MEETING.value: _("Meeting"),
    EngagementKind.INTERVIEW.value: _("Interview"),
    EngagementKind.PART.value: _("Took part"),
}
PRECISION_NAMES: dict[str, Promise] = {
    DatePrecision.DAY.value: _("to the day"),
    DatePrecision.MONTH.value: _("to the month"),
    DatePrecision.YEAR.value: _("to the year"),
}


def days_of(engagement: Engagement) -> str:
    """When it was, as exactly as it is known."""
    first, last = engagement.starts_on, engagement.ends_on
    if engagement.precision == DatePrecision.YEAR:
        return str(first.year)
    if engagement.precision == DatePrecision.MONTH:
        return date_format(first, "YEAR_MONTH_FORMAT")
    if first == last:
        return date_format(first, "DATE_FORMAT")
    days = {"first": date_format(first, "DATE_FORMAT"), "last": date_format(last, "DATE_FORMAT")}
    return gettext("%(first)s to %(last)s") % days


def month_name(month: int) -> str:
    """The name of a month; 0 is a month that nobody knows."""
    return str(MONTHS[month]) if month else gettext("month not known")

"""When a meeting is, in the words of the reader's language and in its own time zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from synchromesh.community.models import Meeting


def shown_time(meeting: Meeting) -> str:
    """Day, beginning, end and time zone of a meeting."""
    zone = ZoneInfo(meeting.time_zone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    words = {
        "day": date_format(starts, "DATE_FORMAT"),
        "begins": time_format(starts, "TIME_FORMAT"),
        "ends": time_format(ends, "TIME_FORMAT"),
        "end_day": date_format(ends, "DATE_FORMAT"),
        "zone": meeting.time_zone,
    }
    if starts.date() == ends.date():
        return gettext("%(day)s, %(begins)s to %(ends)s (%(zone)s)") % words
    return gettext("%(day)s, %(begins)s to %(end_day)s, %(ends)s (%(zone)s)") % words

"""Names of the fixed choices around members, groups and projects, and dates as exact as their source."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy, pgettext_lazy

from synchromesh.community.models import (
    AttendanceState,
    GroupKind,
    Meeting,
    Readers,
    RequestState,
    StatedFact,
    ValueChainArea,
)
from synchromesh.community.queries.meeting_times import shown_time

register = template.Library()

AREAS = {
    ValueChainArea.VEHICLES: gettext_lazy("Vehicle makers"),
    ValueChainArea.SUPPLIERS: gettext_lazy("Suppliers and parts"),
    ValueChainArea.TYRES: gettext_lazy("Tyres and rubber"),
    ValueChainArea.BATTERIES: gettext_lazy("Batteries and raw materials"),
    ValueChainArea.ELECTRONICS: gettext_lazy("Electronics, software and chips"),
    ValueChainArea.REPAIR: gettext_lazy("Sales, repair and aftermarket"),
    ValueChainArea.RECYCLING: gettext_lazy("Recycling and circular economy"),
    ValueChainArea.EDUCATION: gettext_lazy("Education and training"),
    ValueChainArea.RESEARCH: gettext_lazy("Research"),
    ValueChainArea.PUBLIC: gettext_lazy("Public bodies and regions"),
    ValueChainArea.SOCIAL_PARTNERS: gettext_lazy("Social partners and associations"),
    ValueChainArea.SERVICES: gettext_lazy("Services and advice"),
}
GROUP_KINDS = {
    GroupKind.TOPIC_COMMITTEE: gettext_lazy("Topic committee"),
    GroupKind.WORKING_GROUP: gettext_lazy("Working group"),
    GroupKind.TASK_FORCE: gettext_lazy("Task force"),
    GroupKind.FORUM: gettext_lazy("Forum"),
}
READERS = {
    Readers.PUBLIC: pgettext_lazy("who may read", "Everybody"),
    Readers.MEMBERS: pgettext_lazy("who may read", "Members of the alliance"),
    Readers.GROUP: pgettext_lazy("who may read", "People of the group"),
}
ATTENDANCE = {
    AttendanceState.COMING: gettext_lazy("will come"),
    AttendanceState.EXCUSED: gettext_lazy("cannot come"),
    AttendanceState.PRESENT: gettext_lazy("was there"),
    AttendanceState.ABSENT: gettext_lazy("was not there"),
}
STATES = {
    RequestState.OPEN: pgettext_lazy("state of an application", "Waits"),
    RequestState.APPROVED: pgettext_lazy("state of an application", "Approved"),
    RequestState.REFUSED: pgettext_lazy("state of an application", "Refused"),
}
FACTS = {
    StatedFact.PARTNERS: gettext_lazy("Partners"),
    StatedFact.COUNTRIES: gettext_lazy("Countries"),
    StatedFact.BUDGET: gettext_lazy("Budget in euro"),
    StatedFact.MEMBERS: gettext_lazy("Members"),
}


def _named(names: dict[Any, Any], value: str) -> str:
    return str(names.get(value, value))


@register.filter
def area_name(area: str) -> str:
    """Where in the value chain a member works."""
    return _named(AREAS, area)


@register.filter
def group_kind_name(kind: str) -> str:
    """What a group is."""
    return _named(GROUP_KINDS, kind)


@register.filter
def readers_name(readers: str) -> str:
    """Who may read something of a group."""
    return _named(READERS, readers)


@register.filter
def attendance_name(state: str) -> str:
    """What somebody said, or what was noted, about a meeting."""
    return _named(ATTENDANCE, state)


@register.filter
def request_state_name(state: str) -> str:
    """What became of an application."""
    return _named(STATES, state)


@register.filter
def fact_name(fact: str) -> str:
    """What a stated number counts."""
    return _named(FACTS, fact)


@register.filter
def stated_date(text: str) -> str:
    """A date as exact as its source: 2018, January 2018, or a day."""
    if len(text) == 10:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if len(text) == 7:
        return date_format(date.fromisoformat(f"{text}-01"), "YEAR_MONTH_FORMAT")
    return text


@register.filter
def meeting_time(meeting: Meeting) -> str:
    """When a meeting is, in the time zone in which it was called."""
    return shown_time(meeting)


@register.filter
def stated_number(value: str) -> str:
    """What a source states: a number in groups of three, anything else as it stands."""
    return number_format(int(value), force_grouping=True) if value.isdecimal() else value

"""Values that the filters of events offer: countries and fields that have any, and how many each country has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count

from synchromesh.community.queries.event_lists import EventFilter, list_events
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EventValues:
    """Countries by code and fields by slug, with their names by language."""

    countries: list[tuple[str, Mapping[str, str]]]
    fields: list[tuple[str, Mapping[str, str]]]


def find_event_values(*, visible_to: Actor, today: date) -> EventValues:
    """What can be chosen: countries and fields of events that the reader may see."""
    seen = list_events(EventFilter(when="all"), visible_to=visible_to, today=today).order_by()
    countries = Country.objects.filter(pk__in=seen.values("country")).order_by("code")
    topics = Topic.objects.filter(pk__in=seen.values("topics")).order_by("position", "slug")
    return EventValues(
        countries=list(countries.values_list("code", "names")), fields=list(topics.values_list("slug", "titles"))
    )


def count_by_country(wanted: EventFilter, *, visible_to: Actor, today: date) -> dict[str, int]:
    """How many events of a filter each country has, whatever country the filter names."""
    found = list_events(replace(wanted, country=""), visible_to=visible_to, today=today).order_by()
    rows = found.exclude(country=None).values_list("country__code").annotate(count=Count("pk", distinct=True))
    return dict(rows.order_by("country__code"))

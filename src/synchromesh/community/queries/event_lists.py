"""Events that somebody may see: what is asked of the list, as it stands in an address, and the list itself.

Pages, feeds and the year record read the same filter. What is not for the reader is in no count either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from synchromesh.accounts.models import MembershipRole, User
from synchromesh.accounts.permissions import is_alliance_staff
from synchromesh.community.models import Event, EventSeries, EventState, EventVisibility, RegistrationState
from synchromesh.community.permissions import is_member, may_see_event
from synchromesh.engine.errors import NotFound
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.plumbing.audit import Actor

UPCOMING, PAST, ALL = "", "past", "all"
LONGEST_VALUE = 160
_EDITING = (MembershipRole.EDITOR, MembershipRole.MANAGER)
_NOTHING = "There is no event with this address."


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """What a reader asked for; what is empty asks for nothing. `region` takes in the regions below it.

    `when` is empty for what is not over yet, `past` or `all`. `since` and `until` bound the days on which it takes
    place and replace `when`.
    """

    words: str = ""
    kind: str = ""
    field: str = ""
    country: str = ""
    region: str = ""
    mode: str = ""
    organiser: str = ""
    series: str = ""
    when: str = UPCOMING
    since: date | None = None
    until: date | None = None


_GIVEN = {"words": "q"}
_NAMES = tuple(one.name for one in fields(EventFilter))


def read_event_filter(values: Mapping[str, Sequence[str]]) -> EventFilter:
    """Read the parameters of an address. It is never wrong: what nobody knows finds nothing or is passed over."""
    found = {name: _last(values, _GIVEN.get(name, name)) for name in _NAMES if name not in {"since", "until"}}
    when = found.pop("when")
    return EventFilter(
        **found,
        when=when if when in {PAST, ALL} else UPCOMING,
        since=_day(_last(values, "since")),
        until=_day(_last(values, "until")),
    )


def event_query(wanted: EventFilter) -> str:
    """The query string that `read_event_filter` reads this filter from, always in the same order."""
    pairs = [(_GIVEN.get(name, name), getattr(wanted, name)) for name in _NAMES]
    return urlencode([(name, str(value)) for name, value in pairs if value])


def without_dates(wanted: EventFilter) -> EventFilter:
    """The filter without any bound in time, for the pages of months and for feeds."""
    return replace(wanted, when=ALL, since=None, until=None)


def list_events(wanted: EventFilter, *, visible_to: Actor, today: date) -> QuerySet[Event]:
    """Events that `visible_to` may see, what is soonest first, what is past newest first. No drafts."""
    found = visible_events(visible_to).exclude(state=EventState.DRAFT).filter(_asked(wanted, today))
    past = wanted.when == PAST and wanted.since is None
    order = ("-starts_on", "-pk") if past else ("starts_on", "starts_at", "pk")
    return found.select_related("country", "organiser").order_by(*order)


def visible_events(visible_to: Actor) -> QuerySet[Event]:
    """What somebody may know of: announced events by their visibility, and all that they organise."""
    if is_alliance_staff(visible_to):
        return Event.objects.all()
    announced = ~Q(state=EventState.DRAFT)
    seen = announced if is_member(visible_to) else announced & Q(visibility=EventVisibility.PUBLIC)
    if isinstance(visible_to, User) and visible_to.is_active:
        own = visible_to.memberships.filter(role__in=_EDITING).values("organisation")
        seen |= Q(organiser__in=own)
    return Event.objects.filter(seen)


def list_organised(by: Actor) -> QuerySet[Event]:
    """The events that somebody organises, drafts too, newest first, each with who has a place and who waits."""
    if is_alliance_staff(by):
        found = Event.objects.all()
    elif isinstance(by, User) and by.is_active:
        found = Event.objects.filter(organiser__in=by.memberships.filter(role__in=_EDITING).values("organisation"))
    else:
        return Event.objects.none()
    return found.select_related("country", "organiser").order_by("-starts_on", "-pk")


def count_states(events: Sequence[Event]) -> dict[int, dict[str, int]]:
    """How many registrations each of some events has in each state; one question."""
    counts: dict[int, dict[str, int]] = {event.pk: dict.fromkeys(RegistrationState.values, 0) for event in events}
    rows = Event.objects.filter(pk__in=counts).values_list("pk", "registrations__state")
    for pk, state, count in rows.annotate(count=Count("registrations")).order_by("pk"):
        if state:
            counts[pk][state] = count
    return counts


def get_event(slug: str, *, visible_to: Actor) -> Event:
    """One event. Raises NotFound, also where the reader may not know of it."""
    return _checked(Event.objects.filter(slug=slug), visible_to)


def _checked(found: QuerySet[Event], visible_to: Actor) -> Event:
    related = ("country", "region", "organiser", "series", "achievement")
    event = found.select_related(*related).prefetch_related("topics").first()
    if event is None or not may_see_event(visible_to, event):
        raise NotFound(_NOTHING)
    return event


def find_series(slug: str) -> EventSeries | None:
    """A series by its short name."""
    return EventSeries.objects.filter(slug=slug).first() if slug else None


def _asked(wanted: EventFilter, today: date) -> Q:
    asked = Q()
    for name, path in (
        ("kind", "kind"),
        ("country", "country__code"),
        ("mode", "mode"),
        ("organiser", "organiser__slug"),
        ("series", "series__slug"),
    ):
        if value := getattr(wanted, name):
            asked &= Q(**{path: value})
    if wanted.field:
        asked &= Q(topics__slug=wanted.field)
    if wanted.region:
        asked &= Q(region__code__startswith=wanted.region)
    for word in wanted.words.split()[:10]:
        asked &= Q(words__contains=fold(word))
    return asked & _time(wanted, today)


def _time(wanted: EventFilter, today: date) -> Q:
    bounds = Q()
    if wanted.since or wanted.until:
        if wanted.since:
            bounds &= Q(ends_on__gte=wanted.since)
        if wanted.until:
            bounds &= Q(starts_on__lte=wanted.until)
        return bounds
    if wanted.when == PAST:
        return Q(ends_on__lt=today)
    return bounds if wanted.when == ALL else Q(ends_on__gte=today)


def _last(values: Mapping[str, Sequence[str]], name: str) -> str:
    found = values.get(name) or ("",)
    return " ".join(found[-1].replace("\0", " ").split())[:LONGEST_VALUE]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None

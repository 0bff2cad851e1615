"""Who reads a page of events, what they ask for, and the choices of the filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.community.models import EventKind, EventMode
from synchromesh.community.queries.event_lists import (
    ALL,
    PAST,
    UPCOMING,
    EventFilter,
    event_query,
    find_series,
    read_event_filter,
)
from synchromesh.community.queries.event_values import EventValues
from synchromesh.engine.errors import SynchromeshError
from synchromesh.plumbing.audit import Actor
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.templatetags.events import event_kind_name
from synchromesh.web.templatetags.page_frame import mode_name
from synchromesh.web.templatetags.synchromesh import plain

Given = ParamSpec("Given")
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]


def reader_of(request: HttpRequest) -> Actor:
    """The signed-in person, or a visitor."""
    return request.user if isinstance(request.user, User) and request.user.is_active else VISITOR


def organiser_page(view: View[Given]) -> View[Given]:
    """A page of organisers, which no browser keeps. Who organises, the operations and queries know."""
    guarded: Any = require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(cast("Any", view))))
    return cast("View[Given]", guarded)


def put_error(form: forms.Form, error: SynchromeshError) -> None:
    """Show what an operation refused beside its field, or above the form where it has none."""
    field = getattr(error, "field", None) or ""
    form.add_error(field if field in form.fields else None, sentence_of(error))


def wanted_of(request: HttpRequest) -> EventFilter:
    """The filter that stands in the address."""
    return read_event_filter(dict(request.GET.lists()))


def list_context(wanted: EventFilter, values: EventValues, view: str) -> dict[str, Any]:
    """What list, month and map share: the choices, the chips, the addresses of the other views and of the feed."""
    query = event_query(wanted)
    tail = f"?{query}" if query else ""
    plain_query = event_query(replace(wanted, when=UPCOMING, since=None, until=None))
    return {
        "wanted": wanted,
        "view": view,
        "selects": _selects(wanted, values),
        "whens": [(UPCOMING, gettext("Coming")), (PAST, gettext("Past")), (ALL, gettext("All"))],
        "chips": _chips(wanted, values, view),
        "views": [
            (name, label, reverse(f"events:{name}") + tail)
            for name, label in (("list", gettext("List")), ("month", gettext("Month")), ("map", gettext("Map")))
        ],
        "feed": reverse("events:feed") + (f"?{plain_query}" if plain_query else ""),
    }


def filter_title(wanted: EventFilter, values: EventValues) -> str:
    """What a calendar of this filter is called."""
    parts = [label for _, label in _labels(wanted, values)]
    return ": ".join(filter(None, [gettext("Events"), ", ".join(parts)]))


def _choices(values: EventValues) -> dict[str, list[tuple[str, str]]]:
    return {
        "kind": [(kind, event_kind_name(kind)) for kind in EventKind.values],
        "country": sorted(((code, plain(names)) for code, names in values.countries), key=lambda pair: pair[1]),
        "field": [(slug, plain(titles)) for slug, titles in values.fields],
        "mode": [(mode, mode_name(mode)) for mode in EventMode.values],
    }


def _selects(wanted: EventFilter, values: EventValues) -> list[dict[str, Any]]:
    labels = {
        "kind": gettext("Kind"),
        "country": gettext("Country"),
        "field": gettext("Field"),
        "mode": gettext("Where"),
    }
    return [
        {"name": name, "label": labels[name], "choices": choices, "chosen": getattr(wanted, name)}
        for name, choices in _choices(values).items()
        if len(choices) > 1 or getattr(wanted, name)
    ]


def _labels(wanted: EventFilter, values: EventValues) -> list[tuple[str, str]]:
    """The choices in force with their words: of the selects, and of what only links bring."""
    choices = {name: dict(pairs) for name, pairs in _choices(values).items()}
    found = [(name, choices[name].get(value, value)) for name in choices if (value := getattr(wanted, name))]
    series = find_series(wanted.series)
    found += [("series", plain(series.titles) if series else wanted.series)] if wanted.series else []
    found += [(name, value) for name in ("region", "organiser") if (value := getattr(wanted, name))]
    found += [("words", f"“{wanted.words}”")] if wanted.words else []
    return found


def _chips(wanted: EventFilter, values: EventValues, view: str) -> list[dict[str, str]]:
    found = []
    for name, label in _labels(wanted, values):
        without: dict[str, Any] = {name: ""}
        query = event_query(replace(wanted, **without))
        address = reverse(f"events:{view}")
        found.append({"label": label, "url": f"{address}?{query}" if query else address})
    return found

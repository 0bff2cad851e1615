"""The form of an event: texts in one language at a time, time and place, and how one takes part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Event, EventKind, EventMode, EventVisibility
from synchromesh.community.operations.event_editing import EventContent, content_of
from synchromesh.community.queries.event_times import ZONES
from synchromesh.credentials.models import Achievement
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country, Region
from synchromesh.web.templatetags.events import event_kind_name
from synchromesh.web.templatetags.page_frame import mode_name
from synchromesh.web.templatetags.synchromesh import plain

TEXTS = ("titles", "summaries", "travel_notes")
_MOMENT = "%Y-%m-%dT%H:%M"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def _moment(label: Any) -> forms.CharField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.CharField(label=label, required=False, widget=widget)


def _number(label: Any, help_text: Any = "", least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=least, max_value=1_000_000)


class EventForm(forms.Form):
    """What organisers say of an event. Texts in other languages than the page's stay as they are."""

    GROUPS: ClassVar = (
        (gettext_lazy("What it is"), ("titles", "kind", "summaries", "topics", "series", "visibility")),
        (gettext_lazy("When"), ("starts_on", "ends_on", "begins", "ends", "zone")),
        (gettext_lazy("Where"), ("mode", "place", "country", "region", "online_url", "url", "travel_notes")),
        (
            gettext_lazy("Taking part"),
            (
                "takes_registrations", "needs_approval", "takes_guests", "seats", "seats_per_organisation",
                "registers_from_at", "registers_until_at", "guest_days", "achievement",
            ),
        ),
    )  # fmt: skip

    titles = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    summaries = forms.CharField(
        label=gettext_lazy("What it is about"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    )
    series = forms.CharField(
        label=gettext_lazy("Series"),
        help_text=gettext_lazy("The name that this event shares with others, such as a yearly conference."),
        required=False,
        max_length=100,
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Who sees it"))
    starts_on = _day(gettext_lazy("First day"))
    ends_on = _day(gettext_lazy("Last day"))
    begins = _clock(gettext_lazy("From"))
    ends = _clock(gettext_lazy("To"))
    zone = forms.ChoiceField(label=gettext_lazy("Time zone of the place"))
    mode = forms.ChoiceField(label=gettext_lazy("Where people meet"), required=False)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=300)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    region = forms.CharField(
        label=gettext_lazy("Region"),
        help_text=gettext_lazy("The NUTS code, such as RO42."),
        required=False,
        max_length=5,
    )
    online_url = forms.URLField(
        label=gettext_lazy("Address to take part online"),
        help_text=gettext_lazy("Only people who have a place see it."),
        required=False,
        assume_scheme="https",
    )
    url = forms.URLField(label=gettext_lazy("Page of the event elsewhere"), required=False, assume_scheme="https")
    travel_notes = forms.CharField(
        label=gettext_lazy("How to get there, where to stay"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    takes_registrations = forms.BooleanField(label=gettext_lazy("People register here"), required=False)
    needs_approval = forms.BooleanField(label=gettext_lazy("The organisers approve each one"), required=False)
    takes_guests = forms.BooleanField(
        label=gettext_lazy("People without an account may register"),
        help_text=gettext_lazy("For public events. They confirm their e-mail address and are forgotten afterwards."),
        required=False,
    )
    seats = _number(gettext_lazy("Seats"), gettext_lazy("Empty: no limit."))
    seats_per_organisation = _number(gettext_lazy("Seats for one organisation"), gettext_lazy("Empty: no limit."))
    registers_from_at = _moment(gettext_lazy("Registration begins"))
    registers_until_at = _moment(gettext_lazy("Registration ends"))
    guest_days = forms.IntegerField(
        label=gettext_lazy("Guests are forgotten so many days after the event"), min_value=1, max_value=365, initial=30
    )
    achievement = forms.ChoiceField(
        label=gettext_lazy("Award to everybody who was there"),
        help_text=gettext_lazy("Without one there is a certificate of attendance on paper."),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, event: Event | None = None, organiser: Organisation | None = None, texts_in: str
    ) -> None:
        super().__init__(
            data, initial=_initial(event, texts_in) if event else {"visibility": "public", "guest_days": 30}
        )
        self._event, self._texts_in = event, texts_in
        issued = Achievement.objects.filter(issuer__organisation=organiser, ended_at=None) if organiser else []
        self._achievements = {one.slug: one for one in issued}
        self._topics = {topic.slug: topic for topic in Topic.objects.order_by("position", "slug")}
        self._countries = {country.code: country for country in Country.objects.order_by("code")}
        self._fill_choices()
        for name in TEXTS:
            self.fields[name].widget.attrs["lang"] = texts_in

    def _fill_choices(self) -> None:
        countries = sorted(
            ((code, plain(one.names)) for code, one in self._countries.items()), key=lambda pair: pair[1]
        )
        names = {
            EventVisibility.PUBLIC: gettext("Everybody"),
            EventVisibility.MEMBERS: gettext("Members of the alliance"),
        }
        choices: dict[str, list[tuple[str, str]]] = {
            "kind": [(kind, event_kind_name(kind)) for kind in EventKind.values],
            "visibility": [(value.value, name) for value, name in names.items()],
            "zone": [(zone, zone) for zone in ZONES],
            "mode": [("", gettext("not stated")), *((mode, mode_name(mode)) for mode in EventMode.values)],
            "country": [("", "–"), *countries],
            "topics": [(slug, plain(topic.titles)) for slug, topic in self._topics.items()],
            "achievement": [("", gettext("nothing")), *((slug, slug) for slug in self._achievements)],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        for name in ("topics", "achievement"):
            if len(choices[name]) < 2:
                del self.fields[name]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in their groups, for the page."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        """Read what only means something together: instants in the zone of the place, and the region."""
        entered: dict[str, Any] = super().clean() or {}
        for name in ("registers_from_at", "registers_until_at"):
            entered[name] = self._instant(name, entered.get(name, ""), entered.get("zone", ""))
        code = entered.get("region", "").strip().upper()
        entered["region"] = Region.objects.select_related("country").filter(code=code).first() if code else None
        if code and entered["region"] is None:
            self.add_error("region", gettext("There is no region with this code."))
        if entered.get("takes_guests") and entered.get("visibility") == EventVisibility.MEMBERS:
            self.add_error("takes_guests", gettext("An event for members takes no guests."))
        return entered

    def _instant(self, name: str, text: str, zone: str) -> datetime | None:
        if not text or not zone:
            return None
        try:
            return datetime.strptime(text[:16], _MOMENT).replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            self.add_error(name, gettext("Give a day and a time."))
            return None

    def content(self) -> EventContent:
        """What was entered, beside what is stored in other languages."""
        entered = dict(self.cleaned_data)
        for name in TEXTS:
            entered[name] = _merged(getattr(self._event, name, {}), self._texts_in, entered[name])
        entered["country"] = self._countries.get(entered["country"])
        entered["topics"] = [self._topics[slug] for slug in entered.get("topics", ())]
        entered["achievement"] = self._achievements.get(entered.get("achievement", ""))
        return EventContent(**entered)


def _initial(event: Event, texts_in: str) -> dict[str, Any]:
    content, zone = content_of(event), ZoneInfo(event.zone)
    found: dict[str, Any] = {name: getattr(content, name) for name in content.__dataclass_fields__}
    for name in TEXTS:
        found[name] = found[name].get(texts_in, "")
    for name in ("registers_from_at", "registers_until_at"):
        found[name] = found[name].astimezone(zone).strftime(_MOMENT) if found[name] else ""
    found["country"] = event.country.code if event.country else ""
    found["region"] = event.region.code if event.region else ""
    found["topics"] = [topic.slug for topic in content.topics]
    found["achievement"] = event.achievement.slug if event.achievement else ""
    return found


def _merged(stored: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    """The texts with this one in its language; an empty one takes the language away."""
    others = {code: said for code, said in stored.items() if code != language}
    return others | {language: text.strip()} if text.strip() else others

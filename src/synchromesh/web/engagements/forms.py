"""The form for an engagement."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import DatePrecision, Engagement, EngagementKind, Event, Group
from synchromesh.community.operations.engagements import EngagementContent
from synchromesh.community.queries.event_lists import visible_events
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.engagements.words import KIND_NAMES, PRECISION_NAMES

_TEXTS = ("event_title", "host", "place", "subject", "speakers", "slides_url", "reach_source", "contacts", "source_url")


class _Named(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """A choice of records by their name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name."""
        return in_language(obj.names, get_language() or "en").text


class _Topics(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """A choice of fields by their title in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Its title."""
        return in_language(obj.titles, get_language() or "en").text


class EngagementForm(forms.Form):
    """What, when, where, who, and what came of it. `groups` are those in whose name the person may record."""

    kind = forms.ChoiceField(label=_("What it was"), choices=list(KIND_NAMES.items()))
    event_title = forms.CharField(label=_("Event"), help_text=_("As its host calls it."), max_length=300)
    own_event = forms.SlugField(
        label=_("Our own event"),
        help_text=_("The last part of the address of its page here, if it has one."),
        max_length=120,
        required=False,
    )
    host = forms.CharField(label=_("Host"), help_text=_("Who invited."), max_length=200, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("Empty: one day."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    precision = forms.ChoiceField(
        label=_("How exactly the date is known"), choices=list(PRECISION_NAMES.items()), initial=DatePrecision.DAY
    )
    place = forms.CharField(label=_("Place"), max_length=300, required=False)
    country = _Named(label=_("Country"), queryset=Country.objects.none(), required=False)
    subject = forms.CharField(label=_("Topic"), max_length=300, required=False)
    topics = _Topics(
        label=_("Fields"), queryset=Topic.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    speakers = forms.CharField(
        label=_("Who spoke"),
        help_text=_("One in a line: name, and after a comma the function. Everybody reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    slides_url = forms.URLField(
        label=_("Address of the slides"), max_length=1000, required=False, assume_scheme="https"
    )
    slides = forms.FileField(label=_("Slides as a file"), required=False)
    reach = forms.IntegerField(
        label=_("People reached"),
        help_text=_("Empty: not known."),
        min_value=0,
        max_value=2_000_000_000,
        required=False,
    )
    reach_source = forms.CharField(label=_("Who counted them"), max_length=200, required=False)
    source_url = forms.URLField(label=_("A page that says so"), max_length=1000, required=False, assume_scheme="https")
    group = _Named(
        label=_("Group"),
        help_text=_("Its people read contacts and what follows; nobody else but alliance staff does."),
        queryset=Group.objects.none(),
        required=False,
    )
    contacts = forms.CharField(
        label=_("Contacts made"),
        help_text=_("Not public. No more about people than you need to come back to them."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        required=False,
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, reader: Actor, groups: list[Group], engagement: Engagement | None
    ) -> None:
        super().__init__(data, files, initial=_initial(engagement) if engagement else None)
        self._reader, self._before = reader, engagement
        own = [*groups, *([engagement.group] if engagement and engagement.group else [])]
        for name, found in (
            ("country", Country.objects.all()),
            ("topics", Topic.objects.order_by("slug")),
            ("group", Group.objects.filter(pk__in=[group.pk for group in own]).order_by("slug")),
        ):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = found

    def clean_own_event(self) -> Event | None:
        """The event that the address leads to, if the person may know of it."""
        slug = self.cleaned_data["own_event"]
        if not slug:
            return None
        event = visible_events(self._reader).filter(slug=slug).first()
        if event is None:
            raise forms.ValidationError(_("There is no event with this address here."))
        return event

    def content(self) -> EngagementContent:
        """What was entered. A host with a page here is linked by its name."""
        entered = self.cleaned_data
        host = " ".join(entered["host"].split())
        return EngagementContent(
            kind=EngagementKind(entered["kind"]),
            precision=DatePrecision(entered["precision"]),
            starts_on=entered["starts_on"],
            ends_on=entered["ends_on"],
            event=entered["own_event"],
            organisation=Organisation.objects.filter(name__iexact=host).first() if host else None,
            group=entered["group"],
            country=entered["country"],
            topics=tuple(entered["topics"]),
            reach=entered["reach"],
            source=self._before.source if self._before else "",
            **{name: entered[name] for name in _TEXTS},
        )


def _initial(engagement: Engagement) -> dict[str, Any]:
    return {
        **{name: getattr(engagement, name) for name in (*_TEXTS, "kind", "precision", "starts_on", "reach")},
        "ends_on": engagement.ends_on if engagement.ends_on != engagement.starts_on else None,
        "own_event": engagement.event.slug if engagement.event else "",
        "country": engagement.country_id,
        "group": engagement.group_id,
        "topics": [topic.pk for topic in engagement.topics.all()],
    }

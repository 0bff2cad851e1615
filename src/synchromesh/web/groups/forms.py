"""Forms of groups, their meetings and documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import Group, GroupKind, Meeting, Readers
from synchromesh.community.operations.groups import GroupDetails
from synchromesh.community.operations.meetings import MeetingDetails
from synchromesh.community.operations.stored_files import KINDS
from synchromesh.web.community_pages import date_input, named_organisation
from synchromesh.web.templatetags.alliance import GROUP_KINDS, READERS
from synchromesh.web.templatetags.synchromesh import plain

READER_CHOICES = [(readers.value, READERS[readers]) for readers in Readers]
KIND_CHOICES = [(kind.value, GROUP_KINDS[kind]) for kind in GroupKind]


class GroupForm(forms.Form):
    """What is said of a group; leaders write the texts and dates, alliance staff the rest."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    mandate = forms.CharField(
        label=gettext_lazy("Mandate"),
        help_text=gettext_lazy("What the group is to do."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KIND_CHOICES)
    visibility = forms.ChoiceField(label=gettext_lazy("Who sees the page"), choices=READER_CHOICES)
    parent = forms.ChoiceField(label=gettext_lazy("Part of"), required=False)
    lead_organisation = forms.CharField(
        label=gettext_lazy("Organisation that leads it"),
        help_text=gettext_lazy("Its name as it stands on this site."),
        required=False,
    )
    starts_on = forms.DateField(label=gettext_lazy("First day"), required=False, widget=date_input())
    ends_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=date_input())

    OF_STAFF = ("kind", "visibility", "parent", "lead_organisation")

    def __init__(
        self, data: Any = None, *, group: Group | None, language: str, others: list[Group], is_staff: bool
    ) -> None:
        super().__init__(data, initial=_initial(group, language) if group else {"visibility": "public"})
        self._group, self._language, self._others = group, language, {one.slug: one for one in others}
        choices = [("", "–"), *((one.slug, plain(one.names)) for one in others)]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["lang"] = self.fields["mandate"].widget.attrs["lang"] = language
        if not is_staff:
            for name in self.OF_STAFF:
                del self.fields[name]

    def details(self) -> GroupDetails:
        """What was entered; for leaders the rest stays as it is. Raises InvalidInput for an unknown organisation."""
        entered, group = self.cleaned_data, self._group
        texts: dict[str, Any] = {name: entered[name] for name in ("name", "mandate", "starts_on", "ends_on")}
        if "kind" not in self.fields and group is not None:
            kept: dict[str, Any] = {name: getattr(group, name) for name in self.OF_STAFF}
            return GroupDetails(language=self._language, **texts, **kept)
        lead: Organisation | None = named_organisation(entered["lead_organisation"], field="lead_organisation")
        return GroupDetails(
            language=self._language,
            kind=entered["kind"],
            visibility=entered["visibility"],
            parent=self._others.get(entered["parent"]),
            lead_organisation=lead,
            **texts,
        )


def _initial(group: Group, language: str) -> dict[str, Any]:
    names = ("kind", "visibility", "starts_on", "ends_on")
    return {name: getattr(group, name) for name in names} | {
        "name": group.names.get(language, ""),
        "mandate": group.mandates.get(language, ""),
        "parent": group.parent.slug if group.parent else "",
        "lead_organisation": group.lead_organisation.name if group.lead_organisation else "",
    }


class MeetingForm(forms.Form):
    """When, where and about what; times are those of the chosen zone."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    day = forms.DateField(label=gettext_lazy("Day"), widget=date_input())
    begins = forms.TimeField(label=gettext_lazy("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}))
    end_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty: the same day."),
        required=False,
        widget=date_input(),
    )
    ends = forms.TimeField(label=gettext_lazy("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=200)
    online_url = forms.URLField(
        label=gettext_lazy("Online address"),
        help_text=gettext_lazy("Only people of the group see it."),
        required=False,
        assume_scheme="https",
        max_length=1000,
    )
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        help_text=gettext_lazy("One item on each line."),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, data: Any = None, *, meeting: Meeting | None = None) -> None:
        super().__init__(data, initial=_times(meeting) if meeting else {"time_zone": settings.TIME_ZONE})
        zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix")))
        self.fields["time_zone"].choices = [(zone, zone) for zone in ["UTC", *zones]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put day, time and zone together."""
        entered: dict[str, Any] = super().clean() or {}
        if self.errors:
            return entered
        zone = ZoneInfo(entered["time_zone"])
        entered["starts_at"] = datetime.combine(entered["day"], entered["begins"], tzinfo=zone)
        entered["ends_at"] = datetime.combine(entered["end_day"] or entered["day"], entered["ends"], tzinfo=zone)
        if entered["ends_at"] <= entered["starts_at"]:
            self.add_error("ends", gettext("The end lies before the beginning."))
        return entered

    def details(self) -> MeetingDetails:
        """What was entered, as the operation takes it."""
        names = ("title", "starts_at", "ends_at", "time_zone", "agenda", "place", "online_url")
        return MeetingDetails(**{name: self.cleaned_data[name] for name in names})


def _times(meeting: Meeting) -> dict[str, Any]:
    zone = ZoneInfo(meeting.time_zone)
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    names = ("title", "time_zone", "place", "online_url", "agenda")
    return {name: getattr(meeting, name) for name in names} | {
        "day": starts.date(),
        "begins": starts.strftime("%H:%M"),
        "end_day": ends.date() if ends.date() != starts.date() else None,
        "ends": ends.strftime("%H:%M"),
    }


class FileForm(forms.Form):
    """A file and a note on what changed."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=", ".join(KINDS))
    note = forms.CharField(label=gettext_lazy("What changed"), required=False, max_length=300)


class DocumentForm(forms.Form):
    """A new document."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    readers = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=READER_CHOICES, initial="group")
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"), required=False)
    file = forms.FileField(label=gettext_lazy("File"), help_text=", ".join(KINDS))

    def __init__(self, data: Any = None, files: Any = None, *, meetings: list[Meeting], is_leader: bool) -> None:
        super().__init__(data, files)
        self._meetings = {str(one.uid): one for one in meetings}
        choices = [("", "–"), *((str(one.uid), f"{one.title} ({one.starts_at:%Y-%m-%d})") for one in meetings)]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]
        if not is_leader:
            only = [choice for choice in READER_CHOICES if choice[0] == Readers.GROUP]
            self.fields["readers"].choices = only  # type: ignore[attr-defined]

    @property
    def chosen_meeting(self) -> Meeting | None:
        """The meeting that the document belongs to."""
        return self._meetings.get(self.cleaned_data.get("meeting", ""))

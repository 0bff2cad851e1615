"""Forms of events: take part, say what one thinks, and what organisers write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import MaterialAudience
from synchromesh.web.templatetags.events import useful_name

_NOTE_HELP = gettext_lazy("Such as what you eat, or what you need to get in. The organisers read it, nobody else.")


def _note() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("What should the organisers know?"),
        help_text=_NOTE_HELP,
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RegisterForm(forms.Form):
    """Take part with an account, for an organisation or for oneself."""

    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation"), required=False)
    note = _note()

    def __init__(self, data: Any = None, *, organisations: Iterable[Organisation]) -> None:
        super().__init__(data)
        self._mine = {one.slug: one for one in organisations}
        choices = [*((slug, one.name) for slug, one in self._mine.items()), ("", gettext("for myself"))]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if not self._mine:
            del self.fields["organisation"]

    def chosen(self) -> Organisation | None:
        """The organisation that was chosen."""
        return self._mine.get(self.cleaned_data.get("organisation", ""))


class GuestForm(forms.Form):
    """Take part without an account."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("You get a mail with a link. You are registered once you have opened it and confirmed."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    note = _note()

    def entry(self) -> dict[str, str]:
        """What was entered, as `GuestEntry` takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "organisation_name", "note")}


class FeedbackForm(forms.Form):
    """What somebody thinks of an event."""

    useful = forms.TypedChoiceField(
        label=gettext_lazy("How useful was it for you?"), coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What was good, what was missing?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [(useful, useful_name(useful)) for useful in (4, 3, 2, 1)]
        self.fields["useful"].choices = choices  # type: ignore[attr-defined]


class MaterialForm(forms.Form):
    """Something to hand out: an address or a file."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    url = forms.URLField(label=gettext_lazy("Address"), required=False, max_length=1000, assume_scheme="https")
    file = forms.FileField(label=gettext_lazy("Or a file"), required=False)
    audience = forms.ChoiceField(label=gettext_lazy("For whom"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"audience": MaterialAudience.REGISTERED})
        names = {
            MaterialAudience.REGISTERED: gettext("Whoever has a place"),
            MaterialAudience.PUBLIC: gettext("Everybody who sees the event"),
        }
        choices = [(value.value, name) for value, name in names.items()]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]


class ProgrammeForm(forms.Form):
    """One point of the programme."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    begins = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=gettext_lazy("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    track = forms.CharField(
        label=gettext_lazy("Track"),
        help_text=gettext_lazy("What runs at the same time gets a name for each row."),
        required=False,
        max_length=100,
    )
    room = forms.CharField(label=gettext_lazy("Room"), required=False, max_length=100)
    speakers = forms.CharField(
        label=gettext_lazy("Speakers"),
        help_text=gettext_lazy("Only people who have agreed to be named."),
        required=False,
        max_length=500,
    )

"""Forms of a region: its profile, facts, employers' sites, and the people whom members can ask."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from synchromesh.community.models import RegionProfile
from synchromesh.community.operations.regions import RegionDetails, StatedSource
from synchromesh.community.queries.regions import list_networks
from synchromesh.web.community_pages import date_input

_MOST = Decimal(10) ** 13
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class NewRegionForm(forms.Form):
    """A region that takes part."""

    region = forms.CharField(label=_("Region"), help_text=_("The NUTS code, such as DE11."), max_length=5)
    name = forms.CharField(label=_("Name it goes by"), max_length=150)
    network = forms.ChoiceField(label=_("Takes part in"), required=False)
    desk = forms.CharField(
        label=_("Regional desk"),
        help_text=_("The name of the organisation that speaks for the region; its editors keep the profile."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [("", "–"), *((network.slug, network.name) for network in list_networks())]
        self.fields["network"].choices = choices  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What a region says of itself, in one language."""

    name = forms.CharField(label=_("Name"), max_length=150)
    summary = forms.CharField(
        label=_("About the region"),
        help_text=_("Industry, what changes, why the region takes part."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    desk_email = forms.EmailField(
        label=_("E-mail of the desk"),
        help_text=_("The address of an office. It is public; do not enter a person's."),
        required=False,
    )
    desk_url = forms.URLField(label=_("Web page of the desk"), assume_scheme="https", max_length=1000, required=False)

    def __init__(self, data: Any = None, *, profile: RegionProfile, language: str) -> None:
        self._language = language
        initial = {name: getattr(profile, name) for name in ("name", "desk_email", "desk_url")}
        super().__init__(data, initial=initial | {"summary": profile.summaries.get(language, "")})

    def details(self) -> RegionDetails:
        """What was entered."""
        return RegionDetails(language=self._language, **self.cleaned_data)


class SourcedForm(forms.Form):
    """What every fact carries: where it is written, and when it was read. `own_id` keeps two forms of a page apart."""

    own_id = "id_%s"
    source = forms.CharField(label=_("Source"), help_text=_("Who says so."), max_length=200)
    source_url = forms.URLField(label=_("Address of the source"), assume_scheme="https", required=False)
    source_on = forms.DateField(label=_("Read on"), widget=date_input())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"source_on": timezone.localdate()}, auto_id=self.own_id)

    def stated(self) -> StatedSource:
        """The source that was entered."""
        return StatedSource(**{name: self.cleaned_data[name] for name in ("source", "source_url", "source_on")})

    def said(self) -> dict[str, Any]:
        """What was entered besides the source."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("source")}


class FactForm(SourcedForm):
    """A figure, or what a source tells."""

    own_id = "fact_%s"
    label = forms.CharField(
        label=_("What it counts"),
        help_text=_("Such as: people employed in the sector."),
        max_length=150,
        required=False,
    )
    value = forms.DecimalField(
        label=_("Number"),
        help_text=_("Leave it empty to say something in words."),
        min_value=-_MOST,
        max_value=_MOST,
        decimal_places=2,
        required=False,
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    words = forms.CharField(
        label=_("In words"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("label", "value", "unit", "year", "words", "source", "source_url", "source_on")


class SiteForm(SourcedForm):
    """An employer's site."""

    own_id = "site_%s"
    name = forms.CharField(label=_("Employer or plant"), max_length=150)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    activity = forms.CharField(label=_("What is done there"), max_length=200, required=False)
    employees = forms.IntegerField(
        label=_("People employed"), help_text=_("Empty if not known."), min_value=0, max_value=10**7, required=False
    )
    employees_year = forms.IntegerField(
        label=_("In which year"), required=False, min_value=_FIRST_YEAR, max_value=_LAST_YEAR
    )
    field_order = (
        "name", "place", "activity", "employees", "employees_year", "source", "source_url", "source_on",
    )  # fmt: skip


class ContactForm(forms.Form):
    """What members can ask somebody about."""

    task = forms.CharField(label=_("What people can ask you about"), max_length=150)

"""Forms of members: the application, and what a member says of itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.community.models import MemberProfile, Statutes, ValueChainArea
from synchromesh.community.operations.member_applications import Applicant
from synchromesh.community.operations.members import LONGEST_ABOUT, MemberDetails
from synchromesh.places.models import Country, Region
from synchromesh.web.templatetags.alliance import AREAS
from synchromesh.web.templatetags.synchromesh import plain

AREA_CHOICES = [(area.value, AREAS[area]) for area in ValueChainArea]


class ApplicationForm(forms.Form):
    """What an organisation says when it applies; `organisation` is there for managers of one that is known."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        help_text=gettext_lazy("Leave it empty if you have chosen an organisation above."),
        max_length=200,
        required=False,
    )
    stated_type = forms.CharField(
        label=gettext_lazy("Kind"),
        help_text=gettext_lazy("Such as: company, association, university, region."),
        max_length=100,
        required=False,
    )
    country = forms.ChoiceField(label=gettext_lazy("Country"))
    region = forms.CharField(
        label=gettext_lazy("Region"),
        help_text=gettext_lazy("The NUTS code, such as DE11."),
        max_length=5,
        required=False,
    )
    value_chain_area = forms.ChoiceField(label=gettext_lazy("Area of the value chain"), choices=AREA_CHOICES)
    url = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=1000)
    contact_name = forms.CharField(
        label=gettext_lazy("Contact"),
        help_text=gettext_lazy("A person. Only members and alliance staff see who it is."),
        max_length=120,
    )
    contact_email = forms.EmailField(label=gettext_lazy("E-mail of the contact"))
    contact_phone = forms.CharField(label=gettext_lazy("Telephone of the contact"), max_length=40, required=False)
    note = forms.CharField(
        label=gettext_lazy("Why you want to be a member"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    statutes = forms.BooleanField(label="")

    def __init__(self, data: Any = None, *, managed: list[Organisation], statutes: Statutes | None) -> None:
        super().__init__(data)
        self._managed = {one.slug: one for one in managed}
        self.statutes_version = statutes.version if statutes else ""
        countries = sorted((plain(one.names), one.code) for one in Country.objects.all())
        self._choose("country", [("", "–"), *((code, name) for name, code in countries)])
        if managed:
            self._choose("organisation", [("", gettext("another one")), *((one.slug, one.name) for one in managed)])
        else:
            del self.fields["organisation"]
            self.fields["name"].required, self.fields["name"].help_text = True, ""
        if statutes is None:
            del self.fields["statutes"]
        else:
            words = gettext("We accept the statutes of the alliance, version %(version)s")
            self.fields["statutes"].label = words % {"version": statutes.version}

    def _choose(self, field: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean_region(self) -> Region | None:
        """The region of a NUTS code."""
        code = self.cleaned_data["region"].strip().upper()
        found = Region.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(gettext("There is no region with this code."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for a name where no organisation was chosen."""
        entered: dict[str, Any] = super().clean() or {}
        if not entered.get("name") and not entered.get("organisation") and "name" not in self.errors:
            self.add_error("name", gettext("Give the name of the organisation."))
        return entered

    @property
    def chosen_organisation(self) -> Organisation | None:
        """The organisation that was chosen, None for another one."""
        return self._managed.get(self.cleaned_data.get("organisation", ""))

    @property
    def accepts(self) -> str:
        """The version of the statutes that was accepted; empty where there is none."""
        return self.statutes_version if self.cleaned_data.get("statutes") else ""

    def applicant(self) -> Applicant:
        """What was entered, as the operation takes it."""
        entered, known = self.cleaned_data, self.chosen_organisation
        names = ("stated_type", "url", "value_chain_area", "contact_name", "contact_email", "contact_phone", "note")
        return Applicant(
            name=known.name if known else entered["name"],
            country=Country.objects.filter(code=entered["country"]).first(),
            region=entered["region"],
            **{name: entered[name] for name in names},
        )


class DetailsForm(forms.Form):
    """What the managers of a member write."""

    about = forms.CharField(
        label=gettext_lazy("What you do"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    value_chain_area = forms.ChoiceField(
        label=gettext_lazy("Area of the value chain"), required=False, choices=[("", "–"), *AREA_CHOICES]
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Contact"),
        help_text=gettext_lazy("A person. Only members and alliance staff see who it is."),
        required=False,
        max_length=120,
    )
    contact_email = forms.EmailField(label=gettext_lazy("E-mail of the contact"), required=False)
    contact_phone = forms.CharField(label=gettext_lazy("Telephone of the contact"), required=False, max_length=40)

    def __init__(self, data: Any = None, *, profile: MemberProfile, language: str) -> None:
        names = ("value_chain_area", "contact_name", "contact_email", "contact_phone")
        initial = {name: getattr(profile, name) for name in names} | {"about": profile.about.get(language, "")}
        super().__init__(data, initial=initial)
        self._language = language
        self.fields["about"].widget.attrs["lang"] = language

    def details(self) -> MemberDetails:
        """What was entered, as the operation takes it."""
        return MemberDetails(language=self._language, **self.cleaned_data)

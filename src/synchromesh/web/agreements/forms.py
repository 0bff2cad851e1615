"""The form of an agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from synchromesh.community.models import Agreement
from synchromesh.community.operations.agreements import AgreementDetails
from synchromesh.web.community_pages import date_input, named_organisations


class AgreementForm(forms.Form):
    """What an agreement says, and with whom it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    aims = forms.CharField(
        label=gettext_lazy("Aims"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    parties = forms.CharField(
        label=gettext_lazy("Parties"),
        help_text=gettext_lazy("One organisation on each line, by its name as it stands on this site."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    signed = forms.CharField(
        label=gettext_lazy("Signed"),
        help_text=gettext_lazy("As exact as known: 2018, 2018-01 or 2018-01-15."),
        max_length=10,
        required=False,
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=120, required=False)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=date_input())

    def __init__(self, data: Any = None, *, agreement: Agreement | None, language: str) -> None:
        super().__init__(data, initial=_initial(agreement, language) if agreement else None)
        self._language = language
        self.fields["name"].widget.attrs["lang"] = self.fields["aims"].widget.attrs["lang"] = language

    def details(self) -> AgreementDetails:
        """What was entered, as the operation takes it. Raises InvalidInput for an unknown party."""
        entered = dict(self.cleaned_data)
        parties = named_organisations(entered.pop("parties"), field="parties")
        return AgreementDetails(language=self._language, parties=parties, **entered)


def _initial(agreement: Agreement, language: str) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in ("signed", "place", "ends_on")} | {
        "name": agreement.names.get(language, ""),
        "aims": agreement.aims.get(language, ""),
        "parties": "\n".join(party.organisation.name for party in agreement.parties.all()),
    }

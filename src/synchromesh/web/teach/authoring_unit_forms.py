"""The settings of a unit: its title, how long it takes, whether it must be done, and its test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from synchromesh.assessment.models import Instrument
from synchromesh.learning.models import Unit
from synchromesh.learning.unit_kinds import DoneBy, get_unit_kind
from synchromesh.web.templatetags.synchromesh import plain


class UnitSettingsForm(forms.Form):
    """What every unit has; a unit with a test also says which, and whether it is to be passed."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes of work"), min_value=1, max_value=10_000)
    is_required = forms.BooleanField(label=gettext_lazy("Needed to complete the course"), required=False)
    instrument = forms.ChoiceField(label=gettext_lazy("Test"), required=False)
    must_pass = forms.BooleanField(label=gettext_lazy("Done only when the test is passed"), required=False)

    def __init__(self, data: Any = None, *, unit: Unit, instruments: Sequence[Instrument] = ()) -> None:
        language = unit.version.source_language
        super().__init__(
            data,
            prefix="settings",
            initial={
                "title": unit.titles.get(language, ""),
                "minutes": unit.minutes,
                "is_required": unit.is_required,
                "instrument": str(unit.instrument.uid) if unit.instrument else "",
                "must_pass": unit.must_pass,
            },
        )
        self.unit = unit
        self.fields["title"].widget.attrs["lang"] = language
        self.by_uid = {str(one.uid): one for one in instruments}
        if not asks_a_test(unit):
            del self.fields["instrument"], self.fields["must_pass"]
            return
        named = [(uid, plain(one.titles) or one.key) for uid, one in self.by_uid.items()]
        self.fields["instrument"].choices = [("", gettext_lazy("No test yet")), *named]  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """What was entered, as `change_unit` takes it."""
        entered, unit = self.cleaned_data, self.unit
        chosen = self.by_uid.get(entered.get("instrument", ""))
        return {
            "titles": {**unit.titles, unit.version.source_language: entered["title"]},
            "minutes": entered["minutes"],
            "is_required": entered["is_required"],
            "must_pass": bool(entered.get("must_pass")),
        } | ({"instrument": chosen} if chosen else {"without_instrument": unit.instrument is not None})


def asks_a_test(unit: Unit) -> bool:
    """Whether a unit of this kind has a test."""
    return get_unit_kind(unit.kind).DONE_BY == DoneBy.INSTRUMENT

"""The forms of a pilot: who tries the version and what is measured, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from synchromesh.assessment.models import Instrument
from synchromesh.learning.models import Pilot, PilotDecision
from synchromesh.learning.operations.pilots import LONGEST_NOTE, LONGEST_TARGET_GROUP, PilotPlan
from synchromesh.web.templatetags.synchromesh import plain

_TESTS = {"before_test": "tests", "after_test": "tests", "questionnaire": "questionnaires"}


class PilotForm(forms.Form):
    """Who tries the version, what is measured, and what the pilot wants to see."""

    target_group = forms.CharField(
        label=gettext_lazy("Who tries it"),
        help_text=gettext_lazy("Such as: apprentices in their second year, from two plants."),
        max_length=LONGEST_TARGET_GROUP,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    before_test = forms.ChoiceField(label=gettext_lazy("Test before"), required=False)
    after_test = forms.ChoiceField(
        label=gettext_lazy("Test afterwards"),
        help_text=gettext_lazy("What is learned is the difference between the two, person by person."),
        required=False,
    )
    questionnaire = forms.ChoiceField(label=gettext_lazy("Questionnaire"), required=False)
    least_learners = forms.IntegerField(
        label=gettext_lazy("At least so many learners"),
        help_text=gettext_lazy("With fewer nothing can be decided but to revise it."),
        min_value=1,
        max_value=10_000,
        initial=10,
    )
    least_gain = forms.IntegerField(
        label=gettext_lazy("At least so many percentage points gained"),
        help_text=gettext_lazy("From the test before to the test afterwards, on average."),
        min_value=0,
        max_value=100,
        initial=10,
    )

    def __init__(
        self, data: Any = None, *, instruments: Mapping[str, Sequence[Instrument]], pilot: Pilot | None = None
    ) -> None:
        # Two of these forms may stand on one page.
        here = "change" if pilot is not None else "open"
        super().__init__(data, initial=_plan_of(pilot) if pilot is not None else None, auto_id=f"{here}-%s")
        self._known = {str(one.uid): one for group in instruments.values() for one in group}
        for name, group in _TESTS.items():
            choices = [(str(one.uid), plain(one.titles)) for one in instruments.get(group, ())]
            self.fields[name].choices = [("", pgettext_lazy("no test", "none")), *choices]  # type: ignore[attr-defined]

    def plan(self) -> PilotPlan:
        """What was entered, as the operations take it."""
        entered: dict[str, Any] = self.cleaned_data
        chosen = {name: self._known.get(entered[name]) for name in _TESTS}
        return PilotPlan(**(entered | chosen))


def _plan_of(pilot: Pilot) -> dict[str, Any]:
    tests = {name: getattr(pilot, name) for name in _TESTS}
    return {
        "target_group": pilot.target_group,
        "least_learners": pilot.least_learners,
        "least_gain": pilot.least_gain,
    } | {name: str(test.uid) if test is not None else "" for name, test in tests.items()}


class DecisionForm(forms.Form):
    """What a pilot ends with, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What you decide"),
        choices=[
            (PilotDecision.GO, gettext_lazy("Go: everybody can take this version")),
            (PilotDecision.REVISE, gettext_lazy("Revise: it stays closed, and a new version follows")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("For whoever asks later. The numbers of today are kept with it."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

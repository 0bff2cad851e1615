"""The forms of a cohort: its dates and seats, when units are due, invitations, a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from synchromesh.catalogue.models import Course
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.learning.models import Cohort, CohortDate, Joining, Unit
from synchromesh.learning.operations.cohort_invitations import LONGEST_VALIDITY_DAYS, VALID_DAYS
from synchromesh.learning.operations.cohorts import MOST_SEATS, RunDates
from synchromesh.learning.operations.messages import LONGEST_SUBJECT, LONGEST_TEXT
from synchromesh.learning.queries.attendance import is_session_kind
from synchromesh.web.teach.tutoring_page import date_field

_MOMENT = "%Y-%m-%dT%H:%M"


class PlanForm(forms.Form):
    """Dates and seats of a cohort, and who may join."""

    joining = forms.ChoiceField(
        label=gettext_lazy("Who may join"),
        choices=[
            (Joining.OPEN, gettext_lazy("Anybody, from the page of the course")),
            (Joining.CODE, gettext_lazy("Whoever has the code")),
            (Joining.INVITATION, gettext_lazy("Whoever is invited by e-mail or stands on a list")),
        ],
        widget=forms.RadioSelect,
        initial=Joining.OPEN,
    )
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(gettext_lazy("Last day"))
    deadline_on = date_field(gettext_lazy("Last day to join"))
    seats = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("Empty if there is no limit. Whoever comes later is put on a waiting list."),
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of live sessions"), required=False)
    place = forms.CharField(label=gettext_lazy("Place of live sessions"), required=False, max_length=200)

    def __init__(self, data: Any = None, *, course: Course, cohort: Cohort | None = None) -> None:
        super().__init__(data, initial=_plan_of(cohort) if cohort is not None else None)
        codes = dict.fromkeys([*course.languages, *([cohort.run.language] if cohort and cohort.run.language else [])])
        choices = [("", gettext_lazy("not said")), *((code, OWN_NAMES.get(code, code)) for code in codes)]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]

    def dates(self) -> RunDates:
        """What was entered, as the operations take it."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "joining"}
        return RunDates(**entered)


def _plan_of(cohort: Cohort) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "deadline_on", "seats", "language", "place")
    return {"joining": cohort.joining} | {name: getattr(cohort.run, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDate:
    """When a unit is due or held, as it was entered. `at` None: no date any more."""

    unit: Unit
    at: datetime | None
    place: str
    url: str


class DatesForm(forms.Form):
    """A moment for each unit, and place and address for live sessions."""

    def __init__(self, data: Any = None, *, units: Sequence[Unit], dates: Mapping[str, CohortDate]) -> None:
        super().__init__(data)
        self.units, self.dates = list(units), dates
        for unit in self.units:
            self._add_fields(unit, dates.get(unit.key))

    def _add_fields(self, unit: Unit, known: CohortDate | None) -> None:
        is_session = is_session_kind(unit.kind)
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
        self.fields[f"at-{unit.key}"] = forms.DateTimeField(
            label=gettext("Held on") if is_session else gettext("Due on"),
            required=False,
            widget=widget,
            initial=known.at if known else None,
        )
        if is_session:
            self.fields[f"place-{unit.key}"] = forms.CharField(
                label=gettext("Place"), required=False, max_length=300, initial=known.place if known else ""
            )
            self.fields[f"url-{unit.key}"] = forms.CharField(
                label=gettext("Address of the online room"),
                required=False,
                max_length=1000,
                initial=known.url if known else "",
                widget=forms.URLInput,
            )

    def rows(self) -> Iterable[tuple[Unit, list[forms.BoundField]]]:
        """The units with their fields."""
        for unit in self.units:
            names = [f"{part}-{unit.key}" for part in ("at", "place", "url")]
            yield unit, [self[name] for name in names if name in self.fields]

    def changed_dates(self) -> Iterable[UnitDate]:
        """What differs from what is known."""
        for unit in self.units:
            said: list[Any] = [self.cleaned_data.get(f"{part}-{unit.key}") or "" for part in ("at", "place", "url")]
            if _said_before(self.dates.get(unit.key)) != [_minute(said[0]), *said[1:]]:
                yield UnitDate(unit=unit, at=said[0] or None, place=said[1], url=said[2])


def _said_before(known: CohortDate | None) -> list[str]:
    return [_minute(known.at), known.place, known.url] if known is not None else ["", "", ""]


def _minute(at: datetime | str) -> str:
    return timezone.localtime(at).strftime(_MOMENT) if isinstance(at, datetime) else ""


class InvitationsForm(forms.Form):
    """Addresses to invite."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("One in each line. Each person gets a mail with an address that lets them in, once."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        max_length=100_000,
    )
    valid_days = forms.IntegerField(
        label=gettext_lazy("Valid for so many days"), min_value=1, max_value=LONGEST_VALIDITY_DAYS, initial=VALID_DAYS
    )


class MessageForm(forms.Form):
    """What a tutor writes to everybody in the cohort."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=gettext_lazy("Message"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )

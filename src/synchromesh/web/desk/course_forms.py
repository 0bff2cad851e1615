"""The form of a course: its texts in one language, its facts, and its dates; the same rules as for a feed's row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from synchromesh.catalogue.models import Accessibility, Certificate, Course, Mode
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import RunRecord
from synchromesh.engine.vocabulary.languages import OWN_NAMES, parse_language
from synchromesh.engine.vocabulary.money import Money, parse_price
from synchromesh.framework.models import Topic
from synchromesh.places.models import Country
from synchromesh.web.templatetags.page_frame import accessibility_names, certificate_name, mode_name
from synchromesh.web.templatetags.synchromesh import language_name

TEXTS = ("titles", "summaries", "descriptions", "outcomes")
_PLAIN = ("mode", "minutes", "certificate", "url", "licence")
NEW_RUNS = 2  # empty rows for further dates


class _LanguagesField(forms.CharField):
    """Languages as words or codes, separated by commas, to codes."""

    def clean(self, value: Any) -> list[str]:
        """The codes. Refuses a word that is no language."""
        words = [word.strip() for word in str(value or "").replace(";", ",").split(",") if word.strip()]
        codes = [parse_language(word) for word in words]
        for word, code in zip(words, codes, strict=True):
            if not code:
                raise forms.ValidationError(gettext("“%(word)s” is not a language.") % {"word": word[:40]})
        return list(dict.fromkeys(code for code in codes if code))


class CourseForm(forms.Form):
    """One course. `texts_in` is the language of the texts that are shown; texts in other languages stay as they are."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    summary = forms.CharField(
        label=gettext_lazy("In short"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    outcomes = forms.CharField(
        label=gettext_lazy("What people can do afterwards"),
        help_text=gettext_lazy("One thing on each line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=10_000,
    )
    languages = _LanguagesField(
        label=gettext_lazy("Languages it is taught in"),
        help_text=gettext_lazy("Separated by commas, such as English, Deutsch."),
        required=False,
    )
    mode = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of work"), required=False, min_value=1, max_value=10_000_000
    )
    price = forms.CharField(
        label=gettext_lazy("Price"),
        help_text=gettext_lazy("Such as 240 EUR, or free. Empty if you do not know it."),
        required=False,
        max_length=60,
    )
    certificate = forms.ChoiceField(label=gettext_lazy("Certificate"), required=False)
    url = forms.URLField(label=gettext_lazy("Address"), required=False, max_length=1000, assume_scheme="https")
    licence = forms.CharField(label=gettext_lazy("Licence of the texts"), required=False, max_length=300)
    accessibility = forms.MultipleChoiceField(
        label=gettext_lazy("Accessibility"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, course: Course | None = None, texts_in: str) -> None:
        super().__init__(data, initial=_initial(course, texts_in) if course else None)
        self.course, self.texts_in = course, texts_in
        self._choose("mode", [(mode, mode_name(mode)) for mode in Mode.values])
        self._choose("certificate", [(kind, certificate_name(kind)) for kind in Certificate.values])
        features = [(code, accessibility_names([code])) for code in Accessibility.values]
        self.fields["accessibility"].choices = features  # type: ignore[attr-defined]
        topics = Topic.objects.order_by("slug")
        self.fields["topics"].choices = [(topic.slug, str(topic)) for topic in topics]  # type: ignore[attr-defined]

    def _choose(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = [("", gettext("not known")), *choices]  # type: ignore[attr-defined]

    def clean_price(self) -> Money | None:
        """The price, None where nobody knows it."""
        try:
            return parse_price(self.cleaned_data["price"])
        except InvalidInput as error:
            raise forms.ValidationError(error.message) from None

    def values(self) -> dict[str, Any]:
        """What was entered, as `edit_course` and `create_course` take it."""
        entered, price = self.cleaned_data, self.cleaned_data["price"]
        outcomes = [line.strip() for line in entered["outcomes"].splitlines() if line.strip()]
        texts = zip(TEXTS, (entered["title"], entered["summary"], entered["description"], outcomes), strict=True)
        stored = {name: dict(getattr(self.course, name)) if self.course else {} for name in TEXTS}
        return {
            **{name: stored[name] | {self.texts_in: text} for name, text in texts},
            **{name: entered[name] or (None if name == "minutes" else "") for name in _PLAIN},
            "languages": entered["languages"],
            "accessibility": entered["accessibility"],
            "price_cents": price.cents if price else None,
            "currency": price.currency if price else "",
            "topics": entered["topics"],
        }


class RunForm(forms.Form):
    """One occurrence of a course; all empty means there is none."""

    external_id = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    starts_on = forms.DateField(
        label=gettext_lazy("Starts on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Ends on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    dates_text = forms.CharField(label=gettext_lazy("Dates in words"), required=False, max_length=200)
    deadline_on = forms.DateField(
        label=gettext_lazy("Register until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=200)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    seats = forms.IntegerField(label=gettext_lazy("Seats"), required=False, min_value=0, max_value=1_000_000)

    def __init__(self, *args: Any, countries: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["country"].choices = [("", "–"), *countries]  # type: ignore[attr-defined]
        languages = [(code, language_name(code)) for code in OWN_NAMES]
        self.fields["language"].choices = [("", "–"), *languages]  # type: ignore[attr-defined]

    def record(self, before: RunRecord | None) -> RunRecord | None:
        """The run as operations take it, with what the form does not show from `before`; None where all is empty."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "external_id"}
        if not any(value not in (None, "") for value in entered.values()):
            return None
        return RunRecord(
            position="",
            external_id=before.external_id if before else "",
            nuts=before.nuts if before else "",
            mode=before.mode if before else "",
            url=before.url if before else "",
            **entered,
        )


def run_forms(data: Any, runs: Sequence[RunRecord]) -> list[RunForm]:
    """A form for each run that is there, and some for new ones."""
    countries = [(country.code, str(country)) for country in Country.objects.order_by("code")]
    names = list(RunForm.base_fields)
    initial = [{name: getattr(run, name) for name in names} for run in runs] + [{}] * NEW_RUNS
    return [
        RunForm(data, prefix=f"run-{number}", initial=values, countries=countries)
        for number, values in enumerate(initial)
    ]


def _initial(course: Course, texts_in: str) -> dict[str, Any]:
    price = Money(cents=course.price_cents, currency=course.currency) if course.price_cents is not None else None
    return {name: getattr(course, name) for name in _PLAIN} | {
        "title": course.titles.get(texts_in, ""),
        "summary": course.summaries.get(texts_in, ""),
        "description": course.descriptions.get(texts_in, ""),
        "outcomes": "\n".join(course.outcomes.get(texts_in, ())),
        "languages": ", ".join(course.languages),
        "price": "" if price is None else "free" if price.cents == 0 else f"{price.cents / 100:.2f} {price.currency}",
        "accessibility": course.accessibility,
        "topics": [topic.slug for topic in course.topics.all()],
    }

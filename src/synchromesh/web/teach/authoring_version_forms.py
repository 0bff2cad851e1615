"""The forms beside a draft: its settings, and a remark of a reviewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from synchromesh.engine.exchange.course_files import UnitRecord
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.learning.models import ContentVersion, Unit
from synchromesh.web.teach.authoring_outline_forms import language_codes
from synchromesh.web.templatetags.synchromesh import language_name, plain


class VersionForm(forms.Form):
    """Languages, completion rule and note of a draft."""

    source_language = forms.ChoiceField(label=gettext_lazy("Written in"))
    languages = forms.CharField(
        label=gettext_lazy("Translated into"),
        help_text=gettext_lazy("Separated by commas, such as English, Deutsch. Empty if it is not translated."),
        required=False,
        max_length=300,
    )
    attendance_percent = forms.IntegerField(
        label=gettext_lazy("Percent of the live sessions that one must attend"),
        help_text=gettext_lazy("Empty if there are none, or nobody has to."),
        required=False,
        min_value=1,
        max_value=100,
    )
    issues_credential = forms.BooleanField(
        label=gettext_lazy("Whoever completes the course gets a credential"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What is new in this version"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, version: ContentVersion) -> None:
        others = [code for code in version.languages if code != version.source_language]
        super().__init__(
            data,
            initial={
                "source_language": version.source_language,
                "languages": ", ".join(OWN_NAMES.get(code, code) for code in others),
                "attendance_percent": version.attendance_percent,
                "issues_credential": version.issues_credential,
                "note": version.note,
            },
        )
        self.fields["source_language"].choices = [(code, language_name(code)) for code in OWN_NAMES]  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        """The codes. Refuses a word that is no language."""
        return language_codes(self.cleaned_data["languages"])

    def values(self) -> dict[str, Any]:
        """What was entered, as `change_version_settings` takes it."""
        entered = self.cleaned_data
        others = [code for code in entered["languages"] if code != entered["source_language"]]
        return {**entered, "languages": [entered["source_language"], *others]}


class RemarkForm(forms.Form):
    """What a reviewer says of the draft or of one of its units."""

    unit = forms.ChoiceField(label=pgettext_lazy("of a remark", "About"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What should be mended"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, units: Iterable[Unit | UnitRecord], unit_key: str = "") -> None:
        super().__init__(data, prefix=None, initial={"unit": unit_key})
        named = [(unit.key, plain(unit.titles)) for unit in units]
        self.fields["unit"].choices = [("", gettext_lazy("The whole course")), *named]  # type: ignore[attr-defined]

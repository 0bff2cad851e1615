"""The form that takes a passport for a check: a file, or its text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.web.passports.passport_words import KINDS, SEVERITIES

LARGEST_UPLOAD = 2 * 1024**2  # bytes
LONGEST_TEXT = 500_000  # characters; the form as a whole may have a megabyte


class CheckForm(forms.Form):
    """One of two; the page itself sends the passport that it shows back as `document`, to filter and to download."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("JSON of up to 2 MB: our own, Battery Pass, Catena-X or AAS."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,application/json"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of battery"),
        choices=[("", _("What the file says")), *KINDS.items()],
        required=False,
    )
    document = forms.CharField(required=False, max_length=LONGEST_TEXT, widget=forms.HiddenInput)
    severity = forms.MultipleChoiceField(
        choices=list(SEVERITIES.items()), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *values: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*values, **options)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Exactly one thing to check."""
        given: dict[str, Any] = super().clean() or {}
        if self._too_large:
            self.add_error(
                "file", gettext("The file is larger than %(size)s MB.") % {"size": LARGEST_UPLOAD // 1024**2}
            )
        elif not self.errors:
            names = [name for name in ("file", "text", "document") if given.get(name)]
            if not names:
                self.add_error("file", gettext("Choose a file or paste its text."))
            elif len(names) > 1:
                self.add_error("text", gettext("You gave a file and a text. Send one of them."))
        return given

    def content(self) -> bytes:
        """What was sent, as bytes."""
        given = self.cleaned_data
        if given["file"]:
            return bytes(given["file"].read())
        return str(given["text"] or given["document"]).encode("utf-8", "replace")

"""The form that takes a CV: a file or pasted text, and its language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.framework.queries.text_matching import LONGEST_TEXT

LARGEST_FILE = 5 * 1024 * 1024
FILE_KINDS = ".pdf,.docx,.odt,.html,.htm,.txt,.md,.xml,.json"


class CvForm(forms.Form):
    """A CV; one of file and text is enough, and both at once would leave open which one is meant.

    `role` is the job role that the person came from.
    """

    file = forms.FileField(
        label=_("Your CV as a file"),
        help_text=_("PDF, Word (docx), OpenDocument, HTML, text or Europass, up to 5 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": FILE_KINDS}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        help_text=_("A part is enough, for example your last jobs. Leave out name and address."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the CV"),
        required=False,
        choices=[("", _("Find it out")), *sorted(OWN_NAMES.items(), key=lambda pair: pair[1].lower())],
    )

    role = forms.SlugField(required=False, widget=forms.HiddenInput())

    def __init__(self, *values: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*values, **options)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and text."""
        given: dict[str, Any] = super().clean() or {}
        if self._too_large:
            self.add_error(
                "file", gettext("The file is larger than 5 MB. Save it without pictures, or paste the text below.")
            )
        elif self.errors:
            return given
        elif given.get("file") and given.get("text"):
            self.add_error("text", gettext("You chose a file and pasted a text. Send one of them."))
        elif not given.get("file") and not given.get("text"):
            self.add_error("file", gettext("Choose a file, or paste the text below."))
        return given

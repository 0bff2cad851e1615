"""The form that takes a credential for a check: a file, a photo of a QR code, or text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.credentials.operations.checking import LARGEST_FILE

LONGEST_TEXT = 900_000  # characters; the form as a whole may have a megabyte
_KINDS = ".json,.jsonld,.jwt,.txt,.png,.svg,.pdf,.jpg,.jpeg,.webp,.gif,application/vc+jwt,application/json,image/*"


class VerifyForm(forms.Form):
    """One of three; with several it would be open which one is meant."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("The signed file, the badge picture or the PDF, up to 10 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": _KINDS}),
    )
    photo = forms.FileField(
        label=_("A photo of the QR code"),
        help_text=_("On a phone this opens the camera; on a computer choose a picture."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    text = forms.CharField(
        label=_("An address or the text of the credential"),
        help_text=_(
            "Paste the link that you were given, the code under the QR code, or the whole content of the file."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *values: Any, too_large: bool = False, **options: Any) -> None:
        super().__init__(*values, **options)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        """Exactly one of the three."""
        given: dict[str, Any] = super().clean() or {}
        if self._too_large:
            size = LARGEST_FILE // 1024**2
            self.add_error("file", gettext("The file is larger than %(size)s MB.") % {"size": size})
        elif not self.errors:
            names = [name for name in self.fields if given.get(name)]
            if not names:
                self.add_error("file", gettext("Choose a file, take a photo, or paste an address or text."))
            elif len(names) > 1:
                self.add_error(names[1], gettext("You gave more than one thing. Send one of them."))
        return given

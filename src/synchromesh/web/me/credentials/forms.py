"""The forms of the holder's pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from synchromesh.credentials.models import Credential, CredentialCollection, HeldCredential, PageDetail
from synchromesh.credentials.operations.shares import FIELDS, LONGEST

FIELD_NAMES = {
    "name": gettext_lazy("My name"),
    "dates": gettext_lazy("When it was awarded and until when it is valid"),
    "skills": gettext_lazy("Skills and learning outcomes"),
    "workload": gettext_lazy("Workload, and how it was assessed"),
    "result": gettext_lazy("My result"),
    "evidence": gettext_lazy("Evidence"),
    "files": gettext_lazy("A signed file"),
}
# A token of ours can leave parts out; a file from elsewhere cannot.
_FILE_OF = {
    Credential: gettext_lazy("A signed file that says no more than I have chosen here"),
    HeldCredential: gettext_lazy("The whole file, with everything in it"),
    CredentialCollection: gettext_lazy("A signed file of each; those from elsewhere with everything in them"),
}
Thing = Credential | HeldCredential | CredentialCollection
_CHOSEN_FIRST = ("name", "dates", "skills")
_USUAL_DAYS = 30
_LONGEST_TEXT = 500_000


class ShareForm(forms.Form):
    """What a link shows, and until when."""

    fields_shown = forms.MultipleChoiceField(
        label=gettext_lazy("What they see besides title, issuer and whether it is valid"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=_CHOSEN_FIRST,
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(
        label=gettext_lazy("For whom"),
        help_text=gettext_lazy("Only you see this."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, of: Thing) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"ends_on": today + timedelta(days=_USUAL_DAYS)})
        names = FIELD_NAMES | {"files": _FILE_OF[type(of)]}
        choices = [(name, names[name]) for name in names if name in FIELDS]
        self.fields["fields_shown"].choices = choices  # type: ignore[attr-defined]
        days = {"min": today.isoformat(), "max": (today + LONGEST - timedelta(days=1)).isoformat()}
        self.fields["ends_on"].widget.attrs |= days

    def ends_at(self) -> datetime:
        """The end of the last day where the reader is."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["ends_on"] + timedelta(days=1), time()))


class DetailForm(forms.Form):
    """What the public page shows."""

    detail = forms.ChoiceField(
        label=gettext_lazy("Whoever has its address sees"),
        choices=[
            (PageDetail.FULL, gettext_lazy("My full name and everything in it, with the files")),
            (PageDetail.INITIALS, gettext_lazy("My first name and initials, and what I can do")),
            (PageDetail.VERDICT, gettext_lazy("Only what it is and whether it is valid")),
        ],
        widget=forms.RadioSelect,
    )


class AddForm(forms.Form):
    """A credential from elsewhere, as a file or as text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Open Badge, European Digital Credential, token, badge picture or signed PDF; up to 5 MB."
        ),
        required=False,
    )
    text = forms.CharField(
        label=gettext_lazy("Or its text"),
        help_text=gettext_lazy("If you got it as JSON or as a token."),
        required=False,
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, too_large: bool = False) -> None:
        super().__init__(data, files)
        self._too_large = too_large

    def clean(self) -> dict[str, Any]:
        """One of both is needed."""
        entered = super().clean() or {}
        if self._too_large:
            self.add_error("file", gettext("The file is larger than 5 MB."))
        elif not self.errors and not entered.get("file") and not entered.get("text", "").strip():
            self.add_error("file", gettext("Choose a file, or paste the text."))
        return entered

    def content(self) -> tuple[str, bytes]:
        """Name and bytes."""
        file = self.cleaned_data["file"]
        return (str(file.name), file.read()) if file else ("", self.cleaned_data["text"].strip().encode())


class CollectionForm(forms.Form):
    """A name, and which of one's credentials belong to it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    credentials = forms.MultipleChoiceField(
        label=gettext_lazy("Credentials"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        own: Sequence[tuple[Credential, str]],
        held: Sequence[HeldCredential],
        collection: CredentialCollection | None = None,
    ) -> None:
        super().__init__(data, initial=_content(collection) if collection else None)
        self.fields["credentials"].choices = [  # type: ignore[attr-defined]
            *((f"own:{one.code}", title) for one, title in own),
            *((f"held:{one.uid}", one.title) for one in held),
        ]

    def chosen(self, kind: str) -> list[str]:
        """Codes of own credentials ("own"), or uids of those from elsewhere ("held")."""
        return [value.partition(":")[2] for value in self.cleaned_data["credentials"] if value.startswith(f"{kind}:")]


def _content(collection: CredentialCollection) -> dict[str, Any]:
    members = [
        *(f"own:{one.code}" for one in collection.credentials.all()),
        *(f"held:{one.uid}" for one in collection.held.all()),
    ]
    return {"name": collection.name, "credentials": members}

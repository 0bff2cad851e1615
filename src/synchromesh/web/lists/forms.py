"""The forms of lists of courses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.pathways.models import SavedList


class ListForm(forms.Form):
    """What a list is called, and a note to it."""

    title = forms.CharField(label=_("Name of the list"), max_length=120)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class KeepForm(forms.Form):
    """Into which list a course goes, or the name of a new one, and a note."""

    chosen = forms.ChoiceField(label=_("List"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Name of the new list"), help_text=_("Only for a new list."), required=False, max_length=120
    )
    note = forms.CharField(label=_("Note to this course"), required=False, max_length=300)

    def __init__(self, lists: Sequence[SavedList], data: Any = None) -> None:
        first = str(lists[0].uid) if lists else "new"
        super().__init__(data, initial={"chosen": first, "title": "" if lists else gettext("Courses to look at")})
        names = [(str(kept.uid), _name(kept)) for kept in lists]
        self.fields["chosen"].choices = [*names, ("new", gettext("A new list"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new list needs a name."""
        entered = super().clean() or {}
        if entered.get("chosen") == "new" and not entered.get("title", "").strip():
            self.add_error("title", gettext("Give the list a name."))
        return entered


def _name(kept: Any) -> str:
    return gettext("%(list)s (the course is in it)") % {"list": kept.title} if kept.holds else str(kept.title)

"""Whose passport it becomes: one's own, or that of an organisation for which one acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.models import Organisation


class KeeperForm(forms.Form):
    """Whose passport it becomes; nobody is asked who acts for no organisation."""

    keeper = forms.ChoiceField(label=_("Whose passport is it?"), required=False)

    def __init__(self, data: Any = None, *, organisations: list[Organisation]) -> None:
        super().__init__(data)
        self._organisations = {one.slug: one for one in organisations}
        names = [(slug, one.name) for slug, one in self._organisations.items()]
        self.fields["keeper"].choices = [("", _("My own")), *names]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "keeper"])
        if not organisations:
            del self.fields["keeper"]

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that was chosen."""
        return self._organisations.get(self.cleaned_data.get("keeper", ""))

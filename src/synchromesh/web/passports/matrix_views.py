"""The field list: what a passport holds, which clause asks for it, who must give it and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from synchromesh.engine.passport_models.model import BatteryKind, Field, Tier, categories, fields
from synchromesh.web.passports.passport_words import (
    CATEGORIES,
    KINDS,
    SCOPES,
    TIERS,
    UPDATES,
    choice_name,
    table_text,
)
from synchromesh.web.passports.shown_values import duty_words

_ANY = ("", _("All"))


class MatrixForm(forms.Form):
    """The filters; what is no choice is passed over."""

    kind = forms.ChoiceField(label=_("Kind of battery"), choices=list(KINDS.items()), required=False)
    category = forms.ChoiceField(label=_("Category"), choices=[_ANY, *CATEGORIES.items()], required=False)
    seen = forms.ChoiceField(label=_("Seen by"), choices=[_ANY, *TIERS.items()], required=False)
    unseen = forms.ChoiceField(label=_("Not seen by"), choices=[_ANY, *TIERS.items()], required=False)
    update = forms.ChoiceField(label=_("Over time"), choices=[_ANY, *UPDATES.items()], required=False)
    scope = forms.ChoiceField(label=_("Belongs to"), choices=[_ANY, *SCOPES.items()], required=False)

    def chosen(self, name: str) -> str:
        """The choice, empty where there is none that counts."""
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """A field with its words; `seen` has a truth value for each tier, in their order."""

    field: Field
    title: str
    help: str
    duty: str
    update: str
    scope: str
    choices: str
    seen: tuple[tuple[str, bool], ...]


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """All fields, or those that the filters leave."""
    form = MatrixForm(request.GET)
    kind = BatteryKind(form.chosen("kind") or BatteryKind.EV)
    rows = [_row(field, kind) for field in fields().values() if _fits(field, form)]
    groups = [
        (CATEGORIES[key], [row for row in rows if row.field.category == key])
        for key in categories()
        if any(row.field.category == key for row in rows)
    ]
    context: dict[str, Any] = {
        "form": form,
        "groups": groups,
        "count": len(rows),
        "all": len(fields()),
        "tiers": list(TIERS.values()),
        "kind": KINDS[kind.value],
    }
    return render(request, "passports/matrix.html", context)


def _fits(field: Field, form: MatrixForm) -> bool:
    seen, unseen = form.chosen("seen"), form.chosen("unseen")
    return (
        form.chosen("category") in ("", field.category)
        and form.chosen("update") in ("", field.update.value)
        and form.chosen("scope") in ("", field.scope.value)
        and (not seen or Tier(seen) in field.seen_by)
        and (not unseen or Tier(unseen) not in field.seen_by)
    )


def _row(field: Field, kind: BatteryKind) -> MatrixRow:
    return MatrixRow(
        field=field,
        title=table_text(field.title),
        help=table_text(field.help),
        duty=duty_words(field, kind),
        update=str(UPDATES[field.update.value]),
        scope=str(SCOPES[field.scope.value]),
        choices=", ".join(choice_name(code) for code in field.allowed),
        seen=tuple((str(TIERS[tier.value]), tier in field.seen_by) for tier in Tier),
    )

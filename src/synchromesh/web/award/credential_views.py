"""Who got an achievement, and one credential: withdraw, suspend, reinstate, correct, and a link for its holder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Credential, CredentialState, StatusReason
from synchromesh.credentials.operations.claiming import make_claim_link, send_claim_link
from synchromesh.credentials.operations.status import (
    ONLY_MANAGERS,
    Correction,
    correct_credential,
    reinstate_credential,
    suspend_credential,
    withdraw_credential,
)
from synchromesh.credentials.permissions import may_change_status
from synchromesh.credentials.queries.awarding import (
    find_versions,
    get_achievement_to_award,
    get_issued,
    list_issued,
    list_status_changes,
)
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.award.award_page import action_of, award_page, put_error
from synchromesh.web.credentials.shown_credential import STATUS_REASONS
from synchromesh.web.error_sentences import TranslatedInvalidInput
from synchromesh.web.people import signed_in

PAGE_SIZE = 50
_REASONS = (
    StatusReason.ERROR,
    StatusReason.CONDUCT,
    StatusReason.HOLDER,
    StatusReason.CHECK,
    StatusReason.OTHER,
)
_AT_ONCE = ("mail", "reinstate")
STATE_NAMES = {
    CredentialState.VALID: _("Valid"),
    CredentialState.SUSPENDED: _("Suspended"),
    CredentialState.WITHDRAWN: _("Withdrawn"),
}


class StatusForm(forms.Form):
    """Take a credential's force away: for good, or for a time."""

    reason = forms.ChoiceField(
        label=_("Why"),
        help_text=_("Everybody who checks the credential sees this."),
        choices=[(reason.value, STATUS_REASONS[reason]) for reason in _REASONS],
    )
    note = forms.CharField(
        label=_("In your words"),
        help_text=_("Only the holder and your colleagues read this."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(forms.Form):
    """The name as it should be."""

    name = forms.CharField(label=_("The right name"), max_length=200)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="correct-%s")  # the form above it has a note too


@require_safe
@award_page
def issued(request: HttpRequest, slug: str) -> HttpResponse:
    """To whom an achievement was awarded, found by name or address."""
    found = get_achievement_to_award(slug, visible_to=signed_in(request))
    words = request.GET.get("q", "").strip()[:200]
    page = Paginator(list_issued(found, words=words), PAGE_SIZE).get_page(request.GET.get("page"))
    versions = find_versions(found)
    context = {
        "here": "issued",
        "achievement": found,
        "issuer": found.issuer,
        "versions": versions,
        "version": versions.newest,
        "page": page,
        "rows": [(one, STATE_NAMES[CredentialState(one.state)]) for one in page],
        "words": words,
    }
    return render(request, "award/issued.html", context)


@award_page
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """One credential with what can be done about it. A new link is in this one answer and nowhere else."""
    person = signed_in(request)
    found = get_issued(code, visible_to=person)
    action, form, link = action_of(request), None, ""
    require(not action or may_change_status(person, found), ONLY_MANAGERS)
    if action == "link":
        link = _claim_link(request, person, found)
    elif action in _AT_ONCE:
        messages.success(request, _done_at_once(request, person, found))
        return redirect("award:credential", code=found.code)
    elif action:
        form = CorrectionForm(request.POST) if action == "correct" else StatusForm(request.POST)
        if form.is_valid():
            try:
                return redirect("award:credential", code=_changed(request, person, found, form).code)
            except (InvalidInput, Conflict) as error:
                put_error(form, error)
    context = _shown(person, found, action, form) | {"link": link}
    return render(request, "award/credential.html", context, status=422 if form is not None else 200)


def _done_at_once(request: HttpRequest, person: User, found: Credential) -> str:
    """What needs no form; returns what was done, in words."""
    if action_of(request) == "mail":
        send_claim_link(by=person, credential=found)
        return gettext("The mail is sent again, with a new link.")
    reinstate_credential(by=person, credential=found, note=request.POST.get("note", ""))
    return gettext("It is valid again.")


def _claim_link(request: HttpRequest, person: User, found: Credential) -> str:
    """An address for the holder, in the holder's language."""
    secret = make_claim_link(by=person, credential=found)
    with override(found.language):
        return request.build_absolute_uri(reverse("wallet:claim", args=[secret]))


def _shown(person: User, found: Credential, action: str, form: forms.Form | None) -> dict[str, Any]:
    achievement = found.version.achievement
    changes = [
        (change, STATE_NAMES[CredentialState(change.state)], STATUS_REASONS[StatusReason(change.reason)])
        for change in list_status_changes(found)
    ]
    return {
        "credential": found,
        "achievement": achievement,
        "issuer": achievement.issuer,
        "version": found.version,
        "state": STATE_NAMES[CredentialState(found.state)],
        "changes": changes,
        "may_change": may_change_status(person, found),
        "wrong": form,
        "status_form": form if isinstance(form, StatusForm) else StatusForm(),
        "correction_form": form if action == "correct" else CorrectionForm(initial={"name": found.holder_name}),
    }


def _changed(request: HttpRequest, person: User, found: Credential, form: forms.Form) -> Credential:
    """Do what the button says; returns the credential to show."""
    action, after = action_of(request), found
    if action == "withdraw":
        withdraw_credential(by=person, credential=found, **_why(form))
        said = gettext("It is withdrawn. Everybody who checks it sees that.")
    elif action == "suspend":
        suspend_credential(by=person, credential=found, **_why(form))
        said = gettext("It is suspended until you make it valid again.")
    elif action == "correct":
        after = correct_credential(by=person, credential=found, correction=Correction(**form.cleaned_data))
        said = gettext("This is the corrected credential. The former one is withdrawn.")
    else:
        raise TranslatedInvalidInput(gettext("Choose what to do with the credential."))
    messages.success(request, said)
    return after


def _why(form: forms.Form) -> dict[str, Any]:
    return {"reason": StatusReason(form.cleaned_data["reason"]), "note": form.cleaned_data["note"]}

"""Use an invitation code: open an account with it, or enter an organisation with the account one has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.accounts.operations.invitations import accept_invitation, join_organisation
from synchromesh.accounts.operations.people import LONGEST_NAME
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import SynchromeshError
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.error_sentences import sentence_of

_SHOW_ONCE = "sign_in_name_to_show"


class CodeForm(forms.Form):
    """The code from the invitation."""

    code = forms.CharField(
        label=_("Code of the invitation"),
        help_text=_("12 letters and digits. Capitals, spaces and hyphens do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class JoinForm(CodeForm):
    """The code, and what a new account needs."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As the organisation that invited you should see it."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.fields["password"].help_text = password_validators_help_text_html()


@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """The form; after success the new sign-in name, shown once so that it can be written down."""
    person = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        if person is not None and (name := request.session.pop(_SHOW_ONCE, "")):
            return render(request, "me/joined.html", {"sign_in_name": name})
        return render(request, "me/join.html", {"form": CodeForm() if person else JoinForm()})
    form = CodeForm(request.POST) if person else JoinForm(request.POST)
    if form.is_valid():
        try:
            check_attempts(request, "join")
            return _enter(request, person, form.cleaned_data)
        except SynchromeshError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
            if error.field == "code":
                note_failure(request, "join")
    return render(request, "me/join.html", {"form": form}, status=422)


def _enter(request: HttpRequest, person: User | None, given: dict[str, str]) -> HttpResponse:
    if person is not None:
        membership = join_organisation(by=person, code=given["code"])
        text = gettext("You belong to %(organisation)s now.") % {"organisation": membership.organisation}
        messages.success(request, text)
        return redirect("me:home")
    person = accept_invitation(by=VISITOR, code=given["code"], name=given["name"], password=given["password"])
    login(request, person)
    request.session[_SHOW_ONCE] = person.sign_in_name
    return redirect("me:join")

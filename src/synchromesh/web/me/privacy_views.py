"""What is stored about the signed-in person: see it, take it along, delete it."""

from __future__ import annotations

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from synchromesh.accounts.models import User
from synchromesh.engine.errors import InvalidInput
from synchromesh.site.personal_data import count_records, delete_person, export_person
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in

SECTION_TITLES: dict[str, Promise] = {
    "account": _("Account with name and sign-in"),
    "email_addresses": _("E-mail addresses"),
    "second_factors": _("Second factors and passkeys"),
    "single_sign_on": _("Links to single sign-on"),
    "memberships": _("Organisations you belong to"),
    "provider_applications": _("Training providers that you asked for"),
    "invitations_used": _("Invitations you used"),
    "ratings": _("Answers and ratings of your skills"),
    "plans": _("Training plans"),
    "saved_lists": _("Lists of courses"),
    "saved_searches": _("Searches that you follow"),
    "course_roles": _("Courses that you work on"),
    "enrolments": _("Courses that you take here, with your progress"),
    "credentials": _("Credentials that were awarded to you"),
    "credentials_from_elsewhere": _("Credentials that you brought from elsewhere"),
    "credential_collections": _("Your collections of credentials"),
    "credential_shares": _("Links by which you show credentials"),
    "credential_lists": _("Lists on which you stand for a credential"),
    "attempts": _("Your tests and answers"),
    "time_allowances": _("More time in tests"),
    "private_notes": _("Your notes beside units"),
    "cohort_invitations": _("Invitations to learn in a group"),
    "posts": _("What you wrote beside units"),
    "post_reports": _("Posts that you reported"),
    "reviews": _("Reviews of courses"),
    "event_registrations": _("Your registrations for events"),
    "own_calendar": _("Your calendar with a secret address"),
    "groups": _("Groups you belong to"),
    "meetings": _("Meetings: your answers and whether you came"),
    "member_applications": _("Memberships that you applied for"),
    "join_requests": _("Organisations that you asked to join"),
    "region_contacts": _("Regions for which you are a contact"),
    "practices": _("Practices that you wrote"),
    "lessons": _("Lessons that you wrote"),
    "lessons_used": _("Lessons that you used"),
    "digests": _("Digests that you get"),
    "mail_switches": _("Kinds of mail that you switched"),
    "practice_passports": _("Your practice passports"),
    "practice_passports_of_others": _("Practice passports that others share with you"),
    "passport_classes": _("Passport classes that you teach"),
    "passport_class_seats": _("Passport classes that you take part in"),
    "sessions": _("Open sessions on your devices"),
    "mails": _("Mails to you that were queued or sent"),
}


class DeleteForm(forms.Form):
    """Proof that the person means it: the password, or the sign-in name where there is no password."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sign_in_name = forms.CharField(
        label=_("Your sign-in name, typed once more"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, person: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.person = person
        del self.fields["sign_in_name" if person.has_usable_password() else "password"]

    def clean_password(self) -> str:
        """The password must be the right one."""
        given: str = self.cleaned_data["password"]
        if not self.person.check_password(given):
            raise forms.ValidationError(gettext("This is not your password."))
        return given

    def clean_sign_in_name(self) -> str:
        """The typed name must be the person's own."""
        given: str = self.cleaned_data["sign_in_name"]
        if given.lower() != self.person.sign_in_name.lower():
            raise forms.ValidationError(gettext("This is not your sign-in name."))
        return given


@require_safe
@never_cache
@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, a copy of it, and the way to delete it."""
    person = signed_in(request)
    return _privacy_page(request, person, DeleteForm(person))


@require_POST
@never_cache
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """Everything about the person as a JSON file."""
    person = signed_in(request)
    exported = export_person(by=person, person=person)
    response = JsonResponse(exported, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    return response


@sensitive_post_parameters("password")
@require_POST
@never_cache
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account after a proof; then the person is signed out and reads what happened."""
    person = signed_in(request)
    form = DeleteForm(person, request.POST)
    try:
        check_attempts(request, "delete")
    except InvalidInput as error:
        form.add_error(None, sentence_of(error))
    if not form.is_valid():
        note_failure(request, "delete")
        return _privacy_page(request, person, form, status=422)
    report = delete_person(by=person, person=person)
    logout(request)
    deleted = [(SECTION_TITLES.get(section, section), count) for section, count in report.deleted.items() if count]
    return render(request, "me/deleted.html", {"report": report, "deleted": deleted})


def _privacy_page(request: HttpRequest, person: User, form: DeleteForm, *, status: int = 200) -> HttpResponse:
    counts = count_records(by=person, person=person)
    stored = [(SECTION_TITLES.get(section, section), count) for section, count in counts.items()]
    return render(request, "me/privacy.html", {"person": person, "stored": stored, "form": form}, status=status)

"""What managers of a member do: details, mail domains, people who want to join, staying for another year."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.community.models import MemberProfile
from synchromesh.community.operations.join_requests import (
    accept_join_request,
    add_mail_domain,
    refuse_join_request,
    remove_mail_domain,
)
from synchromesh.community.operations.members import change_member_profile, renew_member
from synchromesh.community.permissions import may_manage_profile
from synchromesh.community.queries.members import (
    find_statutes,
    get_join_request,
    get_mail_domain,
    get_member,
    list_join_requests,
    list_mail_domains,
)
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound, SynchromeshError
from synchromesh.web.community_pages import form_page, put_error, refuse_action, signed_page, text_language
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.members.forms import DetailsForm
from synchromesh.web.people import signed_in

_MANAGERS_ONLY = "Only managers of the member see this page."


def _managed(request: HttpRequest, slug: str) -> MemberProfile:
    profile = get_member(slug)
    require(may_manage_profile(signed_in(request), profile), _MANAGERS_ONLY)
    return profile


@signed_page
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk of a member; each button sends its own small form."""
    profile, person = _managed(request, slug), signed_in(request)
    wrong: SynchromeshError | None = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, person, profile))
            return redirect("members:manage", slug=slug)
        except (InvalidInput, Conflict) as error:
            wrong = error
    context = {
        "profile": profile,
        "organisation": profile.organisation,
        "domains": list_mail_domains(profile, visible_to=person),
        "requests": list_join_requests(profile, visible_to=person),
        "renewals": profile.renewals.all()[:5],
        "statutes": find_statutes(),
        "wrong": sentence_of(wrong) if wrong else "",
    }
    return render(request, "members/manage.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User, profile: MemberProfile) -> str:
    actions: dict[str, Callable[[HttpRequest, User, MemberProfile], str]] = {
        "add-domain": _add_domain,
        "remove-domain": _remove_domain,
        "let-in": _decide,
        "refuse": _decide,
        "renew": _renew,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person, profile)


def _add_domain(request: HttpRequest, person: User, profile: MemberProfile) -> str:
    add_mail_domain(by=person, profile=profile, domain=request.POST.get("domain", ""))
    return gettext("Alliance staff check the domain. Until then nobody can ask to join with it.")


def _remove_domain(request: HttpRequest, person: User, profile: MemberProfile) -> str:
    domain = get_mail_domain(posted_uid(request, "domain"), visible_to=person)
    if domain.profile != profile:
        raise NotFound("There is no such mail domain.")
    remove_mail_domain(by=person, domain=domain)
    return gettext("The domain is taken away.")


def _decide(request: HttpRequest, person: User, profile: MemberProfile) -> str:
    asked = get_join_request(posted_uid(request, "request"), profile, visible_to=person)
    if request.POST["do"] == "let-in":
        accept_join_request(by=person, request=asked)
        return gettext("The person belongs to your organisation now.")
    refuse_join_request(by=person, request=asked)
    return gettext("The person was told that you did not take them in.")


def _renew(request: HttpRequest, person: User, profile: MemberProfile) -> str:
    statutes = find_statutes()
    accepts = statutes.version if statutes and "statutes" in request.POST else ""
    renew_member(by=person, profile=profile, accepts=accepts)
    return gettext("The membership is renewed for a year.")


def posted_uid(request: HttpRequest, name: str) -> UUID:
    """The uid that a button sends. Raises NotFound for anything else."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotFound("There is no such record.") from None


@signed_page
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """What the member says of itself."""
    profile, person = _managed(request, slug), signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, profile=profile, language=text_language(request))
    if form.is_valid():
        try:
            change_member_profile(by=person, profile=profile, details=form.details())
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("members:manage", slug=slug)
    above = (reverse("members:manage", args=[slug]), profile.organisation.name)
    return form_page(request, form, title=gettext("What you say of yourselves"), button=gettext("Save"), above=above)

"""Applications of members, mail domains, renewals and statutes, for alliance staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from synchromesh.accounts.models import User
from synchromesh.community.operations.join_requests import confirm_mail_domain, remove_mail_domain
from synchromesh.community.operations.member_applications import accept_member_application, refuse_member_application
from synchromesh.community.operations.members import end_member, publish_statutes
from synchromesh.community.queries.members import (
    find_statutes,
    get_application,
    get_mail_domain,
    get_member,
    list_due_renewals,
    list_waiting_applications,
    list_waiting_domains,
)
from synchromesh.engine.errors import Conflict, InvalidInput, SynchromeshError
from synchromesh.engine.tables.cells import parse_date
from synchromesh.web.community_pages import refuse_action, signed_page
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.members.manage_views import posted_uid
from synchromesh.web.people import signed_in

DAYS_AHEAD = 60


@signed_page
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for alliance staff; each button sends its own small form."""
    person = signed_in(request)
    applications = list_waiting_applications(visible_to=person)
    wrong: SynchromeshError | None = None
    if request.method == "POST":
        try:
            messages.success(request, _done(request, person))
            return redirect("members:desk")
        except (InvalidInput, Conflict) as error:
            wrong = error
    soon = timezone.localdate() + timedelta(days=DAYS_AHEAD)
    context = {
        "applications": applications,
        "domains": list_waiting_domains(visible_to=person),
        "due": list_due_renewals(visible_to=person, until=soon),
        "today": timezone.localdate(),
        "statutes": find_statutes(),
        "wrong": sentence_of(wrong) if wrong else "",
    }
    return render(request, "members/desk.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, person: User) -> str:
    actions: dict[str, Callable[[HttpRequest, User], str]] = {
        "approve": _approve,
        "refuse": _refuse,
        "confirm-domain": _confirm_domain,
        "remove-domain": _remove_domain,
        "end": _end,
        "publish": _publish,
    }
    action = actions.get(request.POST.get("do", ""))
    if action is None:
        raise refuse_action()
    return action(request, person)


def _approve(request: HttpRequest, person: User) -> str:
    application = get_application(posted_uid(request, "application"), visible_to=person)
    profile = accept_member_application(by=person, application=application)
    return gettext("%(name)s is a member now.") % {"name": profile.organisation.name}


def _refuse(request: HttpRequest, person: User) -> str:
    application = get_application(posted_uid(request, "application"), visible_to=person)
    refuse_member_application(by=person, application=application, answer=request.POST.get("answer", ""))
    return gettext("%(name)s was refused, and the person was told why.") % {"name": application.name}


def _confirm_domain(request: HttpRequest, person: User) -> str:
    domain = confirm_mail_domain(by=person, domain=get_mail_domain(posted_uid(request, "domain"), visible_to=person))
    return gettext("People with an address at %(domain)s can ask to join now.") % {"domain": domain.domain}


def _remove_domain(request: HttpRequest, person: User) -> str:
    remove_mail_domain(by=person, domain=get_mail_domain(posted_uid(request, "domain"), visible_to=person))
    return gettext("The domain is taken away.")


def _end(request: HttpRequest, person: User) -> str:
    profile = get_member(request.POST.get("member", ""))
    day = parse_date(request.POST.get("ended_on", ""))
    if day is None:
        raise TranslatedInvalidInput(gettext("Give the day from which it is no member."), field="ended_on")
    end_member(by=person, profile=profile, ended_on=day)
    return gettext("The end of the membership is noted.")


def _publish(request: HttpRequest, person: User) -> str:
    version, url = request.POST.get("version", ""), request.POST.get("url", "")
    publish_statutes(by=person, version=version, url=url)
    return gettext("New members accept this version from now on.")

"""Which mails I get; and the page behind "no more mails", which needs no account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.accounts.queries.people import has_confirmed_address
from synchromesh.community.models.mail_preferences import MailKind
from synchromesh.community.operations.mail_preferences import end_bounce, set_mail_kinds, unsubscribe_mails
from synchromesh.community.queries.mail_keys import find_mail_key
from synchromesh.community.queries.mail_preferences import find_bounce, list_mail_switches
from synchromesh.engine.errors import Conflict
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in

KIND_NAMES = {
    MailKind.DIGEST: (_("Digests"), _("News, events and courses on topics and regions that I chose.")),
    MailKind.EVENT: (_("Events"), _("Reminders of events that I signed up for, and changes of them.")),
    MailKind.FEEDBACK: (_("After events"), _("One question after an event at which I was: how useful it was.")),
    MailKind.GROUP: (_("Groups"), _("Meetings, tasks and questions of groups that I belong to.")),
    MailKind.MEMBERSHIP: (_("Membership"), _("What an organisation of mine is asked as a member.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail(request: HttpRequest) -> HttpResponse:
    """All kinds of mail with a switch for each; one button saves them."""
    person, problem = signed_in(request), ""
    if request.method == "POST":
        try:
            messages.success(request, _save(request, person))
            return redirect("me:mail")
        except Conflict as error:
            problem = sentence_of(error)
    context = {
        "switches": [(one, *KIND_NAMES[one.kind]) for one in list_mail_switches(person)],
        "bounce": find_bounce(person),
        "confirmed": has_confirmed_address(person),
        "problem": problem,
    }
    return render(request, "me/mail.html", context, status=409 if problem else 200)


def _save(request: HttpRequest, person: User) -> str:
    """Do what the button says; returns what was done, in words."""
    if request.POST.get("do") == "retry":
        end_bounce(by=person)
        return gettext("We write to your address again.")
    wanted = [kind for kind in MailKind if kind.value in request.POST.getlist("kind")]
    set_mail_kinds(by=person, wanted=wanted)
    return gettext("Your mails are as you chose.")


@csrf_exempt  # a mail program posts here by itself (RFC 8058) and has no token; the key is the permission
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Say which mails would end, and end them when a button is pressed, without signing in.

    Programs that check mails open every address in them, so that opening changes nothing. The answer to a form is no
    redirect, as RFC 8058 wants it.
    """
    key = request.GET.get("key", "") or request.POST.get("key", "")
    found = find_mail_key(key)
    if found is None:
        return render(request, "me/mail_end_refused.html", {}, status=404)
    everything = request.POST.get("all") == "1"
    if request.method == "POST":
        unsubscribe_mails(by=found.person or VISITOR, key=key, everything=everything)
    context = {
        "key": key,
        "kind_name": KIND_NAMES[found.kind][0],
        "done": request.method == "POST",
        "everything": everything,
    }
    return render(request, "me/mail_end.html", context)

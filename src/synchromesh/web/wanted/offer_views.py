"""A provider says that it will offer what is wanted, and gives that up again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from synchromesh.accounts.queries.organisations import get_organisation
from synchromesh.catalogue.operations.brief_claims import claim_brief, withdraw_brief_claim
from synchromesh.catalogue.queries.brief_claims import get_claim
from synchromesh.catalogue.queries.briefs import get_wanted_training, thresholds
from synchromesh.web.people import signed_in
from synchromesh.web.wanted.listing import own_providers

_PARTS = ("skill", "level", "words", "language", "region")


@login_required
def offer(request: HttpRequest) -> HttpResponse:
    """Ask once which organisation will offer it, then note it and open the draft of the course."""
    person, sent = signed_in(request), request.POST if request.method == "POST" else request.GET
    parts = {name: sent.get(name, "") for name in _PARTS}
    if not any(parts.values()):
        return redirect("wanted:list")
    wanted = get_wanted_training(parts, visible_to=person, today=timezone.localdate())
    if request.method == "POST":
        provider = get_organisation(request.POST.get("provider", ""))
        claim = claim_brief(by=person, provider=provider, wanted=wanted, texts_in=get_language() or "en")
        messages.success(request, gettext("Others see that it is being prepared. This is the draft of your course."))
        return redirect("desk:course", slug=claim.course.slug) if claim.course else redirect("me:provider")
    context = {"row": wanted, "providers": own_providers(request), "fewest": thresholds().count}
    return render(request, "wanted/offer.html", context)


@require_POST
@login_required
def give_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give up what a provider said it would offer; the draft stays."""
    person = signed_in(request)
    withdraw_brief_claim(by=person, claim=get_claim(uid, visible_to=person))
    messages.success(request, gettext("It is given up. The draft of the course is still there."))
    return redirect("me:provider")

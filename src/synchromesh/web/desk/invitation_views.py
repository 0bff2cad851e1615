"""Invitations of an organisation, for its managers and alliance staff."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import MembershipRole, Organisation
from synchromesh.accounts.operations.invitations import LONGEST_VALIDITY_DAYS, create_invitation, withdraw_invitation
from synchromesh.accounts.permissions import may_manage_organisation, require
from synchromesh.accounts.queries.people import get_invitation, list_invitations
from synchromesh.engine.errors import NotFound
from synchromesh.web.people import signed_in


class InvitationForm(forms.Form):
    """For which role, and for how long."""

    role = forms.ChoiceField(
        label=_("What the person may do"),
        choices=[
            (MembershipRole.MEMBER.value, _("Member: belongs to the organisation")),
            (MembershipRole.EDITOR.value, _("Editor: also changes its courses")),
            (MembershipRole.MANAGER.value, _("Manager: also invites people and changes roles")),
        ],
    )
    valid_days = forms.IntegerField(
        label=_("Valid for how many days"), min_value=1, max_value=LONGEST_VALIDITY_DAYS, initial=30
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """List, make and withdraw invitations. A new code is in this one answer and nowhere else."""
    person = signed_in(request)
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotFound("There is no such organisation.")
    require(may_manage_organisation(person, organisation), "Only managers of the organisation can invite people.")
    if "withdraw" in request.POST:
        chosen = get_invitation(organisation, request.POST["withdraw"], visible_to=person)
        withdraw_invitation(by=person, invitation=chosen)
        messages.success(request, gettext("The invitation is withdrawn. Its code no longer works."))
        return redirect("desk:invitations", slug=slug)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    made, code = None, ""
    if form.is_valid():
        made, code = create_invitation(by=person, organisation=organisation, **form.cleaned_data)
    context = {
        "organisation": organisation,
        "form": form if form.errors else InvitationForm(),
        "made": made,
        "code": code,
        "invitations": list_invitations(organisation, visible_to=person),
        "now": timezone.now(),
    }
    return render(request, "desk/invitations.html", context, status=422 if form.errors else 200)

"""Record an engagement, change it, and plan what follows."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.models import Engagement
from synchromesh.community.operations.engagements import (
    ONLY_THEY,
    add_follow_up,
    add_slides,
    change_engagement,
    delete_engagement,
    record_engagement,
    settle_follow_up,
)
from synchromesh.community.permissions import may_record_engagement
from synchromesh.community.queries.engagements import get_engagement, list_groups_to_record_for
from synchromesh.engine.errors import InvalidInput
from synchromesh.web.award.award_page import put_error
from synchromesh.web.engagements.forms import EngagementForm
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.people import signed_in
from synchromesh.web.uploads import check_upload


class FollowUpForm(forms.Form):
    """One thing to do, and by when."""

    text = forms.CharField(label=_("What is to do"), max_length=500)
    due_on = forms.DateField(label=_("By"), widget=forms.DateInput(attrs={"type": "date"}), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_engagement(request: HttpRequest) -> HttpResponse:
    """The form for a new engagement."""
    person = signed_in(request)
    require(is_alliance_staff(person) or bool(list_groups_to_record_for(person)), ONLY_THEY)
    return _written(request, person, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit_engagement(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an engagement, or take it out."""
    person, found = signed_in(request), get_engagement(uid)
    require(may_record_engagement(person, found.group), ONLY_THEY)
    if request.POST.get("do") == "delete":
        delete_engagement(by=person, engagement=found)
        messages.success(request, gettext("The engagement is taken out."))
        return redirect("engagements:list")
    return _written(request, person, found)


def _written(request: HttpRequest, person: User, found: Engagement | None) -> HttpResponse:
    check_upload(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EngagementForm(*sent, reader=person, groups=list_groups_to_record_for(person), engagement=found)
    if form.is_valid():
        try:
            saved = _save(person, found, form)
        except InvalidInput as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("The engagement is recorded."))
            return redirect("engagements:detail", uid=saved.uid)
    context = {"form": form, "engagement": found}
    return render(request, "engagements/form.html", context, status=422 if form.errors else 200)


def _save(person: User, found: Engagement | None, form: EngagementForm) -> Engagement:
    if found is None:
        found = record_engagement(by=person, content=form.content())
    else:
        change_engagement(by=person, engagement=found, content=form.content())
    if upload := form.cleaned_data["slides"]:
        add_slides(by=person, engagement=found, name=str(upload.name), content=upload.read())
    return found


@require_POST
@never_cache
@login_required
def follow_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note something to do, or say that it is done."""
    person, found = signed_in(request), get_engagement(uid)
    if done := request.POST.get("done", ""):
        settle_follow_up(by=person, engagement=found, uid=done)
        messages.success(request, gettext("Marked as done."))
        return redirect("engagements:detail", uid=uid)
    form = FollowUpForm(request.POST)
    if form.is_valid():
        try:
            add_follow_up(by=person, engagement=found, **form.cleaned_data)
        except InvalidInput as error:
            messages.error(request, sentence_of(error))
        else:
            messages.success(request, gettext("Saved."))
    else:
        messages.error(request, gettext("Say what is to do."))
    return redirect("engagements:detail", uid=uid)

"""The review of practices by alliance staff."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.permissions import require
from synchromesh.community.operations.practices import publish_practice, reject_practice
from synchromesh.community.permissions import may_review_practice
from synchromesh.community.queries.practices import get_practice, list_waiting_practices
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.web.community_pages import put_error, signed_page
from synchromesh.web.people import signed_in

ONLY_REVIEWERS = "Alliance staff review practices, and nobody their own."


class ReviewForm(forms.Form):
    """What the reviewer tells the author."""

    note = forms.CharField(
        label=_("Note to the author"),
        help_text=_("Needed if you give it back."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@signed_page
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a review, longest first."""
    practices = list_waiting_practices(visible_to=signed_in(request))
    return render(request, "practices/waiting.html", {"practices": practices})


@signed_page
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Read a practice that was sent in; publish it or give it back."""
    person = signed_in(request)
    practice = get_practice(slug, visible_to=person)
    require(may_review_practice(person, practice), ONLY_REVIEWERS)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        decide = publish_practice if request.POST.get("do") == "publish" else reject_practice
        try:
            decide(by=person, practice=practice, note=form.cleaned_data["note"])
        except (InvalidInput, Conflict) as error:
            put_error(form, error)
        else:
            messages.success(request, gettext("Decided. The author sees it."))
            return redirect("practices:waiting")
    context = {"practice": practice, "form": form}
    return render(request, "practices/review.html", context, status=422 if form.errors else 200)

"""Digests: ask for one with or without an account, change it, end it, and confirm it from a mail."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.accounts.queries.people import has_confirmed_address
from synchromesh.community.models import DigestFrequency, DigestSubscription
from synchromesh.community.operations.digests import ask_for_digest, confirm_digest, end_digest, save_digest
from synchromesh.community.queries.digests import DigestChoice, find_confirmation, find_own_digest
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.framework.models import Topic
from synchromesh.plumbing.rate_limits import Rate, take, visitor_digest
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.news.forms import RegionCodes, TopicChoices

ASKING = Rate(name="digest", most=10, seconds=3600)
CONTENT_NAMES = {"news": _("News"), "events": _("Events"), "courses": _("Courses")}
FREQUENCY_NAMES = {
    DigestFrequency.WEEKLY.value: _("every week, if there is something new"),
    DigestFrequency.MONTHLY.value: _("every month, if there is something new"),
}


class DigestForm(forms.Form):
    """What to tell, about what, and how often."""

    address = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Kept until you end the digest, and used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    contents = forms.MultipleChoiceField(
        label=_("Tell me about"), choices=list(CONTENT_NAMES.items()), widget=forms.CheckboxSelectMultiple
    )
    topics = TopicChoices(
        label=_("Fields"),
        help_text=_("None: all fields."),
        queryset=Topic.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    regions = RegionCodes(
        label=_("Regions"),
        help_text=_("NUTS codes with commas, such as DE11, SK021. None: all regions. Courses come from all of them."),
        max_length=300,
        required=False,
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=list(FREQUENCY_NAMES.items()))

    def __init__(self, data: Any = None, *, own: DigestSubscription | None, with_address: bool) -> None:
        super().__init__(data, initial=_initial(own))
        cast("forms.ModelMultipleChoiceField[Topic]", self.fields["topics"]).queryset = Topic.objects.order_by("slug")
        if not with_address:
            del self.fields["address"]

    def choice(self) -> DigestChoice:
        """What was chosen, in the language of the page."""
        entered = self.cleaned_data
        return DigestChoice(
            frequency=DigestFrequency(entered["frequency"]),
            language=get_language() or "en",
            topics=tuple(topic.slug for topic in entered["topics"]),
            regions=tuple(region.code for region in entered["regions"]),
            with_news="news" in entered["contents"],
            with_events="events" in entered["contents"],
            with_courses="courses" in entered["contents"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def digest(request: HttpRequest) -> HttpResponse:
    """The digest of whoever is signed in, or the form for an address without an account."""
    person = request.user if isinstance(request.user, User) else None
    own = find_own_digest(person) if person else None
    if request.POST.get("do") == "end" and person is not None:
        end_digest(by=person)
        messages.success(request, gettext("No digest comes any more."))
        return redirect("news:digest")
    form = DigestForm(request.POST if request.method == "POST" else None, own=own, with_address=person is None)
    if form.is_valid():
        try:
            return _asked(request, person, form)
        except (InvalidInput, Conflict) as error:
            field = getattr(error, "field", None) or ""
            form.add_error(field if field in form.fields else None, sentence_of(error))
    context = {"form": form, "own": own, "confirmed": person is None or has_confirmed_address(person)}
    return render(request, "news/digest.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, person: User | None, form: DigestForm) -> HttpResponse:
    if person is not None:
        save_digest(by=person, choice=form.choice())
        messages.success(request, gettext("Your digest is as you chose."))
        return redirect("news:digest")
    if not take(ASKING, visitor_digest(request)).granted:
        raise InvalidInput("Too many digests were asked for from here. Try again in an hour.", field="address")
    ask_for_digest(by=VISITOR, address=form.cleaned_data["address"], choice=form.choice())
    return render(request, "news/digest_asked.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Say what would be confirmed, and confirm it when the button is pressed: programs open every address of a mail."""
    key = request.POST.get("key", "") or request.GET.get("key", "")
    if find_confirmation(key) is None:
        return render(request, "news/digest_refused.html", {}, status=404)
    if request.method == "POST":
        confirm_digest(by=VISITOR, key=key)
    return render(request, "news/digest_confirm.html", {"key": key, "done": request.method == "POST"})


def _initial(own: DigestSubscription | None) -> dict[str, Any]:
    if own is None:
        return {"contents": ["news", "events"], "frequency": DigestFrequency.MONTHLY.value}
    flags = {"news": own.with_news, "events": own.with_events, "courses": own.with_courses}
    return {
        "contents": [name for name, chosen in flags.items() if chosen],
        "topics": [topic.pk for topic in own.topics.all()],
        "regions": ", ".join(region.code for region in own.regions.all()),
        "frequency": own.frequency,
    }

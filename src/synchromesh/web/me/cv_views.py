"""From a CV to skills: send it, look through what was found, use it. Nothing is stored before "Use these"."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import VISITOR
from synchromesh.engine.errors import InvalidInput
from synchromesh.framework.queries.concepts import get_role
from synchromesh.pathways.operations.cv_profile import delete_cv_ratings, record_cv_choices, record_cv_skills
from synchromesh.pathways.queries.cv_ratings import count_cv_ratings
from synchromesh.pathways.queries.cv_reading import CvReading, read_cv
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.me.cv_form import LARGEST_FILE, CvForm
from synchromesh.web.me.cv_suggestions import read_decisions, read_suggestions, sign_suggestions
from synchromesh.web.people import signed_in
from synchromesh.web.roles.wishes import drop_answers, keep_answers
from synchromesh.web.uploads import hold_in_memory, was_too_large

MOST_READINGS = 60  # in a quarter of an hour from one address: a class behind one address, and no more


@csrf_exempt  # checked inside: the check reads the form, and before that it is settled where its file is held
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cv(request: HttpRequest) -> HttpResponse:
    """The form; a CV that is sent is read in memory and answered with what was found in it."""
    hold_in_memory(request, limit=LARGEST_FILE)
    return _cv(request)


@csrf_protect
def _cv(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, CvForm(initial={"role": request.GET.get("role", "")[:100]}))
    form = CvForm(request.POST, request.FILES, too_large=was_too_large(request))
    if form.is_valid():
        try:
            check_attempts(request, "cv", most=MOST_READINGS)
            note_failure(request, "cv")
            return _found_page(request, _read(request, form), role=form.cleaned_data["role"])
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
    return _form_page(request, form)


@sensitive_variables()
def _read(request: HttpRequest, form: CvForm) -> CvReading:
    """Read what was sent. The file lies in memory and is gone when this returns."""
    upload = form.cleaned_data["file"]
    try:
        return read_cv(
            text=form.cleaned_data["text"],
            file=(str(upload.name), upload.read()) if upload else None,
            language=form.cleaned_data["language"] or None,
            visible_to=_person(request),
            today=timezone.localdate(),
        )
    finally:
        if upload:
            upload.close()


@sensitive_post_parameters("found")
@require_POST
@never_cache
def use_cv(request: HttpRequest) -> HttpResponse:
    """Keep what the person confirmed: in the profile, or for a visitor among the answers of this browser."""
    suggestions = read_suggestions(request)
    entries = read_decisions(request.POST, suggestions)
    slug = request.POST.get("role", "")
    role = get_role(slug) if slug else None
    person = _person(request)
    kept: dict[str, int] = {}
    for entry in entries:
        if entry.kept:
            kept.setdefault(entry.kept, entry.level)
    if person is not None:
        record_cv_skills(by=person, entries=entries, mode=suggestions.mode, language=suggestions.language)
        drop_answers(request, kept)
    else:
        record_cv_choices(by=VISITOR, entries=entries, mode=suggestions.mode, language=suggestions.language)
        keep_answers(request, kept)
    messages.success(request, _kept_words(len(kept), in_profile=person is not None))
    if role is not None:
        return redirect("roles:gap", slug=role.slug)
    return redirect("me:plans" if person is not None else "roles:list")


@require_POST
@never_cache
@login_required
def forget_cv(request: HttpRequest) -> HttpResponse:
    """Delete the answers that came from a CV: the person takes back what they had confirmed."""
    uids = delete_cv_ratings(by=signed_in(request))
    drop_answers(request, uids)
    messages.success(request, gettext("The answers from your CV are deleted."))
    return redirect("me:plans")


def _form_page(request: HttpRequest, form: CvForm) -> HttpResponse:
    person = _person(request)
    context = {
        "form": form,
        "either": (form["file"], form["text"]),
        "from_cv": count_cv_ratings(person, visible_to=person) if person is not None else 0,
    }
    return render(request, "me/cv.html", context, status=422 if form.errors else 200)


def _found_page(request: HttpRequest, reading: CvReading, *, role: str) -> HttpResponse:
    numbered = list(enumerate(reading.found, start=1))
    context = {
        "reading": reading,
        "wanted": get_role(role) if role else None,
        "certain": [row for row in numbered if row[1].certain],
        "uncertain": [row for row in numbered if not row[1].certain],
        "signed": sign_suggestions(request, reading),
        "choices": (0, 1, 2, 3),
    }
    return render(request, "me/cv_found.html", context)


def _kept_words(count: int, *, in_profile: bool) -> str:
    if not count:
        return gettext("You kept none of the suggestions. Nothing of your CV is stored.")
    if in_profile:
        words = ngettext("%(count)s skill is in your profile now.", "%(count)s skills are in your profile now.", count)
    else:
        words = ngettext(
            "%(count)s answer is kept in this browser. Choose a job to compare with.",
            "%(count)s answers are kept in this browser. Choose a job to compare with.",
            count,
        )
    return words % {"count": count}


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None

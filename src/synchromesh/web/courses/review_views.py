"""What people who finished a course say about it: read it, write one's own, answer for the provider."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.courses import get_course_or_winner
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.pathways.models import Review
from synchromesh.pathways.operations.reviews import (
    delete_review,
    delete_review_answer,
    write_review,
    write_review_answer,
)
from synchromesh.pathways.permissions import may_answer_reviews, may_review_course
from synchromesh.pathways.queries.reviews import (
    find_finish_day,
    find_own_review,
    get_shown_review,
    list_shown_reviews,
)
from synchromesh.web.people import signed_in

LANGUAGES = sorted(OWN_NAMES.items(), key=lambda pair: pair[1].casefold())


class ReviewForm(forms.Form):
    """Whether the course helped, and in words what it was like."""

    helped = forms.TypedChoiceField(
        label=_("Did it help you at work?"),
        coerce=int,
        choices=[(3, _("Yes")), (2, _("Partly")), (1, _("No"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What should others know?"),
        help_text=_("At most 2000 characters. Do not name people."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=_("Language of your words"), choices=LANGUAGES)


class AnswerForm(forms.Form):
    """What the provider says to a review."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("At most 1000 characters. Everybody can read it at once."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of your words"), choices=LANGUAGES)


@require_http_methods(["GET", "HEAD"])
def course_reviews(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is shown about a course; the provider's people get the way to answer."""
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:reviews", slug=course.slug)
    may_answer = isinstance(request.user, User) and may_answer_reviews(request.user, course)
    context = {"course": course, "shown": list_shown_reviews(course), "may_answer": may_answer}
    return render(request, "courses/reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def own_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Write, change or delete one's own review; whoever cannot write one reads why."""
    course = get_course_or_winner(slug)
    if course.slug != slug:
        return redirect("courses:own-review", slug=course.slug)
    if not isinstance(request.user, User):
        if request.method == "POST":
            return redirect_to_login(request.get_full_path())
        return render(request, "courses/own_review.html", {"course": course, "form": None})
    review = find_own_review(request.user, course)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=_initial(review))
    if request.method == "POST" and _wrote(request, course, form):
        return redirect("courses:own-review", slug=course.slug)
    context = {
        "course": course,
        "review": review,
        "finished_on": find_finish_day(request.user, course),
        "may_review": may_review_course(request.user, course),
        "form": form,
    }
    return render(request, "courses/own_review.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
@login_required
def delete_own_review(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete one's own review."""
    course = get_course_or_winner(slug)
    delete_review(by=signed_in(request), course=course)
    messages.success(request, gettext("Your review is deleted."))
    return redirect("courses:detail", slug=course.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def answer_review(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The provider's one answer to a review: write it, change it, take it away."""
    person, review = signed_in(request), get_shown_review(uid)
    require(may_answer_reviews(person, review.course), "Only editors and managers of the provider answer for it.")
    if request.POST.get("do") == "delete":
        delete_review_answer(by=person, uid=uid)
        messages.success(request, gettext("The answer is deleted."))
        return redirect("courses:reviews", slug=slug)
    initial = {"words": review.answer, "language": review.answer_language or get_language()}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        write_review_answer(by=person, uid=uid, **form.cleaned_data)
        messages.success(request, gettext("Everybody can read your answer now."))
        return redirect("courses:reviews", slug=slug)
    context = {"course": review.course, "review": review, "form": form}
    return render(request, "courses/answer_review.html", context, status=422 if form.errors else 200)


def _initial(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {"language": get_language()}
    return {"helped": review.helped, "words": review.words, "language": review.language}


def _wrote(request: HttpRequest, course: Course, form: ReviewForm) -> bool:
    """Write what the form holds; False where it is not right."""
    if not form.is_valid():
        return False
    try:
        write_review(by=signed_in(request), course=course, **form.cleaned_data)
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    messages.success(request, gettext("Thank you. Somebody reads it before it is shown, without your name."))
    return True

"""Write an article in several languages, publish it, correct it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.models import NewsArticle
from synchromesh.community.operations.news import (
    ONLY_WRITERS,
    delete_article,
    edit_article,
    publish_article,
    withdraw_article,
    write_article,
)
from synchromesh.community.permissions import may_edit_article, may_publish_news
from synchromesh.community.queries.news import get_article, list_drafts, list_writing_organisations
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.vocabulary.languages import OWN_NAMES
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.news.forms import ArticleForm
from synchromesh.web.people import signed_in

PAGE_SIZE = 50
_FIELDS = {"titles": "title", "summaries": "summary", "bodies": "body"}


@require_safe
@never_cache
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """The drafts that the person may edit."""
    person = signed_in(request)
    require(is_alliance_staff(person) or bool(list_writing_organisations(person)), ONLY_WRITERS)
    page = Paginator(list_drafts(person), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "news/drafts.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_article(request: HttpRequest) -> HttpResponse:
    """The form for a new article; it is a draft until alliance staff publish it."""
    person = signed_in(request)
    require(is_alliance_staff(person) or bool(list_writing_organisations(person)), ONLY_WRITERS)
    return _written(request, person, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an article in one language; publish it, withdraw it, throw it away."""
    person = signed_in(request)
    found = get_article(slug, visible_to=person)
    require(may_edit_article(person, found), ONLY_WRITERS)
    action = request.POST.get("do", "")
    if action not in ("publish", "withdraw", "delete"):
        return _written(request, person, found)
    try:
        messages.success(request, _done(person, found, action))
    except InvalidInput as error:
        messages.error(request, sentence_of(error))
        return redirect("news:edit", slug=slug)
    return redirect("news:drafts") if action == "delete" else redirect("news:detail", slug=slug)


def _done(person: User, found: NewsArticle, action: str) -> str:
    """Do what the button says; returns what was done, in words."""
    if action == "publish":
        publish_article(by=person, article=found)
        return gettext("It is published.")
    if action == "withdraw":
        withdraw_article(by=person, article=found)
        return gettext("It is a draft again, and nobody else sees it.")
    delete_article(by=person, article=found)
    return gettext("The draft is thrown away.")


def _written(request: HttpRequest, person: User, found: NewsArticle | None) -> HttpResponse:
    form = ArticleForm(
        request.POST if request.method == "POST" else None,
        article=found,
        texts_in=_texts_in(request, found),
        organisations=list_writing_organisations(person),
        for_alliance=is_alliance_staff(person),
    )
    if form.is_valid():
        try:
            saved = _save(person, found, form)
        except InvalidInput as error:
            field = _FIELDS.get(error.field or "", error.field or "")
            form.add_error(field if field in form.fields else None, sentence_of(error))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("news:detail", slug=saved.slug)
    context = {
        "article": found,
        "form": form,
        "texts_in": form.texts_in,
        "languages": list(OWN_NAMES),
        "may_publish": may_publish_news(person),
    }
    return render(request, "news/form.html", context, status=422 if form.errors else 200)


def _save(person: User, found: NewsArticle | None, form: ArticleForm) -> NewsArticle:
    if found is None:
        return write_article(by=person, content=form.content())
    edit_article(by=person, article=found, content=form.content(), correction=form.correction_notes())
    return found


def _texts_in(request: HttpRequest, found: NewsArticle | None) -> str:
    """The language that was asked for; else the reader's, or the one in which the article has a title."""
    asked, own = request.GET.get("text", ""), get_language() or "en"
    if asked in OWN_NAMES:
        return asked
    if found is None or own in found.titles:
        return own
    return next(iter(found.titles), own)

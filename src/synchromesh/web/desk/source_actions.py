"""What the buttons on the page of a source do, and what the page says afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_noop, ngettext

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import FeedSource, FetchOutcome
from synchromesh.catalogue.operations.feed_fetching import preview_source_file, start_fetch
from synchromesh.catalogue.operations.feed_looking import look_at_feed, table_headings
from synchromesh.catalogue.operations.feed_sources import (
    change_feed_source,
    pause_feed_source,
    remove_feed_source,
    resume_feed_source,
    settle_alarm,
)
from synchromesh.engine.errors import InvalidInput
from synchromesh.engine.feeds.records import ReadSettings
from synchromesh.web.desk.source_forms import FileForm, SourceForm, heading_rows, stated_columns
from synchromesh.web.error_sentences import TranslatedInvalidInput, sentence_of
from synchromesh.web.uploads import check_upload


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgain:
    """The page with something else in it: a form that has something wrong in it, or headings to match."""

    parts: dict[str, Any]
    status: int = 422


_SIMPLE: dict[str, tuple[Callable[..., Any], str]] = {
    "fetch": (start_fetch, gettext_noop("The feed is being read. Load this page again in a moment.")),
    "pause": (pause_feed_source, gettext_noop("The source is paused. Nothing is fetched by itself.")),
    "resume": (resume_feed_source, gettext_noop("The source is fetched by itself again.")),
}
_SETTLED = gettext_noop("The alarm is settled.")


def act(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse | ShownAgain:
    """Do what the button says. Raises what the operation raises, and InvalidInput for a button that is not there."""
    do = request.POST.get("do", "")
    if do in _SIMPLE:
        step, words = _SIMPLE[do]
        step(by=person, source=source)
        messages.success(request, gettext(words))
    elif do in {"is-right", "is-mended"}:
        settle_alarm(by=person, source=source, is_right_now=do == "is-right")
        messages.success(request, gettext(_SETTLED))
    elif do == "columns":
        change_feed_source(by=person, source=source, columns=stated_columns(request.POST))
        messages.success(request, gettext("The columns are matched. This holds for every file from now on."))
    elif do in _WITH_FORM:
        return _WITH_FORM[do](request, person, source)
    else:
        raise InvalidInput("Use one of the buttons of the page.", field="do")
    return redirect("desk:source", uid=source.uid)


def _change(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse | ShownAgain:
    form = SourceForm(request.POST, source=source)
    if form.is_valid():
        try:
            change_feed_source(by=person, source=source, **form.columns())
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, gettext("The source is changed."))
            return redirect("desk:source", uid=source.uid)
    return ShownAgain(parts={"source_form": form, "form": form})


def _file(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse | ShownAgain:
    check_upload(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return ShownAgain(parts={"file_form": form, "form": form})
    upload = form.cleaned_data["file"]
    try:
        fetch = preview_source_file(by=person, source=source, file=upload.file, name=str(upload.name))
    except InvalidInput as error:
        upload.file.seek(0)
        headings = table_headings(upload.file, name=str(upload.name))
        if not headings:
            raise
        return _to_match(source, headings, wrong=sentence_of(error))
    if fetch.outcome == FetchOutcome.UNCHANGED:
        messages.success(request, gettext("The file says nothing new. There is nothing to commit."))
        return redirect("desk:source", uid=source.uid)
    return redirect("desk:import", uid=fetch.batch_uid)


def _look(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse | ShownAgain:
    reading = ReadSettings(columns=source.columns, language=source.language, currency=source.currency)
    look = look_at_feed(by=person, url=source.url, reading=reading)
    if not look.headings:
        raise TranslatedInvalidInput(gettext("This feed is no table, so there are no columns to match."), field="url")
    return _to_match(source, look.headings, wrong=look.refusal, status=200)


def _to_match(source: FeedSource, headings: Sequence[str], *, wrong: str, status: int = 422) -> ShownAgain:
    """The form that says what the headings mean."""
    parts = {"wrong": wrong, "headings": heading_rows(headings, source.columns), "match_now": True}
    return ShownAgain(parts=parts, status=status)


def _remove(request: HttpRequest, person: User, source: FeedSource) -> HttpResponse | ShownAgain:
    if request.POST.get("sure") != "yes":
        raise TranslatedInvalidInput(gettext("Say that you are sure."), field="sure")
    staying = remove_feed_source(by=person, source=source)
    words = ngettext(
        "The source is removed. %(count)d course of it stays.",
        "The source is removed. %(count)d courses of it stay.",
        staying,
    )
    messages.success(request, words % {"count": staying})
    return redirect("desk:sources")


_WITH_FORM: dict[str, Callable[[HttpRequest, User, FeedSource], HttpResponse | ShownAgain]] = {
    "change": _change,
    "file": _file,
    "look": _look,
    "remove": _remove,
}

"""Check any credential of any issuer: a file, a photo of its QR code, an address or text. Nothing of it is stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from synchromesh.credentials.operations.checking import LARGEST_FILE
from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput
from synchromesh.web.attempts import check_attempts, note_failure
from synchromesh.web.credentials.sent_credentials import Answer, answer_file, answer_text
from synchromesh.web.credentials.shown_document import ShownDocument, show_document
from synchromesh.web.credentials.verify_form import VerifyForm
from synchromesh.web.error_sentences import sentence_of
from synchromesh.web.uploads import hold_in_memory, was_too_large

MOST_CHECKS = 120  # in a quarter of an hour from one address: a fair where many people stand at one desk


@csrf_exempt  # checked inside: the check reads the form, and before that it is settled where its file is held
@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The form; what is sent is read in memory and answered at the same address with its verdict."""
    hold_in_memory(request, limit=LARGEST_FILE)
    return _verify(request)


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, VerifyForm())
    form = VerifyForm(request.POST, request.FILES, too_large=was_too_large(request))
    if form.is_valid():
        try:
            check_attempts(request, "verify", most=MOST_CHECKS)
            note_failure(request, "verify")
            answer = _answer(form)
        except (InvalidInput, ExternalFailure, Conflict) as error:
            form.add_error(_field_of(form), sentence_of(error))
        else:
            return _onward(answer) or _page(request, VerifyForm(), answer=answer)
    return _page(request, form)


@sensitive_variables()
def _answer(form: VerifyForm) -> Answer:
    """Read what was sent. A file lies in memory and is gone when this returns."""
    upload = form.cleaned_data["file"] or form.cleaned_data["photo"]
    if not upload:
        return answer_text(form.cleaned_data["text"])
    try:
        return answer_file(upload.read(), name=str(upload.name)[:200])
    finally:
        upload.close()


def _field_of(form: VerifyForm) -> str:
    """The field that was filled in."""
    return next(name for name in form.fields if form.cleaned_data.get(name))


def _onward(answer: Answer) -> HttpResponse | None:
    """A credential of this site has a page of its own."""
    if answer.code:
        return redirect("credentials:credential", code=answer.code)
    return redirect("stable-address", kind="credential", uid=answer.uid) if answer.uid else None


def _page(request: HttpRequest, form: VerifyForm, *, answer: Answer | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    if answer is not None and answer.checked is not None:
        shown: ShownDocument = show_document(answer.checked)
        context |= {"shown": shown, "sent": answer.name, "checked_at": timezone.now()}
    response = render(request, "credentials/verify.html", context, status=422 if form.errors else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

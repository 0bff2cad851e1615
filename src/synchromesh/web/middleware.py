"""What stands around every page: expected errors become pages with words that help, and no NUL reaches the database."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from synchromesh.engine.errors import InvalidInput, SynchromeshError
from synchromesh.plumbing.error_answers import status_of


class NullCharacterMiddleware:
    """Takes NUL out of what stands behind the question mark: no text has it, and PostgreSQL refuses it everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked or "\0" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "").replace("\0", "")
        return self._get_response(request)


class PolicyMiddleware(CSPMiddleware):
    """The Content-Security-Policy of django-csp, written once for all answers that have none of their own.

    Writing it takes as long as the simplest page. Whatever is special about an answer (a decorator, a nonce, an
    exemption, which stand on it as `_csp...`) leaves it to django-csp.
    """

    _written: tuple[object, str] | None = None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Called by Django with each answer."""
        policy = settings.CONTENT_SECURITY_POLICY
        own = (
            HEADER in response
            or hasattr(request, "_csp_nonce")
            or any(name.startswith("_csp") for name in vars(response))
        )
        if own or settings.DEBUG:
            return super().process_response(request, response)
        if self._written is None or self._written[0] is not policy:
            answer = super().process_response(request, response)
            self._written = (policy, answer[HEADER])
            return answer
        response[HEADER] = self._written[1]
        return response


class ErrorTranslationMiddleware:
    """Shows an expected error as a page; anything else is a bug and goes to Django's 500 handler."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django when a view raises."""
        if isinstance(exception, DataError) and "NUL" in str(exception):  # in a field of a form, on PostgreSQL
            exception = InvalidInput(gettext("The text has a character that cannot be stored. Type it anew."))
        if not isinstance(exception, SynchromeshError):
            return None
        status = status_of(exception)
        return render(request, f"errors/{status}.html", {"error": exception, "status": status}, status=status)

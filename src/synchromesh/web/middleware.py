"""Translate the one error tree into pages: 422, 403, 404, 409, 502 with words that help."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from synchromesh.engine.errors import SynchromeshError
from synchromesh.plumbing.error_answers import status_of


class ErrorTranslationMiddleware:
    """Shows an expected error as a page; anything else is a bug and goes to Django's 500 handler."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django when a view raises."""
        if not isinstance(exception, SynchromeshError):
            return None
        status = status_of(exception)
        return render(request, f"errors/{status}.html", {"error": exception, "status": status}, status=status)

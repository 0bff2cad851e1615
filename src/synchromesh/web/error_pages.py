"""Pages for errors that no view expected: an address that does not exist, and a bug with its reference number."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.template import loader

from synchromesh.plumbing.error_answers import new_reference

logger = logging.getLogger(__name__)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with a search field that holds the words of the address."""
    return HttpResponseNotFound(loader.render_to_string("404.html", {}, request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without database, session or context processors; the log line carries the number that the page shows."""
    reference = new_reference()
    logger.error("Reference %s: unexpected error at %s %s", reference, request.method, request.path)
    page = {"reference": reference}
    return HttpResponseServerError(loader.render_to_string("500.html", page))

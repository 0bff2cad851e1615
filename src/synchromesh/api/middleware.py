"""What every address of the interface has in common, before and after its view.

Other websites may call it without credentials; bodies are JSON of at most 1 MB; each request that reads or sends
something is counted; answers can be asked for again by their fingerprint; and every error is a problem, also those that
come from Django before a view is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe, quote_etag

from synchromesh.api.allowances import charge, tell_allowance
from synchromesh.api.problems import MEDIA_TYPE, NOT_READABLE, TOO_LARGE, TooManyRequests, problem_response
from synchromesh.api.v1.interface import Taken, taken_by_name

PREFIX = "/api/"
LARGEST_BODY = 1024 * 1024
KEPT_SECONDS = 60
_EXPOSED = "ETag, Last-Modified, Link, Location, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
_OFFERED = ("application/json", "application/json; charset=utf-8")
_MORE_OFFERED = {"readPassport": ("application/ld+json",)}
_WORDS = {
    400: NOT_READABLE,
    403: "You may not do this.",
    404: "Nothing has this address.",
    405: "This address does not take this method.",
}
_FREE = frozenset({"api-reference", "api-openapi"})
_DESCRIPTION = Taken(methods=("GET", "HEAD"), parameters=frozenset(), lists=frozenset())
"""The pages that describe the interface: they cost nothing, and whatever stands behind the question mark is let be."""


class ApiMiddleware:
    """Looks only at addresses under `/api/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        response = _finished(request, self._answer(request))
        tell_allowance(request, response)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            name = str(resolve(request.path_info).url_name)
        except Resolver404:
            # Before Django makes a page of it, with a cookie for its forms.
            return problem_response(404, _WORDS[404])
        taken = _DESCRIPTION if name in _FREE else taken_by_name()[name]
        refused = _preflight(request, taken) or _refusal(request, taken, name)
        if refused is not None:
            return refused
        asked_for_head = request.method == "HEAD"
        if asked_for_head:
            request.method = "GET"  # ninja knows no HEAD; what it answers loses its body below
        response = self._get_response(request)
        if asked_for_head:
            request.method = "HEAD"
        return response


def _preflight(request: HttpRequest, taken: Taken) -> HttpResponse | None:
    """What a browser asks before it lets another website call us."""
    if request.method != "OPTIONS":
        return None
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = _allowed(taken)
    response["Access-Control-Allow-Headers"] = "Content-Type, If-Modified-Since, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _refusal(request: HttpRequest, taken: Taken, name: str) -> HttpResponse | None:
    """Refuse what is too much, too large or not understood before anything is read."""
    if request.method not in taken.methods:
        refused = problem_response(405, _WORDS[405])
        refused["Allow"] = _allowed(taken)
        return refused
    if taken is _DESCRIPTION:
        return None
    try:
        charge(request, 1)
    except TooManyRequests as error:
        return problem_response(429, error.message, retry_after=error.retry_after)
    except PermissionDenied:  # behind a proxy that does not tell the address
        return problem_response(403, "Your address is not known, so your requests cannot be counted.")
    if not any(map(request.accepts, (*_OFFERED, *_MORE_OFFERED.get(name, ())))):
        return problem_response(406, "Answers are JSON. Ask with the header Accept: application/json, or without it.")
    return _unreadable_body(request) if request.method == "POST" else _wrong_parameters(request, taken)


def _unreadable_body(request: HttpRequest) -> HttpResponse | None:
    if "CONTENT_LENGTH" not in request.META and "Transfer-Encoding" in request.headers:
        return problem_response(411, "Say how long the body is, with the header Content-Length.")
    if _length(request) > LARGEST_BODY:
        return problem_response(413, TOO_LARGE)
    if request.content_type != "application/json":
        return problem_response(415, "Send JSON with the header Content-Type: application/json.")
    return None


def _wrong_parameters(request: HttpRequest, taken: Taken) -> HttpResponse | None:
    """Refuse names that the address does not have, since a misspelled filter would give everything."""
    faults: list[Mapping[str, str]] = []
    for name, values in request.GET.lists():
        if name not in taken.parameters:
            faults.append({"detail": "There is no parameter of this name.", "parameter": name})
        elif len(values) > 1 and name not in taken.lists:
            faults.append({"detail": "This can be given only once.", "parameter": name})
    if not faults:
        return None
    known = ", ".join(sorted(taken.parameters)) or "none"
    message = f"Some parameters are wrong. Those of this address are: {known}."
    return problem_response(422, message, code="invalid_input", errors=faults)


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # Django reads nothing then


def _allowed(taken: Taken) -> str:
    return ", ".join((*taken.methods, "OPTIONS"))


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A refusal as a problem that nobody keeps; what was read with its fingerprint, and without a body for HEAD."""
    if response.status_code >= 400:
        if response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(response)
        response["Cache-Control"] = "no-store"
    elif request.method in {"GET", "HEAD"} and response.status_code == 200:
        response = _conditional(request, response)
    if request.method == "HEAD" and response.status_code != 304:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 where the caller has it already (RFC 9110, section 13)."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    response.headers.setdefault("Cache-Control", f"public, max-age={KEPT_SECONDS}")
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    found = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    return found if isinstance(found, HttpResponse) else response


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The same refusal as a problem, with the headers that belong to it."""
    problem = problem_response(response.status_code, _WORDS.get(response.status_code, "This did not work."))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            problem[name] = response[name]
    return problem

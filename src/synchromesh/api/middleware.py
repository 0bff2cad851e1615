"""What every address of the interface has in common, before and after its view.

Other websites may call it without credentials; bodies are JSON of at most 1 MB; each request that sends something is
counted; and every error is a problem, also those that come from Django before a view is found.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from synchromesh.api.allowances import charge, tell_allowance
from synchromesh.api.problems import MEDIA_TYPE, NOT_READABLE, TOO_LARGE, TooManyRequests, problem_response

PREFIX = "/api/"
LARGEST_BODY = 1024 * 1024
_EXPOSED = "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
_WORDS = {
    400: NOT_READABLE,
    403: "You may not do this.",
    404: "Nothing has this address.",
    405: "This address does not take this method.",
}


class ApiMiddleware:
    """Looks only at addresses under `/api/`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self._get_response(request)
        response = _unknown(request) or _preflight(request) or _refusal(request) or self._get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _as_problem(response)
        tell_allowance(request, response)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
        return response


def _unknown(request: HttpRequest) -> HttpResponse | None:
    """Refuse an address that nothing has, before Django makes a page of it, with a cookie for its forms."""
    try:
        resolve(request.path_info)
    except Resolver404:
        return problem_response(404, _WORDS[404])
    return None


def _preflight(request: HttpRequest) -> HttpResponse | None:
    """What a browser asks before it lets another website call us."""
    if request.method != "OPTIONS":
        return None
    response = HttpResponse(status=204)
    response["Allow"] = response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Content-Type"
    response["Access-Control-Max-Age"] = "86400"
    return response


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Refuse what is too much, too large or not JSON before anything is read."""
    if request.method in {"GET", "HEAD"}:
        return None
    try:
        charge(request, 1)
    except TooManyRequests as error:
        return problem_response(429, error.message, retry_after=error.retry_after)
    if "CONTENT_LENGTH" not in request.META and "Transfer-Encoding" in request.headers:
        return problem_response(411, "Say how long the body is, with the header Content-Length.")
    if _length(request) > LARGEST_BODY:
        return problem_response(413, TOO_LARGE)
    if request.method == "POST" and request.content_type != "application/json":
        return problem_response(415, "Send JSON with the header Content-Type: application/json.")
    return None


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0  # Django reads nothing then


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The same refusal as a problem, with the headers that belong to it."""
    problem = problem_response(response.status_code, _WORDS.get(response.status_code, "This did not work."))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            problem[name] = response[name]
    return problem

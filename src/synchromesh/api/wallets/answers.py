"""What all addresses for wallets have in common: JSON that nobody keeps, open to wallets that run in a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from synchromesh.engine.credential_formats.canonical_json import read_object
from synchromesh.engine.credential_formats.wallet_proofs import WalletFault
from synchromesh.engine.errors import NotFound, SynchromeshError

LARGEST_BODY = 1024 * 1024  # bytes, as Django's own limit
_MORE_THAN_400 = {"invalid_token": 401}
View = Callable[..., HttpResponse]


def for_wallets(*methods: str) -> Callable[[View], View]:
    """Let a view answer these methods, and errors as the protocols write them (RFC 6749, section 5.2)."""

    def decorate(view: View) -> View:
        @csrf_exempt  # no cookie has any meaning here
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204), methods)
            if request.method not in methods:
                return _open(error_answer("invalid_request", "This address does not take this method.", 405), methods)
            try:
                return _open(view(request, *arguments, **named), methods)
            except WalletFault as fault:
                return _open(_refused(fault), methods)
            except NotFound as fault:
                return _open(error_answer("invalid_request", fault.message, 404), methods)
            except SynchromeshError as fault:
                return _open(error_answer("invalid_request", fault.message), methods)

        return answer

    return decorate


def json_answer(content: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """An object as JSON."""
    return JsonResponse(content, status=status)


def error_answer(error: str, description: str, status: int = 400) -> HttpResponse:
    """An error with its code and a sentence."""
    return json_answer({"error": error, "error_description": description}, status=status)


def read_json_body(request: HttpRequest) -> dict[str, Any]:
    """The object that was sent. Raises InvalidInput."""
    return read_object(request.body, most_bytes=LARGEST_BODY)


def _refused(fault: WalletFault) -> HttpResponse:
    response = error_answer(fault.error, fault.message, _MORE_THAN_400.get(fault.error, 400))
    if fault.error == "invalid_token":
        response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
    return response


def _open(response: HttpResponse, methods: tuple[str, ...]) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(methods)
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response["Cache-Control"] = "no-store"
    if response.status_code == 405:
        response["Allow"] = ", ".join(methods)
    return response

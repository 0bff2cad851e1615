"""Errors as problem details (RFC 9457, `application/problem+json`).

One shape for all of them: our error tree, what pydantic says of a body, what Django refuses, and bugs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, ConfigDict, Field

from synchromesh.engine.errors import SynchromeshError
from synchromesh.plumbing.error_answers import new_reference, status_of

MEDIA_TYPE = "application/problem+json"
NOT_JSON = "The body is not JSON in UTF-8."
NOT_READABLE = "The request cannot be read."
TOO_LARGE = "The body is larger than 1 MB. Send fewer or shorter texts at once."
MOST_FAULTS = 20
# Where pydantic speaks of Python, we speak of JSON; its other messages are plain.
_FAULTS = {
    "model_type": "The body must be a JSON object.",
    "model_attributes_type": "The body must be a JSON object.",
    "missing": "This is missing.",
    "extra_forbidden": "There is no field of this name.",
    "list_type": "This must be a list.",
    "string_unicode": "This is not Unicode: it holds half of a surrogate pair.",
}
logger = logging.getLogger(__name__)


class Fault(BaseModel):
    """One thing wrong in what was sent: at a place in the body, or in a parameter of the address."""

    model_config = ConfigDict(extra="forbid")

    detail: Annotated[str, Field(description="what is wrong, in a sentence")]
    pointer: Annotated[str, Field(description="where in the body, as a JSON pointer (RFC 6901) behind #")] = ""
    parameter: Annotated[str, Field(description="the name of the parameter")] = ""


class Problem(BaseModel):
    """What went wrong, as RFC 9457 has it."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(description="about:blank: the status says what kind of problem it is")] = "about:blank"
    title: Annotated[str, Field(description="the name of the status")]
    status: Annotated[int, Field(description="the status of the answer", ge=400, le=599)]
    detail: Annotated[str, Field(description="what to do about it, in a sentence")]
    code: Annotated[str, Field(description="a word for programs, such as invalid_input")]
    errors: Annotated[list[Fault], Field(description="each fault of the body; left out where there is none")] = []
    reference: Annotated[str, Field(description="number of an unexpected error, to quote when you report it")] = ""


class TooManyRequests(Exception):
    """The caller has used up the allowance; `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class Busy(TooManyRequests):
    """The server has too much to do at the moment."""


def problem_response(
    status: int,
    detail: str,
    *,
    code: str = "",
    errors: Sequence[Mapping[str, str]] = (),
    reference: str = "",
    retry_after: int | None = None,
) -> HttpResponse:
    """Answer with a problem; `code` is made from the status where none is given."""
    title = _phrase(status)
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    told["code"] = code or title.lower().replace(" ", "_").replace("-", "_")
    told |= {name: value for name, value in (("errors", list(errors)), ("reference", reference)) if value}
    response = HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def add_exception_handlers(api: NinjaAPI) -> None:
    """Let the interface answer every exception with a problem."""
    api.add_exception_handler(SynchromeshError, _expected)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _refused)
    api.add_exception_handler(TooManyRequests, _later)
    api.add_exception_handler(RequestDataTooBig, lambda *_: problem_response(413, TOO_LARGE))
    for unreadable in (SuspiciousOperation, UnreadablePostError):  # Django's own refusals; a caller who hung up
        api.add_exception_handler(unreadable, lambda *_: problem_response(400, NOT_READABLE))
    api.add_exception_handler(Exception, unexpected)


def unexpected(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A bug: the answer carries the number under which the log tells more. What was sent is not logged."""
    reference = new_reference()
    logger.error("Reference %s: unexpected error at %s %s", reference, request.method, request.path, exc_info=True)
    return problem_response(500, "Something went wrong here. Please report the reference.", reference=reference)


def pointer_to(place: Sequence[object]) -> str:
    """A JSON pointer as a fragment: ("texts", 3) gives "#/texts/3"."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def _expected(request: HttpRequest, error: SynchromeshError | type[SynchromeshError]) -> HttpResponse:
    assert isinstance(error, SynchromeshError)  # noqa: S101  # ninja hands over what was raised
    status = status_of(error)
    at_field = status == 422 and error.field
    errors = [{"detail": error.message, **_place(request, [error.field])}] if at_field else []
    return problem_response(status, error.message, code=error.code, errors=errors)


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)  # noqa: S101
    # A place begins with where it is, and for a body with the name of our parameter, which the caller does not know.
    skipped = 2 if request.method == "POST" else 1
    errors = [
        {"detail": _FAULTS.get(fault["type"], f"{fault['msg']}."), **_place(request, fault["loc"][skipped:])}
        for fault in error.errors[:MOST_FAULTS]
    ]
    what = "body does" if request.method == "POST" else "parameters do"
    return problem_response(
        422, f"The {what} not have the form that is asked for.", code="invalid_input", errors=errors
    )


def _place(request: HttpRequest, place: Sequence[object]) -> dict[str, str]:
    """Where a fault lies: what is read is asked for by parameters, what is sent is a body."""
    return {"pointer": pointer_to(place)} if request.method == "POST" else {"parameter": str(place[0])}


def _refused(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)  # noqa: S101
    return problem_response(error.status_code, NOT_JSON if error.status_code == 400 else str(error))


def _later(request: HttpRequest, error: TooManyRequests | type[TooManyRequests]) -> HttpResponse:
    assert isinstance(error, TooManyRequests)  # noqa: S101
    return problem_response(503 if isinstance(error, Busy) else 429, error.message, retry_after=error.retry_after)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"

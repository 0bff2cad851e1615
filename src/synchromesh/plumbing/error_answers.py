"""What every interface needs to answer with an error: the HTTP status of an expected one, a number for a bug."""

from __future__ import annotations

import secrets

from synchromesh.engine.errors import Conflict, ExternalFailure, InvalidInput, NotAllowed, NotFound, SynchromeshError

STATUS_OF: dict[type[SynchromeshError], int] = {
    InvalidInput: 422,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    ExternalFailure: 502,
}


def status_of(error: SynchromeshError) -> int:
    """The status (RFC 9110) that says what kind of error this is."""
    return next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 422)


def new_reference() -> str:
    """A number such as 3F0A-91BC that a person can read out; the line in the log carries the same."""
    number = secrets.token_hex(4).upper()
    return f"{number[:4]}-{number[4:]}"

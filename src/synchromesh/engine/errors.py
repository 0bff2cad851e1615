"""The one tree of errors that a caller may handle, and the value that describes bad data.

    SynchromeshError
    ├── InvalidInput      the caller sent something that cannot be accepted   HTTP 422
    ├── NotAllowed        the caller may not do this                          HTTP 403
    ├── NotFound          no such thing, or not visible to the caller         HTTP 404
    ├── Conflict          the state of things forbids it now                  HTTP 409
    └── ExternalFailure   another system failed or refused                    HTTP 502

Each interface translates the tree once (web and api: one middleware each; the command line: exit code 2). Anything
else that escapes is a bug. Bad rows of a file are not exceptions but `Problem` values: good rows still load.
"""

from __future__ import annotations

from dataclasses import dataclass


class SynchromeshError(Exception):
    """Base of every error with a meaning for the caller.

    `message` is a full sentence in plain words that says what to do; `field` names the input it belongs to, if any.
    """

    code = "error"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(SynchromeshError):
    """The input cannot be accepted as it is."""

    code = "invalid_input"


class NotAllowed(SynchromeshError):
    """The actor lacks the permission."""

    code = "not_allowed"


class NotFound(SynchromeshError):
    """Nothing there, or nothing that the actor may see."""

    code = "not_found"


class Conflict(SynchromeshError):
    """The present state forbids the change; not a fault of the input."""

    code = "conflict"


class ExternalFailure(SynchromeshError):
    """Another system failed, refused or took too long."""

    code = "external_failure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong in a file: where it is and how to mend it.

    `position` is a place a person can find: "row 7", "skills.csv row 7", "byte 120", "page". `field` is the column or
    key as the file names it, empty where the whole row or file is meant.
    """

    position: str
    field: str
    message: str

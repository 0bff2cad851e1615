"""How much a caller may ask in a minute, and how it is told (headers RateLimit-*).

The headers follow draft-ietf-httpapi-ratelimit-headers-07; the unit is a text of up to `CHARACTERS_OF_A_UNIT`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.utils import check_csrf

from synchromesh.accounts.models import User
from synchromesh.api.problems import Busy, TooManyRequests
from synchromesh.plumbing.rate_limits import Allowance, Rate, take, visitor_digest

CHARACTERS_OF_A_UNIT = 2_000
WINDOW_SECONDS = 60
TIMES_FOR_PEOPLE = 5
AT_ONCE = 1
_WAIT_SECONDS = 2
_BACK_IN_SECONDS = 10
_KEPT = "synchromesh.allowance"
_places = threading.BoundedSemaphore(AT_ONCE)


def units_of(texts: Sequence[str]) -> int:
    """What texts cost: one unit each, and one more for every further 2,000 characters begun."""
    return sum(max(1, -(-len(text) // CHARACTERS_OF_A_UNIT)) for text in texts)


def charge(request: HttpRequest, units: int) -> None:
    """Take units from the caller's allowance. Raises TooManyRequests where they do not suffice."""
    person = find_person(request)
    most: int = settings.API_TEXTS_PER_MINUTE * (TIMES_FOR_PEOPLE if person else 1)
    who = f"person:{person.public_id}" if person else visitor_digest(request)
    allowance = take(Rate(name="api", most=most, seconds=WINDOW_SECONDS), who, units=units)
    request.META[_KEPT] = allowance
    if not allowance.granted:
        message = (
            f"You have {allowance.remaining} of {most} units left in this minute, and this needs more. "
            f"Try again in {allowance.reset_seconds} seconds, or send less at once."
        )
        raise TooManyRequests(message, retry_after=allowance.reset_seconds)


def find_person(request: HttpRequest) -> User | None:
    """Who is signed in, if the request also carries the CSRF token of this site; else nobody."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or "X-CSRFToken" not in request.headers:
        return None
    user: Any = request.user
    return user if isinstance(user, User) and user.is_active and check_csrf(request) is None else None


def tell_allowance(request: HttpRequest, response: HttpResponse) -> None:
    """Add the headers that say what is left, where something was charged."""
    allowance = request.META.get(_KEPT)
    if isinstance(allowance, Allowance):
        response["RateLimit-Limit"] = str(allowance.limit)
        response["RateLimit-Remaining"] = str(allowance.remaining)
        response["RateLimit-Reset"] = str(allowance.reset_seconds)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one caller do heavy work; between its portions the pages of the site have their turn. Raises Busy."""
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise Busy("Too many texts are being matched at the moment. Try again shortly.", retry_after=_BACK_IN_SECONDS)
    try:
        yield
    finally:
        _places.release()

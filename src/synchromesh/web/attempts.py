"""Count failed attempts per visitor address, so that codes and passwords cannot be tried by the thousand.

The count is forgotten after a quarter of an hour (`plumbing.rate_limits`). That is enough here: a code has 60 random
bits, and the counter only has to make noise expensive.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext

from synchromesh.plumbing.rate_limits import add_to_count, read_count, visitor_digest
from synchromesh.web.error_sentences import TranslatedInvalidInput

MOST_FAILURES = 10
WINDOW_SECONDS = 15 * 60


def check_attempts(request: HttpRequest, what: str, *, most: int = MOST_FAILURES) -> None:
    """Raise InvalidInput when this visitor failed too often at `what` in the last quarter of an hour.

    Of work that costs much, each attempt may be counted, with another limit.
    """
    if read_count(_key(request, what)) >= most:
        raise TranslatedInvalidInput(gettext("Too many attempts. Wait 15 minutes and try again."))


def note_failure(request: HttpRequest, what: str) -> None:
    """Count one failed attempt."""
    add_to_count(_key(request, what), seconds=WINDOW_SECONDS)


def _key(request: HttpRequest, what: str) -> str:
    return f"attempts:{what}:{visitor_digest(request)}"

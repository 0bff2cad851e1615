"""Count failed attempts per visitor address, so that codes and passwords cannot be tried by the thousand.

The count is kept in the cache of one server process and forgotten after a quarter of an hour. That is enough here: a
code has 60 random bits, and the counter only has to make noise expensive. The address is read the way allauth reads
it, so that one setting says how many proxies stand in front.
"""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext

from synchromesh.engine.errors import InvalidInput

MOST_FAILURES = 10
WINDOW_SECONDS = 15 * 60


def check_attempts(request: HttpRequest, what: str) -> None:
    """Raise InvalidInput when this visitor failed too often at `what` in the last quarter of an hour."""
    if cache.get(_key(request, what), 0) >= MOST_FAILURES:
        raise InvalidInput(gettext("Too many attempts. Wait 15 minutes and try again."))


def note_failure(request: HttpRequest, what: str) -> None:
    """Count one failed attempt."""
    key = _key(request, what)
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, timeout=WINDOW_SECONDS)


def _key(request: HttpRequest, what: str) -> str:
    address = str(get_adapter(request).get_client_ip(request))
    return f"attempts:{what}:{hashlib.sha256(address.encode()).hexdigest()}"

"""Count what a visitor or a person does, so that nobody takes more than their share.

Counts are kept in the cache of one server process and forgotten when their time is over: they make noise expensive,
they prove nothing. The address is read the way allauth reads it, so that one setting says how many proxies stand in
front. It is kept as a hash only. Of an IPv6 address the first 64 bits count, since a household has them all.
"""

from __future__ import annotations

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most `most` units in `seconds`, counted in windows that begin with the clock, under `name`."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What somebody has left: `reset_seconds` until everything is there again; `granted` whether they got it."""

    granted: bool
    limit: int
    remaining: int
    reset_seconds: int


def take(rate: Rate, who: str, *, units: int = 1) -> Allowance:
    """Take units from what `who` has left in this window. Where they do not suffice, none are taken."""
    now = time.time()
    window = int(now // rate.seconds)
    key = f"rate:{rate.name}:{window}:{who}"
    left = rate.seconds - int(now % rate.seconds)
    used = add_to_count(key, units, seconds=rate.seconds)
    granted = used <= rate.most
    if not granted:
        used = add_to_count(key, -units, seconds=rate.seconds)
    return Allowance(granted=granted, limit=rate.most, remaining=max(0, rate.most - used), reset_seconds=left)


def read_count(key: str) -> int:
    """How much was counted under this key, 0 when nothing was or its time is over."""
    return int(cache.get(key, 0))


def add_to_count(key: str, units: int = 1, *, seconds: int) -> int:
    """Count units and return the sum; it is forgotten `seconds` after the first of them."""
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key, units))
    except ValueError:  # it ran out between the two lines
        cache.set(key, max(0, units), timeout=seconds)
        return max(0, units)


def visitor_digest(request: HttpRequest) -> str:
    """The visitor's address as a hash; of IPv6 its network of 64 bits."""
    address = str(get_adapter(request).get_client_ip(request))
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass
    else:
        if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
            address = str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
    return hashlib.sha256(address.encode()).hexdigest()

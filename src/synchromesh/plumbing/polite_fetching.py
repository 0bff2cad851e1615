"""One visit to other people's servers: it keeps to robots.txt, waits between two requests, and ends in time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import BinaryIO
from urllib.parse import urlsplit

import httpx

from synchromesh.engine.errors import ExternalFailure
from synchromesh.plumbing import robots
from synchromesh.plumbing.outgoing_http import FetchedFile, Terms, ask_status, fetch_to_file
from synchromesh.plumbing.public_addresses import Network

SECONDS_BETWEEN = 1.0  # between two requests to one server, unless its robots.txt asks for more
LONGEST_WAIT = timedelta(days=7)
_ASKS_TO_WAIT = frozenset({429, 503})  # RFC 6585, section 4; RFC 9110, section 15.6.4


class ClosedToProgramsError(ExternalFailure):
    """The site asks programs not to read this address."""


class AskedToWaitError(ExternalFailure):
    """The server is busy; `wait` is how long it asks to be left alone, None where it does not say."""

    def __init__(self, message: str, *, wait: timedelta | None) -> None:
        super().__init__(message)
        self.wait = wait


class OutOfTimeError(ExternalFailure):
    """The visit has no time left; that says nothing about the other server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time, and waiting; tests bring their own."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class PoliteVisit:
    """Fetches any number of addresses within `seconds`, waiting included."""

    def __init__(
        self,
        *,
        seconds: float,
        seconds_between: float = SECONDS_BETWEEN,
        allowed_networks: Sequence[Network] = (),
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or Clock()
        self._seconds = seconds
        self._end = self._clock.now() + seconds
        self._between = seconds_between
        self._last: dict[str, float] = {}
        self._terms = Terms(
            allowed_networks=allowed_networks, before_each=self._wait_for_turn, ssl_context=httpx.create_ssl_context()
        )

    def fetch_to_file(
        self,
        url: str,
        file: BinaryIO,
        *,
        limit_bytes: int,
        timeout_seconds: float,
        headers: Mapping[str, str] | None = None,
    ) -> FetchedFile:
        """`outgoing_http.fetch_to_file` with courtesy.

        Raises also ClosedToProgramsError, and AskedToWaitError for the statuses 429 and 503.
        """
        terms = replace(
            self._terms,
            limit_bytes=limit_bytes,
            timeout_seconds=max(0.1, min(timeout_seconds, self._left())),
            headers=headers or {},
        )
        answer = fetch_to_file(url, file, terms=terms)
        if answer.status in _ASKS_TO_WAIT:
            wait = retry_after(answer.headers)
            host = urlsplit(answer.url).hostname
            raise AskedToWaitError(f"{host} is busy and asks to come back later ({answer.status}).", wait=wait)
        return answer

    def ask_status(self, url: str, *, timeout_seconds: float) -> FetchedFile:
        """`outgoing_http.ask_status` with courtesy. Any status is an answer.

        Raises also ClosedToProgramsError, and OutOfTimeError where less than `timeout_seconds` is left.
        """
        if timeout_seconds > self._left():
            raise self._too_long()
        return ask_status(url, terms=replace(self._terms, timeout_seconds=timeout_seconds))

    def wait(self, seconds: float) -> None:
        """Wait, where the visit has the time. Raises OutOfTimeError where it does not."""
        if seconds <= 0:
            return
        if seconds >= self._left():
            raise self._too_long()
        self._clock.sleep(seconds)

    def _left(self) -> float:
        left = self._end - self._clock.now()
        if left <= 0:
            raise self._too_long()
        return left

    def _too_long(self) -> OutOfTimeError:
        return OutOfTimeError(f"Reading everything would take longer than {self._seconds / 60:.0f} minutes.")

    def _wait_for_turn(self, url: str) -> None:
        rules = robots.find_rules(url, allowed_networks=self._terms.allowed_networks)
        if not rules.allows(url):
            parts = urlsplit(url)
            raise ClosedToProgramsError(
                f"The robots.txt of {parts.hostname} asks programs not to read {parts.path or '/'}. "
                "Ask the provider to allow 'Synchromesh' there."
            )
        host = urlsplit(url).netloc
        if host in self._last:
            self.wait(self._last[host] + max(self._between, rules.crawl_delay) - self._clock.now())
        self._last[host] = self._clock.now()


def retry_after(headers: Mapping[str, str], *, now: datetime | None = None) -> timedelta | None:
    """How long the server asks to wait (RFC 9110, section 10.2.3), at most seven days; None where it does not say."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:12]), math.floor(LONGEST_WAIT.total_seconds())))
    try:
        until = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(aware - (now or datetime.now(tz=UTC)), timedelta(0)), LONGEST_WAIT)


def conditions(*, etag: str, last_modified: str) -> dict[str, str]:
    """The headers that ask for an answer only where it differs from the last one (RFC 9110, section 13.1)."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}

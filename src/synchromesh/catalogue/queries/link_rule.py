"""The rule by which the address of a course counts as working or broken. It knows neither network nor database.

One failure says nothing: servers rest, networks break. An address is broken only after four failures, as in TeSS
(https://github.com/ElixirTeSS/TeSS/blob/master/app/models/link_monitor.rb), and here only after days of them. The rule
in words: docs/how-to/keep-the-catalogue-clean.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_noop

from synchromesh.catalogue.models import LinkState

LEAST_FAILURES = 4
GONE_AFTER = timedelta(days=3)
UNSURE_AFTER = timedelta(days=10)
FIRST_RETRY = timedelta(hours=6)
LONGEST_RETRY = timedelta(days=2)
EVERY = timedelta(days=7)
CLOSED_EVERY = timedelta(days=30)
_SPREAD_SECONDS = 24 * 3600
_MOST_FAILURES = 1000  # more are not counted
_PATIENCE = 10  # failures after which an address is looked at no more often than a good one
_START_PAGE = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE)


class Verdict(StrEnum):
    """What one look at an address says about it."""

    GOOD = "good"
    GONE = "gone"  # the page is not there any more
    UNSURE = "unsure"  # the server or the network failed: the page may be there
    REFUSED = "refused"  # the server answers, but not to programs: people may see the page
    CLOSED = "closed"  # the site asks programs to stay away, so that nobody looked


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """What came of one look. `reason` is a sentence in English; `wait` is how long the server asks to be left alone."""

    verdict: Verdict
    reason: str = ""
    status: int | None = None
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNote:
    """What is known about an address; the columns of `LinkCheck` that the rule decides."""

    state: str = LinkState.UNKNOWN
    failures: int = 0
    first_failed_at: datetime | None = None
    last_checked_at: datetime | None = None
    last_good_at: datetime | None = None
    next_check_at: datetime | None = None
    status: int | None = None
    reason: str = ""


def next_state(before: LinkNote, answer: LinkAnswer, *, now: datetime, uid: UUID) -> LinkNote:
    """What is known after one more look.

    A good answer heals at once. The first failure makes an address `failing`. It is `broken` only after four failures
    or more: over three days where the page is gone, over ten where the server or the network failed or, as it did not
    before, refuses programs. A server that has never let a program in breaks no address. `uid` spreads the next looks
    over a day, so that addresses that came together are not asked together for ever.
    """
    seen = replace(before, last_checked_at=now, status=answer.status, reason=answer.reason)
    if answer.verdict in {Verdict.GOOD, Verdict.CLOSED}:
        is_good = answer.verdict == Verdict.GOOD
        following = now + max(answer.wait, (EVERY if is_good else CLOSED_EVERY) + _spread(uid))
        return replace(
            seen,
            state=LinkState.GOOD if is_good else LinkState.UNKNOWN,
            failures=0,
            first_failed_at=None,
            last_good_at=now if is_good else before.last_good_at,
            next_check_at=following,
        )
    failures = min(before.failures + 1, _MOST_FAILURES)
    since = before.first_failed_at or now
    is_broken = before.state == LinkState.BROKEN or _breaks(before, answer, failures=failures, lasting=now - since)
    retry = EVERY + _spread(uid) if is_broken or failures >= _PATIENCE else _retry(failures)
    return replace(
        seen,
        state=LinkState.BROKEN if is_broken else LinkState.FAILING,
        failures=failures,
        first_failed_at=since,
        next_check_at=now + max(answer.wait, retry),
    )


def _breaks(before: LinkNote, answer: LinkAnswer, *, failures: int, lasting: timedelta) -> bool:
    if answer.verdict == Verdict.REFUSED and before.last_good_at is None:
        return False
    return failures >= LEAST_FAILURES and lasting >= (GONE_AFTER if answer.verdict == Verdict.GONE else UNSURE_AFTER)


def _retry(failures: int) -> timedelta:
    """6, 12, 24, then 48 hours."""
    return min(FIRST_RETRY * (1 << (failures - 1)), LONGEST_RETRY)


def _spread(uid: UUID) -> timedelta:
    """Up to a day, always the same for one course."""
    return timedelta(seconds=uid.int % _SPREAD_SECONDS)


_REFUSALS = {
    401: gettext_noop("The server asks for a sign-in."),
    403: gettext_noop("The server lets no programs in."),
    407: gettext_noop("The server asks for a sign-in."),
    429: gettext_noop("The server has too many visitors at the moment."),
    451: gettext_noop("The server may not show the page for legal reasons."),
}
_GONE = {
    404: gettext_noop("There is no page at this address."),
    410: gettext_noop("The page was taken away for good."),
}
_OWN_ERROR = gettext_noop("The server reports an error of its own.")
_STRANGE = gettext_noop("The server answers in a way that is no page.")
_OTHER_START = gettext_noop("The address leads to the start page of another site.")
_OWN_START = gettext_noop("The address leads to the start page of its site.")


def judge_answer(*, asked: str, url: str, status: int, wait: timedelta | None = None) -> LinkAnswer:
    """What an answer says: `asked` is the address of the course, `url` the one that answered in the end.

    Many sites send readers of a page that is gone to a start page. On another site that says that the course is gone;
    on the same site it may also mean that a cookie is wanted.
    """
    pause = wait or timedelta(0)
    if 200 <= status < 300:
        return _judge_place(asked, url, status)
    if status in _GONE:
        return LinkAnswer(verdict=Verdict.GONE, reason=_GONE[status], status=status)
    if status in _REFUSALS:
        return LinkAnswer(verdict=Verdict.REFUSED, reason=_REFUSALS[status], status=status, wait=pause)
    reason = _OWN_ERROR if status >= 500 else _STRANGE
    return LinkAnswer(verdict=Verdict.UNSURE, reason=reason, status=status, wait=pause)


def _judge_place(asked: str, url: str, status: int) -> LinkAnswer:
    if _is_start_page(asked) or not _is_start_page(url):
        return LinkAnswer(verdict=Verdict.GOOD, status=status)
    if _host(asked) != _host(url):
        return LinkAnswer(verdict=Verdict.GONE, reason=_OTHER_START, status=status)
    return LinkAnswer(verdict=Verdict.UNSURE, reason=_OWN_START, status=status)


def _is_start_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _START_PAGE.fullmatch(parts.path) is not None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")

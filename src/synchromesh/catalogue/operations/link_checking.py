"""Look at the addresses of courses, a bounded number at a time, and tell a provider once when they are broken.

What an answer means is decided by `queries.link_rule`. Everything is written after the looking, so that no row is held
while other servers take their time, and a run in which no server at all answered is thrown away: then it is our own
network that is broken.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.catalogue.models import Course, LinkCheck, LinkState
from synchromesh.catalogue.operations.upkeep_mails import BrokenLink, send_broken_links
from synchromesh.catalogue.queries.link_rule import LinkAnswer, LinkNote, Verdict, judge_answer, next_state
from synchromesh.catalogue.queries.links import DueLink, list_due_links
from synchromesh.engine.errors import ExternalFailure, InvalidInput
from synchromesh.plumbing import audit, jobs
from synchromesh.plumbing.polite_fetching import ClosedToProgramsError, OutOfTimeError, PoliteVisit, retry_after

SECONDS = 600.0
TIMEOUT_SECONDS = 15.0
_GIVE_UP_AFTER = 2  # looks at one server that it did not answer at all; its other addresses wait for the next run
_HOSTS_TO_DOUBT_OURSELVES = 3
_CLOSED = gettext_noop("The site asks programs not to look at this page.")
_NO_ADDRESS = gettext_noop("This is no address that can be opened from the internet.")
_COLUMNS = [field.name for field in fields(LinkNote)]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRun:
    """What one run did: how many addresses it noted, and how many of them became broken or work again."""

    checked: int = 0
    broken: int = 0
    healed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """An address with its answer.

    `was_heard` says that a server said something just now, `was_silent` that none did; neither, that none was asked.
    """

    link: DueLink
    answer: LinkAnswer
    was_heard: bool = False
    was_silent: bool = False


def check_due_links(*, by: audit.Actor, now: datetime | None = None, visit: PoliteVisit | None = None) -> LinkRun:
    """Look at the addresses that are due, politely, for at most ten minutes. Alliance staff and the operator may.

    Safe to repeat: what another run has looked at meanwhile is left alone. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can check the addresses of courses.")
    at = now or timezone.now()
    chosen = visit or PoliteVisit(seconds=SECONDS, allowed_networks=settings.FETCH_NETWORKS)
    looks = list(_look_at(list_due_links(now=at), chosen))
    if _is_cut_off(looks):
        _log.warning("No server answered: the addresses of courses are looked at again later.")
        return LinkRun()
    return _note_all(by, looks, at)


def _look_at(links: Iterable[DueLink], visit: PoliteVisit) -> Iterator[_Look]:
    """Ask for each address once, until the time is over; a server that does not answer is left alone."""
    seen: dict[str, _Look] = {}
    silent: dict[str, int] = {}
    for link in links:
        if link.url in seen:
            yield replace(seen[link.url], link=link)
            continue
        if silent.get(link.host, 0) >= _GIVE_UP_AFTER:
            continue
        try:
            look = _look_once(link, visit)
        except OutOfTimeError:
            return
        if look.was_silent:
            silent[link.host] = silent.get(link.host, 0) + 1
        seen[link.url] = look
        yield look


def _look_once(link: DueLink, visit: PoliteVisit) -> _Look:
    try:
        found = visit.ask_status(link.url, timeout_seconds=TIMEOUT_SECONDS)
    except OutOfTimeError:
        raise
    except ClosedToProgramsError:
        return _Look(link=link, answer=LinkAnswer(verdict=Verdict.CLOSED, reason=_CLOSED))
    except InvalidInput:
        return _Look(link=link, answer=LinkAnswer(verdict=Verdict.GONE, reason=_NO_ADDRESS))
    except ExternalFailure as error:
        answer = LinkAnswer(verdict=Verdict.UNSURE, reason=error.message[:300])
        return _Look(link=link, answer=answer, was_silent=True)
    wait = retry_after(found.headers) or timedelta(0)
    answer = judge_answer(asked=link.url, url=found.url, status=found.status, wait=wait)
    return _Look(link=link, answer=answer, was_heard=True)


def _is_cut_off(looks: Sequence[_Look]) -> bool:
    silent = {look.link.host for look in looks if look.was_silent}
    return len(silent) >= _HOSTS_TO_DOUBT_OURSELVES and not any(look.was_heard for look in looks)


def _note_all(by: audit.Actor, looks: Sequence[_Look], at: datetime) -> LinkRun:
    """Write what was seen, one provider at a time, each with its mail."""
    answers = {look.link.course_id: look for look in looks}
    found = Course.objects.filter(pk__in=answers).select_related("provider").order_by("provider_id", "pk")
    checked = healed = 0
    broken: list[BrokenLink] = []
    for _, courses in groupby(found, key=lambda course: course.provider_id):
        with transaction.atomic():
            news = [note for course in courses if (note := _note(by, course, answers[course.pk], at))]
            fresh = [note.as_broken() for note in news if note.became_broken]
            send_broken_links(fresh)
            _ask_for_index(news)
        checked += len(news)
        healed += sum(note.healed for note in news)
        broken += fresh
    return LinkRun(checked=checked, broken=len(broken), healed=healed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    course: Course
    before: LinkNote
    after: LinkNote

    @property
    def became_broken(self) -> bool:
        return self.after.state == LinkState.BROKEN != self.before.state

    @property
    def healed(self) -> bool:
        return self.before.state == LinkState.BROKEN != self.after.state

    def as_broken(self) -> BrokenLink:
        return BrokenLink(course=self.course, reason=self.after.reason, status=self.after.status)


def _note(by: audit.Actor, course: Course, look: _Look, at: datetime) -> _Noted | None:
    """Write one answer; None where somebody has changed the address or looked at it since it was chosen."""
    if course.url != look.link.url:
        return None
    check = LinkCheck.objects.select_for_update().filter(course=course).first() or LinkCheck(course=course)
    is_same = check.url == course.url
    if is_same and check.next_check_at is not None and check.next_check_at > at:
        return None
    before = LinkNote(**{name: getattr(check, name) for name in _COLUMNS}) if is_same else LinkNote()
    after = next_state(before, look.answer, now=at, uid=course.uid)
    for name in _COLUMNS:
        setattr(check, name, getattr(after, name))
    check.url = course.url
    check.save()
    noted = _Noted(course=course, before=before, after=after)
    _record(by, noted)
    return noted


def _ask_for_index(news: Iterable[_Noted]) -> None:
    """Have the search read the courses whose address is now counted among others."""
    uids = [str(note.course.uid) for note in news if note.became_broken or note.healed]
    if uids:
        jobs.enqueue("search.tasks.update_index", kind="course", uids=uids)


def _record(by: audit.Actor, noted: _Noted) -> None:
    """A line in the audit trail where a link becomes broken, and where it no longer is."""
    if not (noted.became_broken or noted.healed):
        return
    since = noted.after.first_failed_at or noted.before.first_failed_at
    audit.record(
        by=by,
        action="mark_link_broken" if noted.became_broken else "mark_link_working",
        kind="course",
        uid=noted.course.uid,
        url=noted.course.url,
        since=since.isoformat() if since else "",
        reason=noted.after.reason,
    )

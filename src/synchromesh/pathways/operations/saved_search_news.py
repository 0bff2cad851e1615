"""Look at saved searches again, and tell people what is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import is_alliance_staff, require
from synchromesh.community.queries.mail_preferences import find_bounce
from synchromesh.pathways.models import SavedSearch
from synchromesh.pathways.operations.saved_search_mails import MOST_COURSES, send_news
from synchromesh.pathways.queries.saved_searches import News, find_news, list_due_owners, list_due_searches
from synchromesh.plumbing import audit


def send_search_news(*, by: audit.Actor, now: datetime | None = None) -> int:
    """Look at each search that is due; returns how many mails go out: one per person with all that is new.

    Nothing new means no mail. What a search has seen is written in the transaction that sends the mail, so that a
    repeated or broken-off run tells nothing twice. Alliance staff and the operator may. Raises NotAllowed.
    """
    require(is_alliance_staff(by), "Only alliance staff can send the news of saved searches.")
    at = now or timezone.now()
    return sum(_tell(by, list_due_searches(owner=owner, now=at), at) for owner in list_due_owners(now=at))


def _tell(by: audit.Actor, searches: Sequence[SavedSearch], now: datetime) -> int:
    """Look at the due searches of one person; 1 if a mail goes to them.

    Where mails came back nothing is looked at, so that what is new is told when the person has mended the address.
    """
    if not searches or find_bounce(searches[0].owner) is not None:
        return 0
    looks = [find_news(search, now=now, limit=MOST_COURSES) for search in searches]
    with transaction.atomic():
        news = [look for look in looks if _note(look, now) and look.courses]
        if not news:
            return 0
        SavedSearch.objects.filter(pk__in=[found.saved.pk for found in news]).update(mailed_at=now)
        person = searches[0].owner
        send_news(person, news)
        told = {str(found.saved.uid): found.total for found in news}
        audit.record(by=by, action="send_search_news", kind="person", uid=person.uid, searches=told)
    return 1


def _note(look: News, now: datetime) -> bool:
    """Write that a search was looked at. False where another run was quicker or the person has changed it meanwhile."""
    same = SavedSearch.objects.filter(pk=look.saved.pk, looked_at=look.saved.looked_at, frequency=look.saved.frequency)
    return same.update(looked_at=now, seen=look.seen) == 1

"""Follow a search: save it, change how often it is told, throw it away, end its mails."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.pathways.models import Frequency, SavedSearch
from synchromesh.pathways.permissions import may_change_profile
from synchromesh.pathways.queries.saved_search_keys import find_unsubscribing
from synchromesh.pathways.queries.saved_searches import clean_query, get_saved_search, look_up, remember
from synchromesh.plumbing import audit

MOST_SEARCHES = 50
LONGEST_TITLE = 200
LONGEST_QUERY = 2000


def save_search(
    *, by: User, query: str, title: str, language: str, frequency: str, now: datetime | None = None
) -> SavedSearch:
    """Follow a search from now on: what it finds already is no news.

    `query` is the part of the list's address behind the question mark. A search that the person follows already gets
    the new title and frequency. Raises NotAllowed, InvalidInput, and Conflict for more than 50 searches.
    """
    require(may_change_profile(by, by), "Sign in to follow a search.")
    kept = clean_query(query)
    if len(kept) > LONGEST_QUERY:
        raise InvalidInput("This search has too many filters to be kept. Take some of them away.", field="query")
    if language not in settings.INTERFACE_LANGUAGES:
        raise InvalidInput("This site does not speak that language.", field="language")
    columns = {"title": _clean_title(title), **_mails(frequency)}
    at = now or timezone.now()
    look = look_up(kept, language=language, now=at)
    with transaction.atomic():
        before = SavedSearch.objects.filter(owner=by, query=kept, language=language).first()
        if before is not None:
            return _change(by, before, columns)
        # Nobody reads fifty searches, and each of them costs work every day.
        if SavedSearch.objects.filter(owner=by).count() >= MOST_SEARCHES:
            raise Conflict(f"You follow {MOST_SEARCHES} searches already. Delete one of them first.")
        search = SavedSearch.objects.create(
            owner=by,
            query=kept,
            language=language,
            seen=remember(look.uids, seen=()),
            looked_at=at,
            **columns,
        )
        audit.record(by=by, action="save_search", kind="saved_search", uid=search.uid, frequency=search.frequency)
    return search


def change_search(*, by: User, uid: str, title: str, frequency: str) -> SavedSearch:
    """Rename an own search and say how often it is told; this turns its mails on again too. Raises NotFound."""
    columns = {"title": _clean_title(title), **_mails(frequency)}
    with transaction.atomic():
        return _change(by, get_saved_search(by, uid), columns)


def _change(by: User, search: SavedSearch, columns: dict[str, str | None]) -> SavedSearch:
    """Write what differs. Whoever changes it is signed in, so that the word of an earlier unsubscribing is spent."""
    changed = {name: value for name, value in columns.items() if getattr(search, name) != value}
    for name, value in changed.items():
        setattr(search, name, value)
    if changed:
        search.save(update_fields=list(changed))
        audit.record(by=by, action="change_search", kind="saved_search", uid=search.uid, fields=sorted(changed))
    return search


def delete_search(*, by: User, uid: str) -> None:
    """Follow an own search no longer. Raises NotFound."""
    with transaction.atomic():
        search = get_saved_search(by, uid)
        search.delete()
        audit.record(by=by, action="delete_search", kind="saved_search", uid=uid)


def unsubscribe_search(*, by: audit.Actor, key: str, now: datetime | None = None) -> int:
    """End the mails that a key from a mail is for, and say about how many searches; the key is the permission.

    The same again changes nothing. Only the person, signed in, turns them on again. Raises NotFound for a wrong key.
    """
    found = find_unsubscribing(key)
    if found is None:
        raise NotFound("This address is not complete. Open it from the mail once more, or sign in to end the mails.")
    if found.person is None:
        return 0
    told = SavedSearch.objects.filter(owner=found.person).exclude(frequency=Frequency.NEVER)
    if found.search is not None:
        told = told.filter(pk=found.search.pk)
    with transaction.atomic():
        uids = [str(uid) for uid in told.order_by("pk").values_list("uid", flat=True)]
        told.update(frequency=Frequency.NEVER, unsubscribed_at=now or timezone.now())
        for uid in uids:
            audit.record(by=by, action="unsubscribe_search", kind="saved_search", uid=uid, through="mail")
    return len(uids)


def _clean_title(title: str) -> str:
    cleaned = " ".join(title.replace("\0", " ").split())
    if not cleaned:
        raise InvalidInput("Give the search a name, so that you know it again in a mail.", field="title")
    if len(cleaned) > LONGEST_TITLE:
        raise InvalidInput(f"The name has more than {LONGEST_TITLE} characters.", field="title")
    return cleaned


def _mails(frequency: str) -> dict[str, str | None]:
    """The columns for a frequency that the person chose while signed in."""
    if frequency not in Frequency.values:
        raise InvalidInput("Say how often you want a mail: daily, weekly or never.", field="frequency")
    return {"frequency": frequency, "unsubscribed_at": None}

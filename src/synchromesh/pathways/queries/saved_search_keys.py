"""Keys in mails about saved searches: who holds one may end these mails, without signing in and at any time.

A key never expires: a mail of years ago must still be able to end the next one. It opens nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from synchromesh.accounts.models import User
from synchromesh.pathways.models import SavedSearch

_SALT = "pathways.unsubscribe"
_ONE, _ALL = "search", "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    """Whose mails a key ends: those about one search, or, where `search` is None, about all searches of the person.

    `person` is None where the search or the account is gone, and with it the mails.
    """

    person: User | None
    search: SavedSearch | None = None


def make_search_key(search: SavedSearch) -> str:
    """The key that ends the mails about one search; its letters need no escaping in an address."""
    return _sign(_ONE, search.uid)


def make_person_key(person: User) -> str:
    """The key that ends the mails about all searches that the person follows."""
    return _sign(_ALL, person.uid)


def find_unsubscribing(key: str) -> Unsubscribing | None:
    """What a key is for; None for one that is cut off, altered or none of ours."""
    try:
        kind, _, text = signing.Signer(salt=_SALT).unsign(key).partition(".")
        uid = UUID(text)
    except (signing.BadSignature, ValueError):
        return None
    if kind == _ALL:
        return Unsubscribing(person=User.objects.filter(uid=uid).first())
    search = SavedSearch.objects.select_related("owner").filter(uid=uid).first()
    return Unsubscribing(person=search.owner if search else None, search=search)


def _sign(kind: str, uid: UUID) -> str:
    return signing.Signer(salt=_SALT).sign(f"{kind}.{uid.hex}")

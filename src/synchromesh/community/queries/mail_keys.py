"""Keys in mails: who holds one may end mails of a kind to one person or address, without signing in, at any time.

A key never expires: a mail of years ago must still be able to end the next one. It opens nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.core import signing

from synchromesh.accounts.models import User
from synchromesh.community.models.mail_preferences import MailKind

_SALT = "community.mail"
_PERSON, _ADDRESS = "person", "address"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKey:
    """Whose mails of `kind` a key ends: a person's, or those to the address with this hash.

    Both are empty where the account is gone, and with it the mails.
    """

    kind: MailKind
    person: User | None = None
    address_hash: str = ""


def hash_address(address: str) -> str:
    """What is kept of an address that gets no mails; letters' case does not count."""
    return sha256(f"synchromesh mail address:{address.strip().lower()}".encode()).hexdigest()


def make_person_key(person: User, kind: MailKind) -> str:
    """The key that ends mails of this kind to a person; its letters need no escaping in an address."""
    return _sign(_PERSON, kind, person.uid.hex)


def make_address_key(address: str, kind: MailKind) -> str:
    """The key that ends mails of this kind to an address without an account."""
    return _sign(_ADDRESS, kind, hash_address(address))


def find_mail_key(key: str) -> MailKey | None:
    """What a key is for; None for one that is cut off, altered or none of ours."""
    try:
        whose, kind_text, identity = signing.Signer(salt=_SALT).unsign(key).split(".")
        kind = MailKind(kind_text)
        if whose == _PERSON:
            return MailKey(kind=kind, person=User.objects.filter(uid=UUID(identity)).first())
    except (signing.BadSignature, ValueError):
        return None
    return MailKey(kind=kind, address_hash=identity) if whose == _ADDRESS and _HASH.fullmatch(identity) else None


def _sign(whose: str, kind: MailKind, identity: str) -> str:
    return signing.Signer(salt=_SALT).sign(f"{whose}.{kind.value}.{identity}")

"""What a link shows: one credential, or those of a collection, each under a name that only this link gives it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from synchromesh.credentials.models import Credential, CredentialShare, HeldCredential
from synchromesh.credentials.queries.wallet import get_collection, with_achievement
from synchromesh.engine.credential_formats.verdicts import Shown
from synchromesh.engine.errors import NotFound

_KEY_LENGTH = 16
# Which facts of a document from elsewhere belong to which field of a link; who issues it is always seen.
_FACTS = {
    "country": "",
    "result": "result",
    "outcome": "skills",
}
_OTHER_FACTS = "workload"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedItem:
    """One credential behind a link, from here or from elsewhere. `key` names it in addresses below the link's.

    The key tells nothing, so that who has the link does not learn the address of the credential's own page by it.
    """

    key: str
    thing: Credential | HeldCredential

    @property
    def credential(self) -> Credential | None:
        """One that was awarded here."""
        return self.thing if isinstance(self.thing, Credential) else None

    @property
    def held(self) -> HeldCredential | None:
        """One from elsewhere."""
        return self.thing if isinstance(self.thing, HeldCredential) else None


def list_shared(share: CredentialShare, secret: str) -> list[SharedItem]:
    """Everything behind a link, in at most four queries."""
    if share.credential_id is not None:
        own = with_achievement(Credential.objects.filter(pk=share.credential_id))
        return [SharedItem(key=_key(secret, one.uid), thing=one) for one in own]
    if share.held is not None:
        return [SharedItem(key=_key(secret, share.held.uid), thing=share.held)]
    if share.collection is None:
        return []
    collection = get_collection(share.person, share.collection.uid)
    # What the person does not hold any more is not shown either.
    own_ones = [one for one in collection.credentials.all() if one.holder_id == share.person_id]
    return [
        *(SharedItem(key=_key(secret, one.uid), thing=one) for one in own_ones),
        *(SharedItem(key=_key(secret, one.uid), thing=one) for one in collection.held.all()),
    ]


def get_shared(share: CredentialShare, secret: str, key: str) -> SharedItem:
    """One of what a link shows. Raises NotFound."""
    found = next((item for item in list_shared(share, secret) if item.key == key), None)
    if found is None:
        raise NotFound("There is no such credential behind this link.")
    return found


def shown_fields(shown: Shown, fields: Collection[str]) -> Shown:
    """What a document from elsewhere says, without what the holder did not choose."""
    chosen = shown if "dates" in fields else replace(shown, issued_at=None, valid_from=None, valid_until=None)
    return replace(
        chosen,
        holder=shown.holder if "name" in fields else "",
        identifier="",
        criteria=shown.criteria if "workload" in fields else "",
        skills=shown.skills if "skills" in fields else (),
        facts=tuple(fact for fact in shown.facts if _FACTS.get(fact[0], _OTHER_FACTS) in ("", *fields)),
    )


def _key(secret: str, uid: UUID) -> str:
    return hashlib.sha256(f"{secret}:{uid}".encode()).hexdigest()[:_KEY_LENGTH]

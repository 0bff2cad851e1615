"""What holders do with their credentials: bring others, put them in collections, choose what their page shows."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Credential, CredentialCollection, HeldCredential, PageDetail
from synchromesh.credentials.operations.checking import verify_credential
from synchromesh.credentials.permissions import holds
from synchromesh.credentials.queries.kept_checks import check_as_json
from synchromesh.credentials.queries.wallet import get_held
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.storable_text import printable
from synchromesh.plumbing import audit

MOST_HELD = 500
LARGEST_HELD = 5 * 1024 * 1024  # bytes
_NOT_YOURS = "Only the holder does this."


def add_held_credential(*, by: User, name: str, data: bytes) -> HeldCredential:
    """Keep a credential from elsewhere, with what a check says of it now. Raises InvalidInput, Conflict.

    One that is altered or cannot be checked is kept too, and says so: it may be checked again later.
    """
    if len(data) > LARGEST_HELD:
        raise InvalidInput(f"The file is larger than {LARGEST_HELD // 1024**2} MB.", field="file")
    checked = verify_credential(data, name=name)
    if not checked.format:
        raise InvalidInput("This is no credential in a format that is known here.", field="file")
    if HeldCredential.objects.filter(person=by).count() >= MOST_HELD:
        raise Conflict(f"You keep {MOST_HELD} already. Remove some first.")
    try:
        with transaction.atomic():
            held = HeldCredential.objects.create(
                person=by,
                format=checked.format,
                name=printable(name)[:200],
                data=data,
                sha256=hashlib.sha256(data).hexdigest(),
                title=printable(checked.shown.title or name)[:300],
                issuer_name=printable(checked.shown.issuer_name)[:300],
                issued_at=checked.shown.issued_at,
                valid_until=checked.shown.valid_until,
                verdicts=check_as_json(checked),
                checked_at=timezone.now(),
            )
            audit.record(by=by, action="add_held_credential", kind="held credential", uid=held.uid)
    except IntegrityError:
        raise Conflict("You have this file already.") from None
    return held


def check_held_credential(*, by: User, uid: UUID | str) -> HeldCredential:
    """Check again what was brought from elsewhere, and keep the answer. Raises NotFound."""
    held = get_held(by, uid)
    checked = verify_credential(bytes(held.data), name=held.name)
    with transaction.atomic():
        held.verdicts, held.checked_at = check_as_json(checked), timezone.now()
        held.save(update_fields=["verdicts", "checked_at"])
        audit.record(by=by, action="check_held_credential", kind="held credential", uid=held.uid)
    return held


def remove_held_credential(*, by: User, uid: UUID | str) -> None:
    """Remove one's copy; links to it end. Raises NotFound."""
    held = get_held(by, uid)
    with transaction.atomic():
        audit.record(by=by, action="remove_held_credential", kind="held credential", uid=held.uid)
        held.delete()


def set_page_detail(*, by: audit.Actor, credential: Credential, detail: PageDetail) -> None:
    """Say what the page of one's credential shows. Raises NotAllowed."""
    require(holds(by, credential), _NOT_YOURS)
    with transaction.atomic():
        credential.page_detail = detail
        credential.save(update_fields=["page_detail"])
        audit.record(by=by, action="set_page_detail", kind="credential", uid=credential.uid, detail=str(detail))


def save_collection(
    *,
    by: User,
    name: str,
    codes: Collection[str],
    held: Collection[str] = (),
    collection: CredentialCollection | None = None,
) -> CredentialCollection:
    """Make a collection of one's own credentials, or change it. What is not the person's own is left out.

    Raises NotAllowed, InvalidInput for an empty name or collection.
    """
    if collection is not None:
        require(collection.person_id == by.pk, _NOT_YOURS)
    mine = list(Credential.objects.filter(holder=by, code__in=codes))
    brought = list(HeldCredential.objects.filter(person=by, uid__in=held))
    if not name.strip():
        raise InvalidInput("Give the collection a name.", field="name")
    if not mine and not brought:
        raise InvalidInput("Choose at least one credential.", field="credentials")
    with transaction.atomic():
        stored = collection or CredentialCollection(person=by)
        stored.name = name.strip()[:120]
        stored.save()
        stored.credentials.set(mine)
        stored.held.set(brought)
        audit.record(by=by, action="save_collection", kind="collection", uid=stored.uid)
    return stored


def remove_collection(*, by: User, collection: CredentialCollection) -> None:
    """Remove a collection; the credentials stay, links to the collection end. Raises NotAllowed."""
    require(collection.person_id == by.pk, _NOT_YOURS)
    with transaction.atomic():
        audit.record(by=by, action="remove_collection", kind="collection", uid=collection.uid)
        collection.delete()

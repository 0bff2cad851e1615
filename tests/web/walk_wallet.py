"""What a walk over all addresses finds of wallets: what `person` holds and shows, and what waits to be claimed."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta

from django.utils import timezone

from synchromesh.credentials.models import (
    ClaimLink,
    Credential,
    CredentialCollection,
    CredentialShare,
    HeldCredential,
    WalletRequest,
)
from synchromesh.credentials.operations.claiming import hash_secret
from synchromesh.credentials.queries.shares import list_shared
from synchromesh.credentials.queries.wallet_requests import page_key

SECRET = "a-secret-of-a-link"
FORMS = {
    "/<language>/me/credentials/<code>/": {"do": "detail", "detail": "full"},
    "/<language>/me/credentials/held/<uid>/": {"do": "remove"},
    "/<language>/me/credentials/collections/<uid>/": {"do": "remove"},
}


def make_wallet() -> dict[str, dict[str, str]]:
    """Values for addresses, by how these begin; `person` holds a credential already."""
    held = Credential.objects.select_related("holder").exclude(holder=None).order_by("pk")[0]
    person = held.holder_id
    assert person is not None
    ends_at = timezone.now() + timedelta(days=9)
    now = {"made_at": timezone.now(), "ends_at": ends_at}
    ClaimLink.objects.create(credential=_another(held), secret_sha256=hash_secret(SECRET), **now)
    share = CredentialShare.objects.create(
        person_id=person, credential=held, fields=["files"], secret_sha256=hash_secret(SECRET), **now
    )
    brought = HeldCredential.objects.create(
        person_id=person, format="open_badge", name="a.json", data=b"{}", title="A", checked_at=timezone.now()
    )
    collection = CredentialCollection.objects.create(person_id=person, name="Mine")
    collection.held.add(brought)
    request = WalletRequest.objects.create(nonce="n", state="s", query={}, **now)
    mine = "/<language>/me/credentials/"
    return {
        mine: {"code": held.code, "format_name": "open_badge_jwt"},
        f"{mine}record/": {"slug": held.version.achievement.issuer.organisation.slug},
        f"{mine}held/": {"uid": str(brought.uid)},
        f"{mine}collections/": {"uid": str(collection.uid)},
        "/<language>/claim/": {"secret": SECRET, "format_name": "open_badge_jwt"},
        "/<language>/s/": {"secret": SECRET, "key": list_shared(share, SECRET)[0].key},
        "/<language>/verify/wallet/": {"uid": str(request.uid), "key": page_key(request)},
        "/openid4vp/": {"uid": str(request.uid)},
    }


def _another(held: Credential) -> Credential:
    """The same for somebody who has not claimed it; written without signing anything, since the walk is long."""
    other = copy.copy(held)
    other.pk, other.uid, other.code = None, uuid.uuid4(), "0123456789ABCDEF"
    other.occasion, other.status_index = "walk", (held.status_index + 1) % 1000
    other.holder, other.claimed_at, other.log_index = None, None, None
    other._state.adding = True
    other.save(force_insert=True)
    return other

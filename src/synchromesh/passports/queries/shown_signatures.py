"""The signature beside a passport that a page already shows, without asking again who is looking."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Coalesce

from synchromesh.passports.models import PassportSignature
from synchromesh.passports.queries.signatures import SignatureView
from synchromesh.passports.queries.views import PassportView


def find_shown_signature(view: PassportView) -> SignatureView | None:
    """The newest signature; others than the writers see none of a version before the passport was on the market."""
    found = PassportSignature.objects.filter(passport__uid=view.uid).select_related("key__issuer", "passport")
    if not view.sight.sees_all:
        found = found.filter(number__gte=Coalesce(F("passport__published_number"), F("passport__number")))
    newest = found.order_by("-number", "-issued_at", "-id").first()
    if newest is None or newest.key.issuer is None:
        return None
    return SignatureView(
        issuer_name=newest.key.issuer.legal_name,
        issuer_did=newest.key.issuer.did,
        signed_at=newest.issued_at,
        is_current=newest.number == newest.passport.number,
        number=newest.number if view.sight.sees_all else 0,
    )

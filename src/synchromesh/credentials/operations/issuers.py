"""Make an organisation one that issues, and say which issuers of the world are known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.credentials.models import Issuer, KeyPurpose, KnownIssuer, KnownIssuerIdentifier
from synchromesh.credentials.operations.keys import rotate_key
from synchromesh.credentials.permissions import may_edit_registry, may_register_issuer
from synchromesh.credentials.queries.keys import did_of_site
from synchromesh.credentials.queries.trust_lists import read_identifier
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.plumbing import audit
from synchromesh.plumbing.column_limits import limit_refusals


def register_issuer(
    *,
    by: audit.Actor,
    organisation: Organisation,
    legal_name: str = "",
    legal_id: str = "",
    email: str = "",
    is_higher_education: bool = False,
) -> Issuer:
    """Make an organisation an issuer with a DID and a first key. Raises NotAllowed, InvalidInput, Conflict."""
    require(may_register_issuer(by, organisation), "Only managers of the organisation and alliance staff do this.")
    if organisation.country is None:
        raise InvalidInput(
            "A credential must state the country of its issuer. Enter it with the organisation first.", field="country"
        )
    if not organisation.url:
        raise InvalidInput(
            "A credential names the issuer's web page. Enter it with the organisation first.", field="url"
        )
    with transaction.atomic():
        if Issuer.objects.filter(organisation=organisation).exists():
            raise Conflict("This organisation is an issuer already.")
        issuer = Issuer(
            organisation=organisation,
            legal_name=legal_name.strip() or organisation.name,
            legal_id=legal_id.strip(),
            email=email.strip(),
            is_higher_education=is_higher_education,
        )
        issuer.did = did_of_site(f"id/issuer/{issuer.uid}")
        issuer.save(force_insert=True)
        audit.record(by=by, action="register_issuer", kind="issuer", uid=issuer.uid, organisation=organisation.slug)
        rotate_key(by=by, issuer=issuer, purpose=KeyPurpose.CREDENTIALS)
    return issuer


def change_issuer(
    *, by: audit.Actor, issuer: Issuer, legal_name: str, legal_id: str, email: str, is_higher_education: bool
) -> Issuer:
    """Change what is said of an issuer. Published achievements keep the name that they were published with.

    Raises NotAllowed, InvalidInput.
    """
    require(
        may_register_issuer(by, issuer.organisation), "Only managers of the organisation and alliance staff do this."
    )
    if not legal_name.strip():
        raise InvalidInput("Give the name under which the organisation awards.", field="legal_name")
    with transaction.atomic():
        issuer.legal_name, issuer.legal_id, issuer.email = legal_name.strip(), legal_id.strip(), email.strip()
        issuer.is_higher_education = is_higher_education
        issuer.save(update_fields=["legal_name", "legal_id", "email", "is_higher_education"])
        audit.record(by=by, action="change_issuer", kind="issuer", uid=issuer.uid, legal_name=issuer.legal_name)
    return issuer


def enter_known_issuer(
    *,
    by: audit.Actor,
    name: str,
    identifiers: Sequence[str],
    known_since: date,
    source: str,
    accredited_by: str = "",
    known_until: date | None = None,
    url: str = "",
    country: str = "",
    source_url: str = "",
) -> KnownIssuer:
    """Add an issuer of the world to the registry. Raises NotAllowed, InvalidInput, Conflict for a taken identifier."""
    require(may_edit_registry(by), "Only alliance staff change the registry of issuers.")
    values = list(dict.fromkeys(read_identifier(value) for value in identifiers if value.strip()))
    if not name.strip() or not values:
        raise InvalidInput(
            "Give the name and at least one identifier (DID, address or certificate).", field="identifiers"
        )
    columns = {"name": name, "url": url, "country": country, "accredited_by": accredited_by, "source": source,
               "source_url": source_url}  # fmt: skip
    for column, message in limit_refusals(KnownIssuer, columns):
        raise InvalidInput(message, field=column)
    if any(list(limit_refusals(KnownIssuerIdentifier, {"value": value})) for value in values):
        raise InvalidInput("An identifier may have 500 characters at most.", field="identifiers")
    if known_until is not None and known_until < known_since:
        raise InvalidInput("The last day lies before the first.", field="known_until")
    try:
        with transaction.atomic():
            known = KnownIssuer.objects.create(
                name=name.strip(),
                url=url,
                country=country,
                accredited_by=accredited_by.strip(),
                known_since=known_since,
                known_until=known_until,
                source=source,
                source_url=source_url,
                entered_by=by.public_id,
            )
            KnownIssuerIdentifier.objects.bulk_create(
                [KnownIssuerIdentifier(issuer=known, value=value) for value in values]
            )
            audit.record(by=by, action="enter_known_issuer", kind="known issuer", uid=known.uid, identifiers=values)
    except IntegrityError:
        raise Conflict("One of these identifiers belongs to another issuer of the registry.") from None
    return known


def end_known_issuer(*, by: audit.Actor, known: KnownIssuer, until: date) -> KnownIssuer:
    """Say until when an issuer was known. Raises NotAllowed, InvalidInput."""
    require(may_edit_registry(by), "Only alliance staff change the registry of issuers.")
    if until < known.known_since:
        raise InvalidInput("The last day lies before the first.", field="known_until")
    with transaction.atomic():
        known.known_until = until
        known.save(update_fields=["known_until"])
        audit.record(by=by, action="end_known_issuer", kind="known issuer", uid=known.uid, until=until.isoformat())
    return known

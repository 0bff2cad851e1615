"""The fields of LinkedIn's form “Add licence or certification”, and the address that opens it filled in.

LinkedIn learns of the credential only when the holder opens that address; nothing is sent from here. Source: the “Add
to Profile” address https://www.linkedin.com/profile/add with the names that it takes.
"""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlencode

from synchromesh.engine.credential_formats.records import CredentialRecord

_FORM = "https://www.linkedin.com/profile/add"


def add_to_profile_fields(record: CredentialRecord, *, organization_id: str = "") -> dict[str, str]:
    """Return the fields by LinkedIn's names, in the order of its form; those without a value are left out.

    `organization_id` is the number of the issuer's page there; with it LinkedIn shows the issuer's logo, without it the
    issuer's name. Months are those of UTC.
    """
    titles, issued = record.achievement.titles, record.issued_at.astimezone(UTC)
    fields = {
        "name": titles.get(record.language) or titles.get("en") or next(iter(titles.values()), ""),
        "organizationId": organization_id,
        "organizationName": "" if organization_id else record.issuer.name,
        "issueYear": str(issued.year),
        "issueMonth": str(issued.month),
    }
    if record.valid_until:
        until = record.valid_until.astimezone(UTC)
        fields |= {"expirationYear": str(until.year), "expirationMonth": str(until.month)}
    fields |= {"certUrl": record.url, "certId": record.uid}
    return {name: value for name, value in fields.items() if value}


def add_to_profile_url(record: CredentialRecord, *, organization_id: str = "") -> str:
    """Return the address that opens LinkedIn's form with these fields filled in."""
    fields = add_to_profile_fields(record, organization_id=organization_id)
    return f"{_FORM}?{urlencode({'startTask': 'CERTIFICATION_NAME', **fields})}"

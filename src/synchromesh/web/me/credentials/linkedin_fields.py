"""The fields of LinkedIn's form in the order in which it asks for them, to be copied one by one."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from synchromesh.engine.credential_formats.linkedin import add_to_profile_fields
from synchromesh.engine.credential_formats.records import CredentialRecord


def linkedin_fields(record: CredentialRecord) -> list[tuple[str, str]]:
    """Label and value of each field that has a value."""
    values = add_to_profile_fields(record)
    fields = [
        (gettext("Name"), values.get("name", "")),
        (gettext("Issuing organisation"), values.get("organizationName", "")),
        (gettext("Issue date"), _month(values, "issue")),
        (gettext("Expiration date"), _month(values, "expiration")),
        (gettext("Credential ID"), values.get("certId", "")),
        (gettext("Credential URL"), values.get("certUrl", "")),
    ]
    return [(label, value) for label, value in fields if value]


def _month(values: dict[str, str], which: str) -> str:
    """Month and year, as the form asks for them; empty where there is none."""
    if f"{which}Year" not in values:
        return ""
    return str(date_format(date(int(values[f"{which}Year"]), int(values[f"{which}Month"]), 1), "YEAR_MONTH_FORMAT"))

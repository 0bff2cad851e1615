"""The fields of a course in words: their names, and their JSON values as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from synchromesh.web.templatetags.names import record_type_name
from synchromesh.web.templatetags.page_frame import (
    accessibility_names,
    certificate_name,
    language_names,
    mode_name,
)

FIELD_NAMES: Mapping[str, Any] = {
    "titles": _("Title"),
    "provider": _("Provider"),
    "record_type": _("Kind of offer"),
    "summaries": _("In short"),
    "descriptions": _("Description"),
    "outcomes": _("What people can do afterwards"),
    "languages": _("Languages"),
    "subtitles": _("Subtitles"),
    "mode": _("Where"),
    "minutes": _("Minutes of work"),
    "workload_text": _("Workload in words"),
    "price_cents": _("Price"),
    "currency": _("Currency"),
    "price_text": _("Price in words"),
    "certificate": _("Certificate"),
    "eqf_min": _("Lowest EQF level"),
    "eqf_max": _("Highest EQF level"),
    "eqf_text": _("EQF in words"),
    "ects": _("ECTS points"),
    "url": _("Address"),
    "keywords": _("Subject words"),
    "licence": _("Licence of the texts"),
    "accessibility": _("Accessibility"),
    "topics": _("Fields"),
    "skills": _("Skills"),
    "runs": _("Dates"),
}

_LONGEST = 600  # characters of a text that are shown side by side


def field_name(field: str) -> str:
    """The name of a field in the reader's language; the field itself where it has none."""
    return str(FIELD_NAMES.get(field, field))


def field_words(field: str, value: Any) -> str:
    """A JSON value of a field as a person reads it; "not stated" for none."""
    if value in (None, "", [], {}):
        return gettext("not stated")
    if field == "price_cents":
        return number_format(Decimal(value) / 100, 2, use_l10n=True, force_grouping=True)
    if field == "mode":
        return mode_name(value)
    if field == "certificate":
        return certificate_name(value)
    if field == "record_type":
        return record_type_name(value)
    if field in ("languages", "subtitles"):
        return language_names(value)
    if field == "accessibility":
        return accessibility_names(value)
    if field == "runs":
        return "; ".join(_run_words(run) for run in value)
    if isinstance(value, dict):
        return "\n".join(f"{language}: {_joined(text)}" for language, text in sorted(value.items()))[:_LONGEST]
    return _joined(value)[:_LONGEST]


def _joined(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _run_words(run: Mapping[str, Any]) -> str:
    days = " - ".join(str(run[name]) for name in ("starts_on", "ends_on") if run.get(name))
    return ", ".join(filter(None, (days or str(run.get("dates_text") or ""), str(run.get("place") or "")))) or gettext(
        "without a date"
    )

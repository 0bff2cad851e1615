"""A checked document of any issuer as a page shows it: its verdict, what it says, and the credentials inside it.

Everything that the document says may have been written by anybody; a page says so where the signature is not good.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from synchromesh.engine.credential_formats.checking import envelopes
from synchromesh.engine.credential_formats.verdicts import CheckedCredential, Shown
from synchromesh.web.credentials.shown_credential import FORMAT_NAMES
from synchromesh.web.credentials.shown_verdict import ShownVerdict, show_verdict
from synchromesh.web.templatetags.synchromesh import level_name

MOST_PARTS = 50
# Names of the facts that engine.credential_formats reads out of documents.
_FACT_NAMES: Mapping[str, Any] = {
    "country": _("Country of the issuer"),
    "workload": _("Workload"),
    "level": _("Level"),
    "eqf": _("EQF"),
    "credit_points": _("Credit points"),
    "assessment": _("Type of assessment"),
    "participation": _("Form of participation"),
    "quality_assurance": _("Quality assurance"),
    "identity_check": _("Identity check"),
    "outcome": _("What the holder can do"),
    "result": _("Result"),
}
_DURATION = re.compile(r"PT(?:(\d{1,5})H)?(?:(\d{1,5})M)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that the document says, perhaps in several texts."""

    name: Any
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """What a page needs of a checked document; `more_parts` is how many credentials inside it are not shown."""

    verdict: ShownVerdict
    says: Shown
    format_name: Any
    facts: tuple[Fact, ...]
    parts: tuple[ShownDocument, ...]
    more_parts: int

    @property
    def is_credential(self) -> bool:
        """Whether a credential was found in what was sent."""
        return bool(self.says.title or self.says.issuer_id or self.says.holder)


def show_document(checked: CheckedCredential) -> ShownDocument:
    """Put a checked document into the reader's words."""
    return ShownDocument(
        verdict=show_verdict(checked),
        says=checked.shown,
        format_name=_format_name(checked.format),
        facts=tuple(_facts(checked.shown)),
        parts=tuple(show_document(part) for part in checked.parts[:MOST_PARTS]),
        more_parts=max(0, len(checked.parts) - MOST_PARTS),
    )


def _format_name(name: str) -> Any:
    if name in FORMAT_NAMES:
        return FORMAT_NAMES[name]
    module = envelopes().get(name)
    return getattr(module, "TITLE", "") if module else ""


def _facts(shown: Shown) -> list[Fact]:
    """The facts by name, in the order of the document; one that occurs several times has several texts."""
    found: dict[str, list[str]] = {}
    for name, value in shown.facts:
        if value.strip():
            found.setdefault(name, []).append(_in_words(name, value))
    return [Fact(name=_FACT_NAMES.get(name, name), values=tuple(values)) for name, values in found.items()]


def _in_words(name: str, value: str) -> str:
    """A workload as ISO 8601 writes it (PT12H30M) as people do, and a level of the one scale with its name."""
    if name == "level" and value in ("1/3", "2/3", "3/3"):
        return f"{level_name(int(value[0]))} ({value})"
    if name == "eqf":
        return value.removeprefix("EQF ")
    match = _DURATION.fullmatch(value) if name == "workload" else None
    if match is None:
        return value
    hours, minutes = int(match[1] or 0), int(match[2] or 0)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "") if part)

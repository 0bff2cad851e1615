"""What the page of a credential shows to whoever has its address: as much as its holder chose."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from synchromesh.credentials.models import Credential, CredentialState, PageDetail, StatusChange, StatusReason
from synchromesh.credentials.queries.pages import find_last_change
from synchromesh.engine.credential_formats.verdicts import CheckedCredential

# Classes of reasons of a change; the words behind stay with the issuer and the holder.
STATUS_REASONS = {
    StatusReason.ERROR: _("It was issued in error."),
    StatusReason.CORRECTED: _("A corrected credential replaces it."),
    StatusReason.CONDUCT: _("The rules of the assessment were broken."),
    StatusReason.HOLDER: _("The holder asked for it."),
    StatusReason.CHECK: _("It is being checked."),
    StatusReason.CLEARED: _("The check is over."),
    StatusReason.OTHER: _("The issuer gives another reason."),
}
# Envelopes by name, those for people first; one that is not here bears the name that it has itself.
FORMAT_NAMES: Mapping[str, Any] = {
    "pdf": _("PDF to print, with the signed file inside"),
    "baked_png": _("Badge picture (PNG) with the signed file inside"),
    "baked_svg": _("Badge picture (SVG) with the signed file inside"),
    "open_badge": _("Open Badge 3.0 (JSON)"),
    "open_badge_jwt": _("Open Badge 3.0 (token)"),
    "open_badge_jcs": _("Open Badge 3.0 (JSON, other signature)"),
    "european_learning_model": _("European Digital Credential, for Europass"),
    "selective_jwt": _("For a wallet that shows parts of it (SD-JWT)"),
    "learner_record": _("Comprehensive Learner Record"),
    "open_badge_2": _("Open Badge 2.0"),
    "offline_bundle": _("File that can be checked without a network"),
}
KIND_NAMES: Mapping[str, Any] = {
    "MicroCredential": pgettext_lazy("kind of credential", "Micro-credential"),
    "Certificate": pgettext_lazy("kind of credential", "Certificate"),
    "Course": pgettext_lazy("kind of credential", "Course certificate"),
    "Competency": pgettext_lazy("kind of credential", "Certificate of competence"),
    "Badge": pgettext_lazy("kind of credential", "Badge"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was handed in or done; its address may be a hash only."""

    name: str
    description: str
    address: str

    @property
    def is_on_the_web(self) -> bool:
        """Whether the address leads somewhere."""
        return self.address.startswith("https://")


def shown_name(name: str, detail: PageDetail | str) -> str:
    """The holder's name as the page shows it: whole, "Zoë M.-Š.", or not at all."""
    if detail == PageDetail.FULL:
        return name
    return first_name_and_initials(name) if detail == PageDetail.INITIALS else ""


def first_name_and_initials(name: str) -> str:
    """ "Zoë Müller-Šťastná" becomes "Zoë M.-Š."; "Müller, Zoë", with the family name first, becomes "Zoë M."."""
    family, comma, given = unicodedata.normalize("NFC", name).partition(",")
    words = f"{given} {family}".split() if comma else family.split()
    return " ".join([*words[:1], *(_initials(word) for word in words[1:])])


def _initials(word: str) -> str:
    parts = [next((letter for letter in part if letter.isalpha()), "") for part in word.split("-")]
    return "-".join(f"{letter}." for letter in parts if letter)


def find_reason_of_state(credential: Credential) -> tuple[StatusChange, Any] | None:
    """When and why a credential was withdrawn or suspended, as a class of reasons; None for one that is neither."""
    if credential.state == CredentialState.VALID:
        return None
    change = find_last_change(credential)
    return (change, STATUS_REASONS.get(StatusReason(change.reason), "")) if change else None


def list_evidence(checked: CheckedCredential) -> list[Evidence]:
    """The evidence as it was signed."""
    stated = (checked.document or {}).get("evidence", ())
    return [
        Evidence(name=item.get("name", ""), description=item.get("description", ""), address=item.get("id", ""))
        for item in stated
    ]

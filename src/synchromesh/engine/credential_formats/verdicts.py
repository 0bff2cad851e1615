"""What a check finds: three lines in words of their own, then what the document says.

The words are those of the product's model. `reason` is a code; pages translate it with `details`, the command line and
the JSON interface use the English sentence of `sentences.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class SignatureWord(StrEnum):
    """Is it the document that was signed?"""

    GOOD = "good"
    ALTERED = "altered"
    COULD_NOT_CHECK = "could_not_check"


class StatusWord(StrEnum):
    """Does it hold today?"""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    COULD_NOT_CHECK = "could_not_check"


class IssuerWord(StrEnum):
    """Is the issuer in the registry?"""

    KNOWN = "known"
    UNKNOWN = "unknown"
    COULD_NOT_CHECK = "could_not_check"


class LogWord(StrEnum):
    """Does a transparency log hold it, and as it says itself?"""

    RECORDED = "recorded"
    CONTRADICTED = "contradicted"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One line: the word, the reason as a code, and what the reason's sentence needs."""

    word: str
    reason: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the document says, for people: never trusted for a verdict, empty where it says nothing."""

    title: str = ""
    description: str = ""
    criteria: str = ""
    holder: str = ""
    issuer_id: str = ""
    issuer_name: str = ""
    issuer_url: str = ""
    language: str = ""
    identifier: str = ""
    issued_at: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    skills: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCredential:
    """The answer for one document. `format` is the name of the envelope; `parts` are credentials inside a bundle.

    `document` is the credential as JSON where there is one; `log` what a transparency log says, where the file brings a
    proof from it.
    """

    format: str
    signature: Verdict
    status: Verdict
    issuer: Verdict
    shown: Shown
    document: Mapping[str, Any] | None = None
    parts: tuple[CheckedCredential, ...] = ()
    log: Verdict | None = None

"""The words that are printed on a credential beside its own texts. The caller brings them in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from synchromesh.engine.vocabulary.countries import english_name

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "kind.MicroCredential": "Micro-credential",
        "kind.Certificate": "Certificate",
        "kind.Badge": "Badge",
        "kind.Course": "Course certificate",
        "kind.Competency": "Certificate of competence",
        "kind.Membership": "Certificate of membership",
        "kind": "Credential",
        "awarded_to": "Awarded to",
        "awarded_by": "Awarded by",
        "country": "Country of the issuer",
        "issued_on": "Awarded on",
        "valid_from": "Valid from",
        "valid_until": "Valid until",
        "valid": "Valid",
        "no_end": "without an end",
        "workload": "Workload",
        "level": "Level",
        "level_of_three": "{level} of 3: {name}",
        "eqf": "EQF level",
        "eqf_as_stated": "{level}, as stated by {source}",
        "ects": "ECTS credits",
        "result": "Result",
        "passed": "Passed",
        "outcomes": "What the holder can do",
        "skills": "Proved skills",
        "skill": "Skill",
        "earned": "How it was earned",
        "criteria": "Criteria",
        "assessment": "Type of assessment",
        "participation": "Form of participation",
        "identity_check": "Identity check",
        "quality_assurance": "Quality assurance",
        "evidence": "Evidence",
        "parts": "Made up of",
        "part_of": "Counts towards",
        "check": "Check it",
        "check_how": "Scan the code, or open the address. No account is needed.",
        "code": "QR code that leads to {address}",
        "attached": "The signed file is attached to this PDF: {names}",
        "number": "Number",
        "page": "Page {page} of {pages}",
        "replaced": "A white square stands for characters that cannot be printed here.",
    }
)
_PLACE = re.compile(r"\{(\w+)\}")
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def english_day(day: date) -> str:
    """Write a day, such as 4 May 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def english_hours(minutes: int) -> str:
    """Write a workload, such as 1 hour, 12 hours, 1.5 hours or 45 minutes."""
    if minutes < 60:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    hours = plain_number(Decimal(minutes) / 60)
    return "1 hour" if hours == "1" else f"{hours} hours"


def plain_number(number: Decimal) -> str:
    """Write a number with at most two decimals and no zeros at its end, such as 1.5."""
    text = f"{number:.2f}"
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All words of a printed credential: labels by key (those that are missing are English), and how to write values.

    `language` is that of the labels. `country` takes an ISO 3166-1 alpha-2 code, `hours` takes minutes; `levels` name
    the levels 1 to 3 of the one scale.
    """

    language: str = "en"
    labels: Mapping[str, str] = field(default_factory=lambda: LABELS)
    day: Callable[[date], str] = english_day
    country: Callable[[str], str] = english_name
    hours: Callable[[int], str] = english_hours
    number: Callable[[Decimal], str] = plain_number
    levels: tuple[str, str, str] = ("Awareness", "Practitioner", "Expert")

    def say(self, key: str, **values: str) -> str:
        """The label of this key with its values put in."""
        text = self.labels.get(key) or LABELS[key]
        # In one step, so that braces inside a value are never taken for a place.
        return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)

    def kind(self, kind: str) -> str:
        """What a person calls an achievement of this type of Open Badges."""
        return self.say(f"kind.{kind}") if f"kind.{kind}" in LABELS else self.say("kind")

    def level(self, level: int) -> str:
        """A level of the one scale, with its number."""
        return self.say("level_of_three", level=str(level), name=self.levels[level - 1])


ENGLISH = Wording()

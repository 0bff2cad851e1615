"""Small records of credentials for tests."""

from __future__ import annotations

from typing import Any

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, Credential, Issuer
from synchromesh.credentials.operations.achievements import (
    AchievementContent,
    make_achievement,
    publish_achievement,
)
from synchromesh.credentials.operations.issuers import register_issuer
from synchromesh.credentials.operations.issuing import NewCredential, issue_credential
from synchromesh.places.models import Country

TEXTS = {"en": "As described", "de": "Wie beschrieben"}


def an_issuer(organisation: Organisation | None = None, **columns: Any) -> Issuer:
    """An organisation of the Czech Republic that issues."""
    country = Country.objects.get_or_create(code="CZ", defaults={"names": {"en": "Czechia"}})[0]
    stored = organisation or Organisation.objects.create(slug="skills-body", name="Skills Body")
    stored.country, stored.url = country, "https://body.example/"
    stored.save()
    return register_issuer(by=OPERATOR, organisation=stored, **columns)


def a_content(**changes: Any) -> AchievementContent:
    """Everything that a micro-credential must say."""
    values: dict[str, Any] = {
        "titles": {"en": "Isolate a vehicle", "de": "Fahrzeug freischalten"},
        "descriptions": TEXTS,
        "criteria": TEXTS,
        "outcomes": [TEXTS],
        "assessments": TEXTS,
        "participations": TEXTS,
        "quality_assurances": TEXTS,
        "identity_checks": TEXTS,
        "minutes": 90,
        "level": 2,
    }
    return AchievementContent(**(values | changes))


def an_achievement(issuer: Issuer | None = None, *, needs_two_persons: bool = False, **changes: Any) -> Achievement:
    """A published achievement."""
    made = make_achievement(
        by=OPERATOR, issuer=issuer or an_issuer(), content=a_content(**changes), needs_two_persons=needs_two_persons
    )
    publish_achievement(by=OPERATOR, achievement=made)
    return made


def a_credential(achievement: Achievement | None = None, **changes: Any) -> Credential:
    """An issued credential of Zoë."""
    values: dict[str, Any] = {"name": "Zoë Müller-Šťastná", "occasion": "test:1", "email": "zoe@example.org"}
    return issue_credential(
        by=OPERATOR, achievement=achievement or an_achievement(), new=NewCredential(**(values | changes))
    )

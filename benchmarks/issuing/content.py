"""A site with one issuer, one achievement with all its elements, and a released list of people."""

from __future__ import annotations

import io
import random

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.credentials.models import Achievement, IssueBatch
from synchromesh.credentials.operations.achievements import AchievementContent, make_achievement, publish_achievement
from synchromesh.credentials.operations.batches import preview_batch, submit_batch
from synchromesh.credentials.operations.issuers import register_issuer
from synchromesh.framework.models import EscoLink, Skill
from synchromesh.places.models import Country

_FIRST = ("Zoë", "Šárka", "Jürgen", "Ελένη", "Иван", "Łukasz", "Anna", "Þór", "Mária", "Nuño")
_LAST = ("Müller", "Nováková", "O’Brien", "García López", "Παπαδοπούλου", "Иванов", "Kowalski", "Smith")
_TEXT = {
    "en": "Switches the high-voltage system of a vehicle off, proves that it is dead, and secures it, as shown by a "
    "practical task under supervision.",
    "de": "Schaltet das Hochvoltsystem eines Fahrzeugs frei, stellt die Spannungsfreiheit fest und sichert es, gezeigt "
    "an einer praktischen Aufgabe unter Aufsicht.",
}


def make_achievement_of_three_skills() -> Achievement:
    """Everything that a micro-credential must say, in two languages, with skills that are aligned to ESCO."""
    country = Country.objects.create(code="CZ", names={"en": "Czechia"})
    organisation = Organisation.objects.create(
        slug="skills-body", name="Skills Body", country=country, url="https://body.example/"
    )
    skills = [Skill.objects.create(slug=f"skill-{n}", titles=_TEXT) for n in range(3)]
    for number, skill in enumerate(skills):
        uri = f"http://data.europa.eu/esco/skill/{number}"
        EscoLink.objects.create(
            skill=skill, uri=uri, match="close", confirmed_by="operator", confirmed_at="2026-01-01T00:00Z"
        )
    content = AchievementContent(
        titles={"en": "Isolate a high-voltage vehicle", "de": "Ein Hochvoltfahrzeug freischalten"},
        descriptions=_TEXT,
        criteria=_TEXT,
        outcomes=[_TEXT, _TEXT],
        assessments=_TEXT,
        participations=_TEXT,
        quality_assurances=_TEXT,
        identity_checks=_TEXT,
        minutes=480,
        level=2,
        months_valid=36,
        skills=[(skill, 2) for skill in skills],
    )
    issuer = register_issuer(by=OPERATOR, organisation=organisation)
    made = make_achievement(by=OPERATOR, issuer=issuer, content=content)
    publish_achievement(by=OPERATOR, achievement=made)
    return made


def preview_people(achievement: Achievement, count: int) -> IssueBatch:
    """A list of invented people, kept as a preview."""
    chance = random.Random(1)
    rows = "".join(
        f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {n},p{n}@example.org,{chance.randrange(50, 101)}\n"
        for n in range(count)
    )
    file = io.BytesIO(f"name,email,percent\n{rows}".encode())
    return preview_batch(by=OPERATOR, achievement=achievement, file=file, name="people.csv", sends_mail=False)


def release(batch: IssueBatch) -> None:
    """Have it issued by the workers."""
    submit_batch(by=OPERATOR, batch=batch)

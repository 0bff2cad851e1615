"""Regions, practices and lessons that tests share."""

from __future__ import annotations

from typing import Any

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.community.models import Lesson, LessonVersion, MemberProfile, Practice, RegionNetwork, RegionProfile
from synchromesh.community.operations.lessons import LessonDetails, create_lesson, publish_lesson
from synchromesh.community.operations.practices import (
    PracticeDetails,
    create_practice,
    publish_practice,
    submit_practice,
)
from synchromesh.places.models import Country, Region

TEXTS = {
    "title": "Mentors on the night shift",
    "challenge": "New people on the night shift had nobody to ask.",
    "action": "Two mentors changed to the night shift for three months.",
    "result": "Fewer faults, and nobody left in the first year.",
    "evidence": "",
    "conditions": "Mentors who like nights.",
}


def a_region(code: str = "DE11", name: str = "Stuttgart") -> Region:
    """A region with all above it, each made once; the country is that of the code."""
    country = Country.objects.get_or_create(code=code[:2], defaults={"names": {"en": f"Country {code[:2]}"}})[0]
    parent = a_region(code[:-1], code[:-1]) if len(code) > 3 else None
    made = {"level": len(code) - 2, "name": name, "country": country, "parent": parent}
    return Region.objects.get_or_create(code=code, defaults=made)[0]


def a_profile(code: str = "DE11", *, network: str = "working-group", **columns: Any) -> RegionProfile:
    """A region that takes part in a network of the alliance."""
    circle = RegionNetwork.objects.get_or_create(slug=network, defaults={"name": network.title(), "is_own": True})[0]
    columns = {"name": f"Region {code}", "source": "A page", "source_url": "https://example.org/"} | columns
    return RegionProfile.objects.create(region=a_region(code), network=circle, **columns)


def a_member(organisation: Organisation) -> MemberProfile:
    """Make an organisation a member of the alliance, without end."""
    return MemberProfile.objects.create(organisation=organisation)


def practice_details(**columns: Any) -> PracticeDetails:
    """What a person writes, with some of it changed; `title` is one of the texts."""
    texts = {name: columns.pop(name, text) for name, text in TEXTS.items()}
    return PracticeDetails(**({"language": "en", "theme": "upskilling", "texts": texts} | columns))


def a_practice(by: User, **columns: Any) -> Practice:
    """A published practice that a person has sent in."""
    practice = create_practice(by=by, details=practice_details(**columns))
    return publish_practice(by=OPERATOR, practice=submit_practice(by=by, practice=practice))


def lesson_details(**columns: Any) -> LessonDetails:
    """What a teacher says of a lesson, with some of it changed."""
    given = {"title": "Ohm's law", "summary": "Measure and reckon.", "language": "en", "licence": "CC-BY-4.0"}
    return LessonDetails(**(given | {"text": "# Begin\n\nMeasure the voltage."} | columns))


def a_lesson(by: User, **columns: Any) -> LessonVersion:
    """The first version of a lesson."""
    lesson: Lesson = create_lesson(by=by, details=lesson_details(**columns))
    return publish_lesson(by=by, lesson=lesson)

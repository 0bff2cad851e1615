"""Small records for tests of learning: a course with content, learners, enrolments, tests to take, cohorts.

Everything is made with the models, past the operations; every column has a good value until a test says otherwise.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from tests.learning.question_documents import a_document
from tests.records import a_course, a_run

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Instrument, InstrumentPart, PartQuestion, Purpose, Question, QuestionBank
from synchromesh.catalogue.models import Course, CoursePart, CourseRole
from synchromesh.framework.models import Skill
from synchromesh.learning.models import Cohort, ContentVersion, Enrolment, Media, Section, Unit, UnitProgress
from synchromesh.learning.unit_kinds import get_unit_kind

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
"""The moment at which the tests that ask for one take place."""
PASSWORD = "a long enough pass phrase"

_BOTH = {"en": "In English.", "de": "Auf Deutsch."}

CONTENTS: Mapping[str, Mapping[str, Any]] = {
    "text": {
        "blocks": [
            {"kind": "text", "texts": {"en": "Orange cables carry **high voltage** [^rule].", "de": "Orange Kabel."}},
            {"kind": "note", "tone": "warning", "titles": {"en": "Danger", "de": "Gefahr"}, "texts": dict(_BOTH)},
            {
                "kind": "figure",
                "media": "pack.svg",
                "alternatives": {"en": "A battery pack", "de": "Ein Batteriepack"},
                "captions": dict(_BOTH),
                "descriptions": dict(_BOTH),
            },
            {
                "kind": "sources",
                "entries": [{"key": "rule", "title": "A rule", "url": "https://example.org/rule", "checked": False}],
            },
            {
                "kind": "glossary",
                "entries": [
                    {
                        "key": "pack",
                        "terms": {"en": "Pack", "de": "Pack"},
                        "texts": dict(_BOTH),
                        "avoid": {"en": ["battery box"]},
                    },
                    {
                        "key": "cell",
                        "terms": {"en": "Cell", "de": "Zelle"},
                        "texts": {"en": "One [^rule]", "de": "Eine"},
                    },
                ],
            },
            {
                "kind": "checklist",
                "titles": dict(_BOTH),
                "texts": dict(_BOTH),
                "items": [{"key": "asked", "texts": {"en": "I **asked** first [^rule].", "de": "Gefragt."}}],
            },
        ]
    },
    "video": {
        "media": "pack.mp4",
        "captions": {"en": "pack-en.vtt", "de": "pack-de.vtt"},
        "transcripts": {"en": "What is said.", "de": "Was gesagt wird."},
        "alternatives": {"en": "Somebody opens a pack", "de": "Jemand öffnet einen Pack"},
    },
    "picture": {"media": "pack.svg", "alternatives": {"en": "A battery pack", "de": "Ein Batteriepack"}},
    "file": {"media": "sheet.pdf", "descriptions": {"en": "A sheet to print", "de": "Ein Blatt zum Drucken"}},
    "exercise": {
        "introductions": dict(_BOTH),
        "questions": [a_document("single", "colour"), a_document("order", "steps")],
    },
    "passport-exercise": {
        "introductions": dict(_BOTH),
        "exercise": "find-faults",
        "battery": "lmt",
        "level": 1,
        "faults": 3,
        "needed_percent": 60,
        "skills": ["isolate-hv"],
    },
    "quiz": {"introductions": dict(_BOTH)},
    "assignment": {"introductions": dict(_BOTH)},
    "live-session": {"descriptions": {"en": "We open a pack.", "de": "Wir öffnen einen Pack."}, "minutes": 90},
}
"""A good content of each kind of unit."""
ALL_KINDS = tuple(CONTENTS)
MEDIA_TYPES = {"svg": "image/svg+xml", "mp4": "video/mp4", "vtt": "text/vtt", "pdf": "application/pdf"}

_counter = count(1)


def a_learner(name: str = "", **columns: Any) -> User:
    """A person with an account, a password and nothing else; each call another one unless named."""
    name = name or f"learner{next(_counter)}"
    given = {"email": f"{name}@example.org", "password": PASSWORD, "name": f"{name.title()} Learner"}
    return User.objects.create_user(**(given | columns))


def a_course_with_content(
    slug: str = "hv-safety",
    *,
    kinds: Sequence[str] = ("text", "quiz"),
    published: bool = True,
    course: Course | None = None,
    **columns: Any,
) -> ContentVersion:
    """A version with two sections (`first`, `second`) that share units of these kinds, in this order.

    A unit's key is its kind; the second of a kind is `text-2`. Quizzes and assignments get an instrument, files a
    record without bytes. `columns` are the version's. The course is `version.course`.
    """
    course = course or a_course(slug, languages=["en", "de"])
    number = course.content_versions.count() + 1
    given = {
        "source_language": "en",
        "languages": ["en", "de"],
        "made_by": "operator",
        "published_at": NOW if published else None,
        "published_by": "operator" if published else "",
    }
    version = ContentVersion.objects.create(**({"course": course, "number": number} | given | columns))
    if published and course.learned_here_since is None:
        course.learned_here_since = NOW
        course.save(update_fields=["learned_here_since"])
    half = (len(kinds) + 1) // 2
    for place, (key, part) in enumerate((("first", kinds[:half]), ("second", kinds[half:])), start=1):
        section = a_section(version, key, position=place)
        for kind in part:
            a_unit(section, kind)
    return version


def a_section(version: ContentVersion, key: str, *, position: int = 0, **columns: Any) -> Section:
    """A section at the end of the version, or at a position."""
    place = position or version.sections.count() + 1
    titles = {"en": f"Section {key}", "de": f"Abschnitt {key}"}
    return Section.objects.create(**({"version": version, "key": key, "position": place, "titles": titles} | columns))


def a_unit(section: Section, kind: str = "text", **columns: Any) -> Unit:
    """A unit at the end of its section, with a good content of its kind and the files and instrument it needs."""
    version = section.version
    same = version.units.filter(kind=kind).count()
    key = columns.pop("key", kind if not same else f"{kind}-{same + 1}")
    if kind in {"quiz", "assignment"} and "instrument" not in columns:
        columns["instrument"] = an_instrument(
            version.course,
            key=key,
            questions=("single", "multiple") if kind == "quiz" else ("free-text",),
            purpose=Purpose.QUIZ if kind == "quiz" else Purpose.ASSIGNMENT,
            frozen_at=version.published_at,
        )
    given = {
        "version": version,
        "section": section,
        "key": key,
        "position": section.units.count() + 1,
        "kind": kind,
        "titles": {"en": f"Unit {key}", "de": f"Einheit {key}"},
        "content": copy.deepcopy(dict(CONTENTS.get(kind, {}))),
    }
    unit = Unit.objects.create(**(given | columns))
    for name in sorted(get_unit_kind(kind).media_of(unit.content)):
        a_medium(version.course, name)
    return unit


def a_medium(course: Course, name: str = "pack.svg", **columns: Any) -> Media:
    """The record of a file of a course (its bytes are not written); the one that is there stays."""
    given = {"media_type": MEDIA_TYPES[name.rpartition(".")[2]], "bytes": 10, "sha256": "0" * 64}
    return Media.objects.get_or_create(
        course=course, name=name, defaults=given | {"uploaded_by": "operator"} | columns
    )[0]


def a_bank(course: Course) -> QuestionBank:
    """The question bank of a course; made when there is none."""
    return QuestionBank.objects.get_or_create(course=course, defaults={"titles": {"en": "Questions"}})[0]


def a_question(course: Course, kind: str = "single", key: str = "", **changes: Any) -> Question:
    """A question in the bank of a course; `changes` are made to its document. The one that is there stays."""
    document = a_document(kind, key, **changes)
    skill = Skill.objects.get(slug=document["skill"]) if document.get("skill") else None
    given = {"kind": kind, "document": document, "points": document.get("points", 0 if kind == "scale" else 1)}
    return Question.objects.get_or_create(
        bank=a_bank(course),
        key=document["key"],
        revision=1,
        defaults=given | {"skill": skill, "level": document.get("level"), "made_by": "operator"},
    )[0]


def an_instrument(
    course: Course, key: str = "quiz", *, questions: Sequence[str | Question] = ("single", "multiple"), **columns: Any
) -> Instrument:
    """A frozen quiz of the course with one part for each question; a kind in place of a question makes one of it."""
    given = {"purpose": Purpose.QUIZ, "titles": {"en": f"Test {key}", "de": f"Prüfung {key}"}, "frozen_at": NOW}
    instrument = Instrument.objects.create(**({"bank": a_bank(course), "key": key} | given | columns))
    for place, wanted in enumerate(questions, start=1):
        question = a_question(course, wanted) if isinstance(wanted, str) else wanted
        part = InstrumentPart.objects.create(instrument=instrument, position=place)
        PartQuestion.objects.create(part=part, question=question, position=1)
    return instrument


def an_enrolment(version: ContentVersion, person: User | None = None, **columns: Any) -> Enrolment:
    """Somebody who learns in a version, alone, in English."""
    person = person or a_learner()
    given = {
        "course": version.course,
        "state": "active",
        "language": "en",
        "joined_by": "open",
        "enrolled_at": NOW,
        "seated_at": None if columns.get("state") == "waiting" else NOW,
    }
    return Enrolment.objects.create(**({"person": person, "version": version} | given | columns))


def a_done_unit(enrolment: Enrolment, key: str, **columns: Any) -> UnitProgress:
    """A unit of the enrolment that was seen for a minute and is done."""
    unit = enrolment.version.units.get(key=key)
    given = {"first_seen_at": NOW, "last_seen_at": NOW, "seconds": 60, "done_at": NOW}
    return UnitProgress.objects.create(**({"enrolment": enrolment, "unit": unit} | given | columns))


def a_cohort(course: Course, *, seats: int | None = None, starts_on: date | None = None, **columns: Any) -> Cohort:
    """A run of the course that takes learners here; open to anybody unless a test says otherwise."""
    return Cohort.objects.create(**({"run": a_run(course, starts_on, seats=seats)} | columns))


def give_part(person: User, course: Course, part: CoursePart | str) -> User:
    """Make the person author, tutor or reviewer of the course."""
    CourseRole.objects.create(person=person, course=course, part=part, given_by="operator")
    return person

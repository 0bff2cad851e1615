"""What a walk over all addresses finds of learning: a course with content in which one person learns."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from tests.learning.records import (
    a_cohort,
    a_course_with_content,
    a_question,
    a_section,
    a_unit,
    an_enrolment,
    an_instrument,
    give_part,
)

from synchromesh.accounts.models import User
from synchromesh.assessment.models import AnswerFile, Attempt, Instrument, Response
from synchromesh.assessment.queries.answer_files import answer_place
from synchromesh.catalogue.models import Course
from synchromesh.learning.models import ContentVersion, Enrolment
from synchromesh.learning.queries.media import media_path

CODE = "7K2M-9QXR"
FORMS = {
    "/<language>/courses/<slug>/learn/": {"do": "enrol"},
    "/<language>/courses/<slug>/learn/<unit>/": {"do": "stuck"},
    "/<language>/courses/<slug>/learn/<unit>/discussion/": {"do": "write", "text": "Hello"},
    "/<language>/courses/<slug>/learn/<unit>/attempt/<uid>/<position>/": {"answer": "a"},
}


def make_learning(people: Mapping[str, User | None], course: Course) -> dict[str, dict[str, str]]:
    """A published version with one unit that can be read, one with a test, and an open try of `person`; a draft; others
    who learn and work in the course.

    Returns the values for addresses, by how these begin.
    """
    version, test = _content(course)
    known = {name: person for name, person in people.items() if person is not None}
    enrolment = an_enrolment(version, known["person"])
    an_enrolment(version, known["fellow"])
    give_part(known["tutor"], course, "tutor")
    give_part(known["reviewer"], course, "reviewer")
    attempt, file = _open_try(enrolment, test)
    cohort = a_cohort(course, joining="code", code=CODE)
    a_course_with_content(course=course, kinds=("text",), published=False)
    slug = {"slug": course.slug}
    teach = "/<language>/teach/courses/"
    here = "/<language>/courses/<slug>/"
    return {
        f"{here}learn/": {"unit": "picture"},
        f"{here}learn/<unit>/attempt/": {"unit": "test", "uid": str(attempt.uid), "position": "1"},
        f"{here}join/": {"key": CODE},
        f"{here}media/": {"name": "pack.svg"},
        f"{here}answers/": {"uid": str(file.uid)},
        teach: slug | {"key": "text", "lang": "de"},
        f"{teach}<slug>/questions/": {"key": "single"},
        f"{teach}<slug>/tests/": {"key": "test"},
        f"{teach}<slug>/cohorts/": {"uid": str(cohort.run.uid), "unit": "text"},
        f"{teach}<slug>/learners/": {"uid": str(enrolment.uid)},
        f"{teach}<slug>/marking/": {"uid": str(attempt.uid), "position": "2"},
    }


def _content(course: Course) -> tuple[ContentVersion, Instrument]:
    """A picture and a test, published."""
    version = ContentVersion.objects.create(
        course=course,
        number=1,
        source_language="en",
        languages=["en"],
        made_by="operator",
        published_at=timezone.now(),
        published_by="operator",
    )
    section = a_section(version, "first")
    a_unit(section, "picture")
    test = an_instrument(course, "test", questions=[a_question(course, "single"), a_question(course, "file")])
    a_unit(section, "quiz", key="test", instrument=test)
    return version, test


def _open_try(enrolment: Enrolment, test: Instrument) -> tuple[Attempt, AnswerFile]:
    """A try that goes on, with a file that was handed in."""
    attempt = Attempt.objects.create(
        instrument=test,
        person=enrolment.person,
        occasion=enrolment.uid,
        number=1,
        seed=1,
        language="en",
        started_at=timezone.now(),
    )
    parts = enumerate(test.parts.all(), start=1)
    responses = [
        Response.objects.create(attempt=attempt, position=place, question=part.entries.get().question)
        for place, part in parts
    ]
    file = AnswerFile.objects.create(
        response=responses[1], name="plan.txt", media_type="text/plain", bytes=4, sha256="0" * 64
    )
    for place in (answer_place(file.uid), media_path(enrolment.course.media.get())):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("plan", encoding="utf-8")
    return attempt, file

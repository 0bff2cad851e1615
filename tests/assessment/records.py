"""Small records for tests of assessment: a bank, tests with questions of each kind, somebody who takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from tests.learning.question_documents import RIGHT, a_document
from tests.records import a_course

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt, Instrument, Purpose, QuestionBank
from synchromesh.assessment.operations.attempts import save_answer, start_attempt
from synchromesh.assessment.operations.instruments import freeze_instrument, save_instrument
from synchromesh.assessment.operations.questions import open_bank, save_question
from synchromesh.catalogue.models import Course, CoursePart, CourseRole

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
OCCASION = UUID("11111111-2222-4333-8444-555555555555")

_counter = count(1)


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)


def a_bank(course: Course | None = None) -> QuestionBank:
    """The bank of a course."""
    return open_bank(by=OPERATOR, course=course or a_course(f"course-{next(_counter)}"))


def a_test(
    *kinds: str,
    bank: QuestionBank | None = None,
    frozen: bool = True,
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    parts: list[tuple[int, list[str]]] | None = None,
    **columns: Any,
) -> Instrument:
    """A quiz with one question of each kind, called after its kind, with `changes` to their documents by kind."""
    bank = bank or a_bank()
    kinds = kinds or ("single", "multiple")
    for kind in kinds:
        save_question(by=OPERATOR, bank=bank, document=a_document(kind, **(changes or {}).get(kind, {})))
    given: dict[str, Any] = {"key": "quiz", "purpose": Purpose.QUIZ, "titles": {"en": "Quiz"}, "shuffle_choices": False}
    chosen = parts if parts is not None else [(1, [kind]) for kind in kinds]
    made = save_instrument(by=OPERATOR, bank=bank, parts=chosen, **(given | columns))
    return freeze_instrument(by=OPERATOR, instrument=made, now=NOW) if frozen else made


def begin(person: User, instrument: Instrument, *, now: datetime = NOW, **columns: Any) -> Attempt:
    """Start an attempt in English on the one occasion."""
    given: dict[str, Any] = {"occasion": OCCASION, "language": "en"}
    return start_attempt(by=person, instrument=instrument, now=now, **(given | columns))


def answer(attempt: Attempt, position: int, raw: Any, *, now: datetime = NOW) -> None:
    """Save an answer as the page that read the last one would."""
    last = attempt.responses.get(position=position).save_number
    saved = save_answer(
        by=attempt.person, attempt_uid=attempt.uid, position=position, raw=raw, save_number=last + 1, now=now
    )
    assert not saved.is_newer_elsewhere


def answer_all_right(attempt: Attempt) -> None:
    """Give the right answer to each question that the machine marks."""
    for response in attempt.responses.select_related("question"):
        if response.question.kind in RIGHT:
            answer(attempt, response.position, RIGHT[response.question.kind])


def give_part(person: User, instrument: Instrument, part: CoursePart) -> User:
    """Make somebody author, tutor or reviewer of the course of a test."""
    assert instrument.bank.course is not None
    CourseRole.objects.create(course=instrument.bank.course, person=person, part=part, given_by="operator")
    return person


def a_person(name: str) -> User:
    """Somebody with an account."""
    return User.objects.create_user(email=f"{name}@example.org", name=name.title())

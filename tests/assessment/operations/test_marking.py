"""People mark by rubric; marks are never erased, the latest counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.assessment.records import NOW, a_person, a_test, answer, begin, give_part, minutes
from tests.learning.question_documents import a_document

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Attempt, Instrument, Mark
from synchromesh.assessment.operations.attempts import submit_attempt
from synchromesh.assessment.operations.marking import mark_response
from synchromesh.assessment.queries.marking import get_marking, list_responses_to_mark
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db
RUBRIC = [
    *a_document("free-text")["rubric"],
    {
        "key": "words",
        "titles": {"en": "Words", "de": "Wörter"},
        "steps": [{"points": points, "texts": {"en": f"{points}", "de": f"{points}"}} for points in (0, 1.5, 3)],
    },
]


@pytest.fixture
def essay() -> Instrument:
    """A test with a text to be marked by two criteria of 2 and 3 points, and one choice of 1 point."""
    return a_test("free-text", "single", changes={"free-text": {"rubric": RUBRIC, "points": 5}}, pass_percent=50)


@pytest.fixture
def attempt(person: User, essay: Instrument) -> Attempt:
    """The text was written, the choice was not made."""
    made = begin(person, essay)
    answer(made, 1, "Off, secure, verify.")
    return submit_attempt(by=person, attempt_uid=made.uid, now=NOW)


@pytest.fixture
def tutor(essay: Instrument) -> User:
    """The tutor of the course."""
    return give_part(a_person("tutor"), essay, CoursePart.TUTOR)


def _mark(attempt: Attempt, by: User, **given: object) -> Attempt:
    columns = {"marks": {"steps": 2, "words": Decimal("1.5")}, "now": NOW + minutes(60)} | given
    return mark_response(by=by, attempt_uid=attempt.uid, position=1, **columns)  # type: ignore[arg-type]


def test_an_attempt_is_finished_when_its_last_answer_is_marked(attempt: Attempt, tutor: User) -> None:
    assert [one.position for one in list_responses_to_mark(attempt.instrument.bank, visible_to=tutor)] == [1]
    marked = _mark(attempt, tutor, comment=" Well done. ", comments={"words": "Shorter."})
    assert (marked.points, marked.most_points, marked.passed) == (Decimal("3.5"), Decimal(6), True)
    assert marked.marked_at == NOW + minutes(60)
    assert list_responses_to_mark(attempt.instrument.bank, visible_to=tutor) == []
    found = get_marking(attempt.uid, 1, visible_to=tutor)
    assert [(one.criterion.key, one.points, one.comment) for one in found.marks] == [
        ("steps", 2, ""),
        ("words", Decimal("1.5"), "Shorter."),
    ]
    assert (found.comment, found.answer) == ("Well done.", "Off, secure, verify.")
    assert AuditEvent.objects.get(action="mark_response").actor == tutor.public_id


def test_marking_again_keeps_the_history_and_computes_the_result_anew(attempt: Attempt, tutor: User) -> None:
    _mark(attempt, tutor)
    again = _mark(attempt, tutor, marks={"words": 0}, comment="Too long.", now=NOW + minutes(90))
    assert (again.points, again.passed, again.marked_at) == (Decimal(2), False, NOW + minutes(60))
    found = get_marking(attempt.uid, 1, visible_to=tutor)
    assert {one.criterion.key: one.points for one in found.marks} == {"steps": 2, "words": 0}
    assert [mark.criterion for mark in found.history] == ["", "words", "", "words", "steps"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"marks": {"steps": 2}}, "words"),
        ({"marks": {"steps": 1, "words": 0}}, "steps"),
        ({"marks": {"steps": Decimal("sNaN"), "words": 0}}, "steps"),
        ({"marks": {"steps": 2, "words": 0, "charm": 1}}, "charm"),
        ({"comments": {"charm": "None."}}, "charm"),
        ({"comment": "x" * 5001}, "comment"),
    ],
)
def test_marks_follow_the_rubric(attempt: Attempt, tutor: User, given: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _mark(attempt, tutor, **given)
    assert refused.value.field == field
    assert not Mark.objects.exists()


def test_only_who_marks_sees_answers_to_mark(attempt: Attempt, person: User, tutor: User) -> None:
    reviewer = give_part(a_person("reviewer"), attempt.instrument, CoursePart.REVIEWER)
    for by in (person, reviewer):
        assert list_responses_to_mark(attempt.instrument.bank, visible_to=by) == []
        with pytest.raises(NotFound):
            get_marking(attempt.uid, 1, visible_to=by)
        with pytest.raises(NotFound):
            _mark(attempt, by)
    give_part(person, attempt.instrument, CoursePart.TUTOR)
    with pytest.raises(NotAllowed):
        _mark(attempt, person)


def test_what_the_machine_marks_or_nobody_answered_is_not_marked_by_people(
    attempt: Attempt, person: User, tutor: User
) -> None:
    with pytest.raises(NotFound):
        get_marking(attempt.uid, 2, visible_to=tutor)
    still_open = begin(person, attempt.instrument)
    with pytest.raises(NotFound):
        _mark(still_open, tutor)
    with pytest.raises(Conflict):
        _mark(submit_attempt(by=person, attempt_uid=still_open.uid), tutor)
    assert get_marking(str(attempt.uid), 1, visible_to=OPERATOR).files == ()

"""One account on two devices never loses or doubles an attempt or an answer: real threads, real connections."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from tests.assessment.records import NOW, a_test, answer, begin, minutes
from tests.assessment.simultaneity import shared_database, together

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import AnswerFile, Attempt, Mark, Response
from synchromesh.assessment.operations.answer_files import add_answer_file
from synchromesh.assessment.operations.attempts import (
    Saved,
    check_answer,
    save_answer,
    submit_attempt,
    submit_overdue_attempts,
)
from synchromesh.assessment.operations.marking import mark_response
from synchromesh.engine.errors import Conflict
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = 6


def test_devices_that_start_at_the_same_moment_share_one_attempt(person: User, tmp_path: Path) -> None:
    test = a_test("single", "multiple", attempts_allowed=1)
    with shared_database(tmp_path):
        found = together([partial(begin, person, test) for _ in range(DEVICES)])
    (attempt,) = Attempt.objects.all()
    assert [one.pk for one in found if isinstance(one, Attempt)] == [attempt.pk] * DEVICES, found
    assert list(attempt.responses.values_list("position", flat=True)) == [1, 2]
    assert AuditEvent.objects.filter(action="start_attempt").count() == 1


def test_of_saves_at_the_same_moment_one_is_kept_and_the_others_know(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("short-text"))

    def save(word: str) -> Saved:
        return save_answer(by=person, attempt_uid=attempt.uid, position=1, raw=word, save_number=1, now=NOW)

    with shared_database(tmp_path):
        found = together([partial(save, f"word {number}") for number in range(DEVICES)])
    kept = [place for place, saved in enumerate(found) if isinstance(saved, Saved) and not saved.is_newer_elsewhere]
    assert len(found) == DEVICES
    assert [isinstance(saved, Saved) for saved in found] == [True] * DEVICES, found
    response = attempt.responses.get()
    assert [response.answer] == [f"word {place}" for place in kept]
    assert response.save_number == 1


def test_whatever_order_saves_arrive_in_the_newest_stays(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("short-text"))

    def save(number: int) -> Saved:
        return save_answer(
            by=person, attempt_uid=attempt.uid, position=1, raw=f"word {number}", save_number=number, now=NOW
        )

    with shared_database(tmp_path):
        found = together([partial(save, number) for number in (3, 1, 6, 2, 5, 4)])
    assert len([saved for saved in found if isinstance(saved, Saved)]) == DEVICES, found
    response = attempt.responses.get()
    assert (response.answer, response.save_number) == ("word 6", 6)


def test_a_save_beside_handing_in_is_either_marked_or_refused(person: User, tmp_path: Path) -> None:
    attempts = []
    for _ in range(3):
        attempts.append(begin(person, a_test("single")))
    for attempt in attempts:
        save = partial(save_answer, by=person, attempt_uid=attempt.uid, position=1, raw="a", save_number=1, now=NOW)
        submit = partial(submit_attempt, by=person, attempt_uid=attempt.uid, now=NOW)
        with shared_database(tmp_path):
            saved, *submitted = together([save, submit, submit])
        assert [isinstance(one, Attempt) for one in submitted] == [True, True], submitted
        response = attempt.responses.get()
        expected = ("a", Decimal(1)) if isinstance(saved, Saved) else (None, Decimal(0))
        assert isinstance(saved, Saved | Conflict), saved
        assert (response.answer, response.points) == expected
        assert AuditEvent.objects.filter(action="submit_attempt", target_uid=attempt.uid).count() == 1
        (tmp_path / "shared.sqlite3").unlink(missing_ok=True)


def test_an_attempt_ends_once_although_the_clock_and_two_devices_end_it(person: User, tmp_path: Path) -> None:
    test = a_test("single", minutes=10, attempts_allowed=2)
    attempt, late = begin(person, test), NOW + minutes(20)
    answer(attempt, 1, "a")
    submit = partial(submit_attempt, by=person, attempt_uid=attempt.uid, now=late)
    start = partial(begin, person, test, now=late)
    with shared_database(tmp_path):
        found = together([submit, partial(submit_overdue_attempts, by=OPERATOR, now=late), start, submit])
    assert [one for one in found if isinstance(one, Exception)] == []
    attempt.refresh_from_db()
    assert (attempt.submitted_at, attempt.points, attempt.time_was_up) == (NOW + minutes(10), Decimal(1), True)
    assert AuditEvent.objects.filter(action="submit_attempt").count() == 1
    assert Attempt.objects.count() <= 2


def test_a_checked_answer_is_the_one_that_was_marked(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("single", feedback="after-each"))
    answer(attempt, 1, "b")
    check = partial(check_answer, by=person, attempt_uid=attempt.uid, position=1, now=NOW)
    save = partial(save_answer, by=person, attempt_uid=attempt.uid, position=1, raw="a", save_number=2, now=NOW)
    with shared_database(tmp_path):
        first, second, saved = together([check, check, save])
    assert isinstance(first, Response), first
    assert isinstance(second, Response), second
    assert isinstance(saved, Saved | Conflict), saved
    response = attempt.responses.get()
    assert (response.answer, response.points) in {("a", Decimal(1)), ("b", Decimal(0))}
    assert first.points == second.points == response.points


def test_files_sent_at_the_same_moment_are_all_part_of_the_answer(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("file"))
    send = partial(add_answer_file, by=person, attempt_uid=attempt.uid, position=1, content=b"words", now=NOW)
    with shared_database(tmp_path):
        found = together([partial(send, name=f"{number}.txt") for number in range(4)])
    assert [one for one in found if isinstance(one, Exception)] == []
    response = attempt.responses.get()
    assert response.answer is not None
    assert sorted(response.answer) == sorted(str(uid) for uid in AnswerFile.objects.values_list("uid", flat=True))
    assert len(response.answer) == 4


def test_two_tutors_at_the_same_moment_leave_both_marks_and_one_result(person: User, tmp_path: Path) -> None:
    attempt = begin(person, a_test("free-text"))
    answer(attempt, 1, "Off, secure, verify.")
    submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW)
    give = partial(mark_response, by=OPERATOR, attempt_uid=attempt.uid, position=1)
    with shared_database(tmp_path):
        found = together([partial(give, marks={"steps": points}, now=NOW + minutes(points)) for points in (0, 2)])
    assert [one for one in found if isinstance(one, Exception)] == []
    attempt.refresh_from_db()
    marks = Mark.objects.filter(criterion="steps").order_by("pk")
    assert [mark.points for mark in marks] in ([0, 2], [2, 0])
    assert attempt.points == attempt.responses.get().points == marks.reverse()[0].points

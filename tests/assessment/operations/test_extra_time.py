"""More time for one attempt, or for one person."""

from __future__ import annotations

import pytest
from tests.assessment.records import NOW, a_person, a_test, answer, begin, give_part, minutes

from synchromesh.accounts.models import User
from synchromesh.assessment.models import TimeAllowance
from synchromesh.assessment.operations.attempts import submit_attempt
from synchromesh.assessment.operations.extra_time import allow_more_time, extend_time
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_an_open_attempt_ends_later(person: User) -> None:
    test = a_test(minutes=10)
    tutor, attempt = give_part(a_person("tutor"), test, CoursePart.TUTOR), begin(person, test)
    extended = extend_time(by=tutor, attempt_uid=attempt.uid, minutes=5, now=NOW)
    assert extended.due_at == NOW + minutes(15)
    answer(attempt, 1, "a", now=NOW + minutes(14))
    late = extend_time(by=tutor, attempt_uid=attempt.uid, minutes=5, now=NOW + minutes(20))
    assert late.due_at == NOW + minutes(25)
    assert AuditEvent.objects.filter(action="extend_time", details__minutes=5).count() == 2


def test_time_is_added_only_where_it_runs_and_by_tutors(person: User) -> None:
    test, untimed = a_test(minutes=10), a_test()
    tutor = give_part(give_part(a_person("tutor"), test, CoursePart.TUTOR), untimed, CoursePart.TUTOR)
    attempt = begin(person, test)
    with pytest.raises(Conflict):
        extend_time(by=tutor, attempt_uid=begin(person, untimed).uid, minutes=5)
    with pytest.raises(NotAllowed):
        extend_time(by=person, attempt_uid=attempt.uid, minutes=5)
    with pytest.raises(NotFound):
        extend_time(by=a_person("other"), attempt_uid=attempt.uid, minutes=5)
    with pytest.raises(InvalidInput):
        extend_time(by=tutor, attempt_uid=attempt.uid, minutes=0)
    submit_attempt(by=person, attempt_uid=attempt.uid, now=NOW)
    with pytest.raises(Conflict):
        extend_time(by=tutor, attempt_uid=attempt.uid, minutes=5)


def test_a_person_has_more_time_in_all_tests_of_a_bank(person: User) -> None:
    test = a_test(minutes=40)
    tutor = give_part(a_person("tutor"), test, CoursePart.TUTOR)
    for percent in (50, 25):
        allow_more_time(by=tutor, bank=test.bank, person=person, percent=percent)
    assert list(test.bank.time_allowances.values_list("person", "percent")) == [(person.pk, 25)]
    assert begin(person, test).due_at == NOW + minutes(50)
    assert begin(a_person("other"), test).due_at == NOW + minutes(40)
    allow_more_time(by=tutor, bank=test.bank, person=person, percent=0)
    assert not TimeAllowance.objects.exists()


def test_nobody_gives_more_time_to_themselves(person: User) -> None:
    test = a_test(minutes=40)
    with pytest.raises(NotAllowed):
        allow_more_time(by=person, bank=test.bank, person=person, percent=25)
    tutor = give_part(a_person("tutor"), test, CoursePart.TUTOR)
    with pytest.raises(NotAllowed):
        allow_more_time(by=tutor, bank=test.bank, person=tutor, percent=25)
    with pytest.raises(NotAllowed):
        extend_time(by=tutor, attempt_uid=begin(tutor, test).uid, minutes=5)
    with pytest.raises(InvalidInput):
        allow_more_time(by=tutor, bank=test.bank, person=person, percent=301)

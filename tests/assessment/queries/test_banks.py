"""Questions with their keys are read by authors and reviewers, by nobody else."""

from __future__ import annotations

import pytest
from tests.assessment.records import a_bank, a_person, a_test, give_part
from tests.learning.question_documents import a_document

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR, VISITOR
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.instruments import copy_instrument
from synchromesh.assessment.operations.questions import retire_question, save_question
from synchromesh.assessment.queries.banks import find_bank, list_questions
from synchromesh.assessment.queries.instruments import find_draft, list_instruments
from synchromesh.catalogue.models import CoursePart
from synchromesh.plumbing.audit import Actor

pytestmark = pytest.mark.django_db


def _sees(test: Instrument, by: Actor) -> bool:
    """Whether somebody reads the bank."""
    return bool(list_questions(test.bank, visible_to=by))


def test_a_bank_is_read_by_authors_and_reviewers_of_its_course(person: User) -> None:
    test = a_test()
    parts = [give_part(a_person(part), test, part) for part in CoursePart]
    assert [_sees(test, by) for by in parts] == [True, False, True]
    assert [_sees(test, by) for by in (person, VISITOR, OPERATOR)] == [False, False, True]
    elsewhere = give_part(a_person("elsewhere"), a_test(), CoursePart.AUTHOR)
    assert not _sees(test, elsewhere)


def test_who_marks_sees_too_which_tests_there_are(person: User) -> None:
    test = a_test()
    for part in CoursePart:
        assert list_instruments(test.bank, visible_to=give_part(a_person(part), test, part)) == [test]
    assert list_instruments(test.bank, visible_to=VISITOR) == list_instruments(test.bank, visible_to=person) == []


def test_questions_are_found_by_kind_and_by_their_words() -> None:
    test = a_test("single", "order", "scale")

    def found(**asked: object) -> list[str]:
        return [one.key for one in list_questions(test.bank, visible_to=OPERATOR, **asked)]  # type: ignore[arg-type]

    assert found() == ["order", "scale", "single"]
    assert found(kinds=["scale", "order"]) == ["order", "scale"]
    assert found(words="CABLE high") == ["single"]
    assert found(words="kabel") == ["single"]
    assert found(words="cable nothing") == []


def test_only_the_newest_revision_is_listed() -> None:
    test = a_test("single", "order")
    save_question(by=OPERATOR, bank=test.bank, document=a_document(points=2))
    retire_question(by=OPERATOR, bank=test.bank, key="order")
    assert [(one.key, one.revision) for one in list_questions(test.bank, visible_to=OPERATOR)] == [("single", 2)]


def test_drafts_and_published_tests_are_listed_apart() -> None:
    frozen = a_test("single")
    draft = copy_instrument(by=OPERATOR, instrument=frozen)
    assert find_draft(frozen.bank, "quiz") == draft
    assert list_instruments(frozen.bank, visible_to=OPERATOR, is_draft=False) == [frozen]
    assert list_instruments(frozen.bank, visible_to=OPERATOR, is_draft=True) == [draft]


def test_a_bank_is_found_by_its_course() -> None:
    bank = a_bank()
    assert bank.course is not None
    assert find_bank(bank.course) == bank

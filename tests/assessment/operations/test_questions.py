"""Questions in revisions: what somebody takes never changes under them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.assessment.records import a_bank, a_person, a_test, give_part
from tests.learning.question_documents import DOCUMENTS, a_document
from tests.records import a_course, a_skill

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import PartQuestion, Question
from synchromesh.assessment.operations.instruments import save_instrument
from synchromesh.assessment.operations.questions import open_bank, retire_question, save_question
from synchromesh.assessment.queries.question_values import question_value
from synchromesh.catalogue.models import CoursePart
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed, NotFound
from synchromesh.plumbing.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_course_has_one_bank(person: User) -> None:
    course = a_course("welding")
    assert open_bank(by=OPERATOR, course=course) == open_bank(by=OPERATOR, course=course)
    assert AuditEvent.objects.filter(action="open_bank").count() == 1
    with pytest.raises(NotAllowed):
        open_bank(by=person, course=course)


def test_a_question_of_each_kind_is_kept_as_it_was_written() -> None:
    bank = a_bank()
    for kind in DOCUMENTS:
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
        stored = bank.questions.get(key=kind)
        value = question_value(stored)
        assert (stored.kind, stored.points, value.key) == (kind, value.points, kind)


def test_a_question_that_nobody_uses_is_written_anew_in_place() -> None:
    bank = a_bank()
    first = save_question(by=OPERATOR, bank=bank, document=a_document(points=1))
    second = save_question(by=OPERATOR, bank=bank, document=a_document(points=3))
    assert (second.pk, second.revision, second.points) == (first.pk, 1, Decimal(3))
    assert [event.details["revision"] for event in AuditEvent.objects.filter(action="save_question")] == [1, 1]


def test_the_same_question_again_changes_nothing() -> None:
    bank = a_bank()
    for kind in DOCUMENTS:
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
        before = AuditEvent.objects.count()
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
        assert AuditEvent.objects.count() == before, kind


def test_a_question_of_a_frozen_test_gets_another_revision_which_only_drafts_take() -> None:
    frozen = a_test("single")
    old = Question.objects.get()
    draft = save_instrument(
        by=OPERATOR, bank=frozen.bank, key="draft", purpose="quiz", titles={"en": "D"}, parts=[(1, ["single"])]
    )
    new = save_question(by=OPERATOR, bank=frozen.bank, document=a_document(points=5))
    old.refresh_from_db()
    assert (new.revision, new.points, old.points) == (2, Decimal(5), Decimal(1))
    assert old.replaced_at is not None
    asked = {entry.part.instrument_id: entry.question_id for entry in PartQuestion.objects.all()}
    assert asked == {frozen.pk: old.pk, draft.pk: new.pk}


def test_a_retired_question_stays_in_frozen_tests_and_may_come_back() -> None:
    frozen = a_test("single")
    retire_question(by=OPERATOR, bank=frozen.bank, key="single")
    assert PartQuestion.objects.count() == 1
    with pytest.raises(NotFound):
        retire_question(by=OPERATOR, bank=frozen.bank, key="single")
    assert save_question(by=OPERATOR, bank=frozen.bank, document=a_document()).revision == 2


def test_a_question_of_a_draft_is_not_retired() -> None:
    draft = a_test("single", frozen=False)
    with pytest.raises(Conflict, match="Quiz"):
        retire_question(by=OPERATOR, bank=draft.bank, key="single")


def test_a_question_names_a_skill_of_the_framework() -> None:
    skill, bank = a_skill("weld"), a_bank()
    saved = save_question(by=OPERATOR, bank=bank, document=a_document(skill="weld", level=2))
    assert (saved.skill, saved.level) == (skill, 2)
    with pytest.raises(InvalidInput) as refused:
        save_question(by=OPERATOR, bank=bank, document=a_document(skill="paint"))
    assert refused.value.field == "skill"


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (a_document(choices=[]), "choices"),
        (a_document("file", endings=["exe"]), "endings"),
        ({"key": "x", "kind": "riddle"}, "kind"),
    ],
)
def test_a_document_with_a_fault_is_refused_with_its_field(document: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_question(by=OPERATOR, bank=a_bank(), document=document)
    assert refused.value.field == field
    assert not Question.objects.exists()


def test_only_authors_change_questions(person: User) -> None:
    test = a_test("single")
    for part in (CoursePart.TUTOR, CoursePart.REVIEWER):
        with pytest.raises(NotAllowed):
            save_question(by=give_part(a_person(part), test, part), bank=test.bank, document=a_document())
    with pytest.raises(NotAllowed):
        retire_question(by=person, bank=test.bank, key="single")
    author = give_part(person, test, CoursePart.AUTHOR)
    assert save_question(by=author, bank=test.bank, document=a_document(points=2)).made_by == author.public_id

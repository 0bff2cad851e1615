"""Tests as drafts, frozen, and copied."""

from __future__ import annotations

from typing import Any

import pytest
from tests.assessment.records import a_bank, a_test
from tests.learning.question_documents import a_document

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import OPERATOR
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.instruments import (
    copy_instrument,
    discard_instrument,
    freeze_instrument,
    save_instrument,
)
from synchromesh.assessment.operations.questions import retire_question, save_question
from synchromesh.assessment.queries.instruments import list_parts, question_count, question_counts
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def _keys(instrument: Instrument) -> list[tuple[int, list[tuple[str, int]]]]:
    return [(count, [(q.key, q.revision) for q in pool]) for count, pool in list_parts(instrument)]


def test_a_draft_is_written_over_and_has_its_parts_in_order() -> None:
    draft = a_test("single", "multiple", "order", frozen=False)
    again = save_instrument(
        by=OPERATOR,
        bank=draft.bank,
        key="quiz",
        purpose="final-test",
        titles={"en": "Final", "de": ""},
        minutes=30,
        pass_percent=80,
        parts=[(1, ["order", "single"]), (1, ["multiple"])],
    )
    assert again.pk == draft.pk
    assert (again.titles, again.minutes) == ({"en": "Final"}, 30)
    assert _keys(again) == [(1, [("order", 1), ("single", 1)]), (1, [("multiple", 1)])]
    assert question_count(again) == question_counts([again])[again.pk] == 2


def test_a_frozen_test_never_changes_and_another_draft_stands_beside_it() -> None:
    frozen = a_test("single")
    with pytest.raises(Conflict):
        save_instrument(
            by=OPERATOR, bank=frozen.bank, key="quiz", purpose="quiz", titles={"en": "X"}, instrument=frozen
        )
    draft = save_instrument(by=OPERATOR, bank=frozen.bank, key="quiz", purpose="quiz", titles={"en": "X"})
    assert draft.pk != frozen.pk
    frozen.refresh_from_db()
    assert frozen.titles == {"en": "Quiz"}
    assert freeze_instrument(by=OPERATOR, instrument=frozen).frozen_at == frozen.frozen_at


def test_a_test_without_questions_is_not_frozen() -> None:
    draft = a_test(frozen=False, parts=[])
    with pytest.raises(Conflict):
        freeze_instrument(by=OPERATOR, instrument=draft)


def test_a_copy_takes_the_newest_revisions_and_leaves_out_retired_questions() -> None:
    frozen = a_test("single", "multiple", "order", parts=[(2, ["single", "multiple"]), (1, ["order"])], minutes=9)
    save_question(by=OPERATOR, bank=frozen.bank, document=a_document("single", points=4))
    for key in ("multiple", "order"):
        retire_question(by=OPERATOR, bank=frozen.bank, key=key)
    copied = copy_instrument(by=OPERATOR, instrument=frozen)
    assert _keys(copied) == [(1, [("single", 2)])]
    assert (copied.key, copied.minutes, copied.frozen_at) == ("quiz", 9, None)
    assert copy_instrument(by=OPERATOR, instrument=frozen).pk == copied.pk
    assert copy_instrument(by=OPERATOR, instrument=copied, key="other").key == "other"
    with pytest.raises(Conflict):
        copy_instrument(by=OPERATOR, instrument=copied)


def test_only_drafts_are_discarded() -> None:
    frozen = a_test("single")
    draft = copy_instrument(by=OPERATOR, instrument=frozen)
    discard_instrument(by=OPERATOR, instrument=draft)
    with pytest.raises(Conflict):
        discard_instrument(by=OPERATOR, instrument=frozen)
    assert list(Instrument.objects.all()) == [frozen]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "Two words"}, "key"),
        ({"titles": {"en": ""}}, "titles"),
        ({"purpose": "party"}, "purpose"),
        ({"feedback": "soon"}, "feedback"),
        ({"attempt_rule": "worst"}, "attempt_rule"),
        ({"minutes": 0}, "minutes"),
        ({"attempts_allowed": 101}, "attempts_allowed"),
        ({"pass_percent": 101}, "pass_percent"),
        ({"purpose": "questionnaire", "pass_percent": 50}, "pass_percent"),
        ({"parts": [(1, ["scale"])], "pass_percent": 50}, "pass_percent"),
        ({"parts": [(1, ["single", "single"])]}, "parts"),
        ({"parts": [(1, ["single"]), (1, ["single"])]}, "parts"),
        ({"parts": [(2, ["single"])]}, "parts"),
        ({"parts": [(0, ["single"])]}, "parts"),
        ({"parts": [(1, ["nothing"])]}, "parts"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(changes: dict[str, Any], field: str) -> None:
    bank = a_bank()
    for kind in ("single", "scale"):
        save_question(by=OPERATOR, bank=bank, document=a_document(kind))
    good: dict[str, Any] = {"key": "quiz", "purpose": "quiz", "titles": {"en": "Quiz"}, "parts": [(1, ["single"])]}
    with pytest.raises(InvalidInput) as refused:
        save_instrument(by=OPERATOR, bank=bank, **(good | changes))
    assert refused.value.field == field
    assert not Instrument.objects.exists()


def test_only_authors_change_tests(person: User) -> None:
    frozen = a_test("single")
    draft = copy_instrument(by=OPERATOR, instrument=frozen)
    for operation in (freeze_instrument, copy_instrument, discard_instrument):
        with pytest.raises(NotAllowed):
            operation(by=person, instrument=draft)
    with pytest.raises(NotAllowed):
        save_instrument(by=person, bank=frozen.bank, key="quiz", purpose="quiz", titles={"en": "X"})

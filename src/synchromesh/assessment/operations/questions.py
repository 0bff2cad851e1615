"""Edit question banks. A revision that was answered, or that a frozen test uses, stays: editing makes the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument, PartQuestion, Question, QuestionBank
from synchromesh.assessment.operations.answer_types import ACCEPTED_ENDINGS
from synchromesh.assessment.permissions import may_edit_bank
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_author_course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.question_documents import read_question, write_question
from synchromesh.engine.vocabulary.questions import FileAnswer
from synchromesh.engine.vocabulary.questions import Question as QuestionValue
from synchromesh.framework.models import Skill
from synchromesh.plumbing import audit

_ONLY_AUTHORS = "Only authors of the course can change its questions and tests."


def open_bank(*, by: audit.Actor, course: Course) -> QuestionBank:
    """The question bank of a course, made when there is none. Raises NotAllowed for who does not author the course."""
    require(may_author_course(by, course), _ONLY_AUTHORS)
    found = QuestionBank.objects.filter(course=course).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = QuestionBank.objects.create(course=course, titles=course.titles)
            audit.record(by=by, action="open_bank", kind="question-bank", uid=made.uid, course=course.slug)
    except IntegrityError:  # somebody else opened it at the same moment
        return QuestionBank.objects.get(course=course)
    return made


def save_question(*, by: audit.Actor, bank: QuestionBank, document: Mapping[str, Any]) -> Question:
    """Write a question: a new one, the present revision anew, or the next revision where the present one is in use.

    In use is what a frozen instrument holds or somebody answered. Drafts of instruments go on with the new revision;
    the same document again changes nothing. `document` has the shape that `engine.vocabulary.question_documents` reads.
    Raises NotAllowed, and InvalidInput with the first fault of the document or for a skill that is not known.
    """
    require(may_edit_bank(by, bank), _ONLY_AUTHORS)
    value = _checked(document)
    columns = _columns(value)
    with transaction.atomic():
        lock_bank(bank)
        present = Question.objects.filter(bank=bank, key=value.key, replaced_at=None).first()
        if present is not None and all(getattr(present, name) == given for name, given in columns.items()):
            return present
        if present is None or _is_in_use(present):
            saved = _next_revision(bank, value.key, present, columns, made_by=by.public_id)
        else:
            saved = present
            for name, given in columns.items():
                setattr(saved, name, given)
            saved.save(update_fields=list(columns))
        audit.record(
            by=by, action="save_question", kind="question", uid=saved.uid, key=saved.key, revision=saved.revision
        )
    return saved


def retire_question(*, by: audit.Actor, bank: QuestionBank, key: str) -> None:
    """Take a question out of the bank; tests that are frozen and attempts keep it.

    Raises NotAllowed, NotFound, and Conflict while a draft of a test uses it.
    """
    require(may_edit_bank(by, bank), _ONLY_AUTHORS)
    with transaction.atomic():
        lock_bank(bank)
        present = Question.objects.filter(bank=bank, key=key, replaced_at=None).first()
        if present is None:
            raise NotFound("There is no such question in this bank.")
        drafts = Instrument.objects.filter(frozen_at=None, parts__entries__question=present).distinct()
        if names := ", ".join(str(draft) for draft in drafts):
            raise Conflict(f"This question is used in: {names}. Take it out there first.")
        present.replaced_at = timezone.now()
        present.save(update_fields=["replaced_at"])
        audit.record(by=by, action="retire_question", kind="question", uid=present.uid, key=key)


def lock_bank(bank: QuestionBank) -> None:
    """Let the changes of one bank come one after the other, inside the caller's transaction."""
    QuestionBank.objects.select_for_update(no_key=True).get(pk=bank.pk)


def _checked(document: Mapping[str, Any]) -> QuestionValue:
    value, problems = read_question(document)
    if value is None:
        first = problems[0]
        raise InvalidInput(f"{first.position}: {first.message}", field=first.field or None)
    if isinstance(value.body, FileAnswer):
        refused = sorted(set(value.body.endings) - ACCEPTED_ENDINGS.keys())
        if refused:
            known = ", ".join(sorted(ACCEPTED_ENDINGS))
            raise InvalidInput(f"Files ending in .{refused[0]} are not taken. Possible are: {known}.", field="endings")
    return value


def _columns(value: QuestionValue) -> dict[str, Any]:
    skill = Skill.objects.filter(slug=value.skill).first() if value.skill else None
    if value.skill and skill is None:
        raise InvalidInput(f"There is no skill '{value.skill[:80]}' in the framework.", field="skill")
    return {
        "kind": value.kind.value,
        "document": write_question(value),
        "points": value.points,
        "skill": skill,
        "level": value.level,
    }


def _is_in_use(question: Question) -> bool:
    frozen = question.entries.exclude(part__instrument__frozen_at=None)
    return frozen.exists() or question.responses.exists()


def _next_revision(
    bank: QuestionBank, key: str, present: Question | None, columns: Mapping[str, Any], *, made_by: str
) -> Question:
    """Put a revision in the place of the present one, in the drafts of instruments too."""
    last = Question.objects.filter(bank=bank, key=key).order_by("-revision").values_list("revision", flat=True).first()
    if present is not None:
        present.replaced_at = timezone.now()
        present.save(update_fields=["replaced_at"])
    made = Question.objects.create(bank=bank, key=key, revision=(last or 0) + 1, made_by=made_by, **columns)
    if present is not None:
        PartQuestion.objects.filter(question=present, part__instrument__frozen_at=None).update(question=made)
    return made

"""Question banks and their questions, with their keys: for authors and reviewers only."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from synchromesh.assessment.models import Instrument, Question, QuestionBank, TimeAllowance
from synchromesh.assessment.permissions import may_mark, may_read_bank
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def find_bank(course: Course) -> QuestionBank | None:
    """The question bank of a course, or None where nobody has opened it."""
    return QuestionBank.objects.select_related("course__provider").filter(course=course).first()


def get_bank(uid: str | UUID, *, visible_to: Actor) -> QuestionBank:
    """One bank, for whoever may read it. Raises NotFound, also for everybody else."""
    wanted = read_uid(uid, missing="There is no such question bank.")
    found = QuestionBank.objects.select_related("course__provider", "organisation").filter(uid=wanted).first()
    if found is None or not may_read_bank(visible_to, found):
        raise NotFound("There is no such question bank.")
    return found


def list_questions(
    bank: QuestionBank, *, visible_to: Actor, kinds: Collection[str] = (), words: str = ""
) -> list[Question]:
    """The present revisions by key, of some kinds, or with words in their key or prompt; none for who may not read."""
    if not may_read_bank(visible_to, bank):
        return []
    found = Question.objects.filter(bank=bank, replaced_at=None).select_related("skill").order_by("key")
    if kinds:
        found = found.filter(kind__in=kinds)
    wanted = words.casefold().split()
    return [question for question in found if all(word in _searched(question) for word in wanted)]


def get_question(bank: QuestionBank, key: str, *, visible_to: Actor) -> Question:
    """The present revision of a question. Raises NotFound, also for who may not read the bank."""
    found = Question.objects.filter(bank=bank, key=key, replaced_at=None).select_related("skill").first()
    if found is None or not may_read_bank(visible_to, bank):
        raise NotFound("There is no such question in this bank.")
    return found


def list_revisions(bank: QuestionBank, key: str, *, visible_to: Actor) -> list[Question]:
    """All revisions of a question, newest first; none for who may not read the bank."""
    if not may_read_bank(visible_to, bank):
        return []
    return list(Question.objects.filter(bank=bank, key=key).order_by("-revision"))


def where_used(question: Question, *, visible_to: Actor) -> list[Instrument]:
    """The instruments that ask this revision of a question, drafts first; none for who may not read the bank."""
    if not may_read_bank(visible_to, question.bank):
        return []
    found = Instrument.objects.filter(parts__entries__question=question).distinct()
    return sorted(found, key=lambda instrument: (instrument.frozen_at is not None, instrument.key, instrument.pk))


def list_time_allowances(bank: QuestionBank, *, visible_to: Actor) -> list[TimeAllowance]:
    """Who has more time in the tests of a bank, by name; none for who may not mark."""
    if not may_mark(visible_to, bank):
        return []
    found = TimeAllowance.objects.filter(bank=bank).select_related("person")
    return list(found.order_by("person__name", "pk"))


def _searched(question: Question) -> str:
    prompts = question.document.get("prompts") or {}
    return " ".join([question.key, *map(str, prompts.values())]).casefold()

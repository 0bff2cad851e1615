"""Question banks and their questions, with their keys: for authors and reviewers only."""

from __future__ import annotations

from collections.abc import Collection

from synchromesh.assessment.models import Question, QuestionBank
from synchromesh.assessment.permissions import may_read_bank
from synchromesh.catalogue.models import Course
from synchromesh.plumbing.audit import Actor


def find_bank(course: Course) -> QuestionBank | None:
    """The question bank of a course, or None where nobody has opened it."""
    return QuestionBank.objects.select_related("course__provider").filter(course=course).first()


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


def _searched(question: Question) -> str:
    prompts = question.document.get("prompts") or {}
    return " ".join([question.key, *map(str, prompts.values())]).casefold()

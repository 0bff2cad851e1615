"""Who may do what with questions, attempts and marks. Deny by default: what is not said here is refused."""

from __future__ import annotations

from synchromesh.accounts.models import User
from synchromesh.accounts.permissions import may_edit_for_organisation
from synchromesh.assessment.models import Attempt, QuestionBank
from synchromesh.catalogue.permissions import may_author_course, may_review_course, may_tutor_course
from synchromesh.plumbing.audit import Actor


def may_edit_bank(by: Actor, bank: QuestionBank) -> bool:
    """Authors of its course, or editors of its organisation."""
    if bank.course is not None:
        return may_author_course(by, bank.course)
    return bank.organisation is not None and may_edit_for_organisation(by, bank.organisation)


def may_read_bank(by: Actor, bank: QuestionBank) -> bool:
    """Who edits it, and the reviewers of its course: questions with their keys."""
    return may_edit_bank(by, bank) or (bank.course is not None and may_review_course(by, bank.course))


def owns_attempt(by: Actor, attempt: Attempt) -> bool:
    """The person who takes it, nobody else."""
    return isinstance(by, User) and by.is_active and by.pk == attempt.person_id


def may_mark(by: Actor, bank: QuestionBank) -> bool:
    """Tutors of the course, or who edits the bank: they read answers and results of all."""
    return may_edit_bank(by, bank) or (bank.course is not None and may_tutor_course(by, bank.course))

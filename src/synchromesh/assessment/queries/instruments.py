"""Tests, quizzes, assignments and questionnaires: what is put to a learner, for those who edit them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Sum

from synchromesh.assessment.models import Instrument, Question, QuestionBank
from synchromesh.assessment.permissions import may_mark, may_read_bank
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


def get_instrument(uid: str | UUID, *, visible_to: Actor) -> Instrument:
    """One instrument, for whoever may read its bank. Raises NotFound, also for everybody else."""
    wanted = read_uid(uid, missing="There is no such test.")
    found = Instrument.objects.select_related("bank__course__provider", "bank__organisation").filter(uid=wanted).first()
    if found is None or not may_read_bank(visible_to, found.bank):
        raise NotFound("There is no such test.")
    return found


def list_instruments(bank: QuestionBank, *, visible_to: Actor, is_draft: bool | None = None) -> list[Instrument]:
    """The instruments of a bank by key, newest first among those of one key, without their questions.

    None for who may neither read the bank nor mark. `is_draft` asks for drafts only, or for frozen ones only.
    """
    if not (may_read_bank(visible_to, bank) or may_mark(visible_to, bank)):
        return []
    found = Instrument.objects.filter(bank=bank)
    if is_draft is not None:
        found = found.filter(frozen_at__isnull=is_draft)
    return list(found.order_by("key", "-pk"))


def find_draft(bank: QuestionBank, key: str) -> Instrument | None:
    """The draft with that key, or None. The caller has asked whether the bank may be read."""
    return Instrument.objects.filter(bank=bank, key=key, frozen_at=None).order_by("pk").first()


def list_parts(instrument: Instrument) -> list[tuple[int, list[Question]]]:
    """How many questions are drawn and from which, part by part. The caller has asked whether the bank may be read."""
    parts = instrument.parts.prefetch_related("entries__question__skill")
    return [(part.count, [entry.question for entry in part.entries.all()]) for part in parts]


def question_count(instrument: Instrument) -> int:
    """How many questions one attempt asks."""
    return int(instrument.parts.aggregate(count=Sum("count"))["count"] or 0)


def question_counts(instruments: Collection[Instrument]) -> dict[int, int]:
    """How many questions one attempt asks, by the primary key of the instrument; one query for all."""
    found = Instrument.objects.filter(pk__in=[one.pk for one in instruments]).annotate(count=Sum("parts__count"))
    return {pk: count or 0 for pk, count in found.order_by().values_list("pk", "count")}

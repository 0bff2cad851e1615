"""Tests, quizzes, assignments and questionnaires: what is put to a learner, for those who edit them."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from django.db.models import Prefetch, Sum

from synchromesh.assessment.models import Instrument, InstrumentPart, PartQuestion, Question, QuestionBank
from synchromesh.assessment.permissions import may_mark, may_read_bank
from synchromesh.plumbing.audit import Actor

KEPT_INSTRUMENTS = 1024
"""Of how many frozen instruments a process keeps the number of questions."""


def list_instruments(bank: QuestionBank, *, visible_to: Actor, is_draft: bool | None = None) -> list[Instrument]:
    """The instruments of a bank by key, newest first among those of one key, without their questions.

    None for who may neither read the bank nor mark. `is_draft` asks for drafts only, or for frozen ones only.
    """
    if not (may_read_bank(visible_to, bank) or may_mark(visible_to, bank)):
        return []
    found = Instrument.objects.filter(bank=bank)
    if is_draft is not None:
        found = found.filter(frozen_at__isnull=is_draft)
    listed = list(found.order_by("key", "-pk"))
    for instrument in listed:
        instrument.bank = bank  # which is known, with its course, so that nothing asks for it again
    return listed


def find_draft(bank: QuestionBank, key: str) -> Instrument | None:
    """The draft with that key, or None. The caller has asked whether the bank may be read."""
    return Instrument.objects.filter(bank=bank, key=key, frozen_at=None).order_by("pk").first()


def list_parts(instrument: Instrument) -> list[tuple[int, list[Question]]]:
    """How many questions are drawn and from which, part by part. The caller has asked whether the bank may be read."""
    entries = PartQuestion.objects.select_related("question__skill").order_by("position")
    parts = instrument.parts.prefetch_related(Prefetch("entries", queryset=entries))
    return [(part.count, [entry.question for entry in part.entries.all()]) for part in parts]


def question_count(instrument: Instrument) -> int:
    """How many questions one attempt asks. One query, none for a frozen instrument whose number is kept."""
    if instrument.frozen_at is None:
        return _count(instrument.pk)
    return _kept_count(instrument.pk, instrument.uid)


@lru_cache(maxsize=KEPT_INSTRUMENTS)
def _kept_count(pk: int, uid: UUID) -> int:
    """By uid as well, which no other instrument ever gets; the number of a row may be given again."""
    del uid
    return _count(pk)


def _count(pk: int) -> int:
    return int(InstrumentPart.objects.filter(instrument=pk).aggregate(count=Sum("count"))["count"] or 0)


def question_counts(instruments: Collection[Instrument]) -> dict[int, int]:
    """How many questions one attempt asks, by the primary key of the instrument; one query for all."""
    found = Instrument.objects.filter(pk__in=[one.pk for one in instruments]).annotate(count=Sum("parts__count"))
    return {pk: count or 0 for pk, count in found.order_by().values_list("pk", "count")}

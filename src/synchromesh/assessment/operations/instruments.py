"""Edit tests, quizzes, assignments and questionnaires; a frozen one never changes, its copy does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import (
    AttemptRule,
    FeedbackTime,
    Instrument,
    InstrumentPart,
    PartQuestion,
    Purpose,
    Question,
    QuestionBank,
)
from synchromesh.assessment.operations.questions import lock_bank
from synchromesh.assessment.permissions import may_edit_bank
from synchromesh.assessment.queries.instruments import find_draft
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.vocabulary.slugs import is_slug
from synchromesh.plumbing import audit

Parts = Sequence[tuple[int, Sequence[str]]]
"""How many questions are drawn, and the keys of those from which they are."""

MOST_MINUTES = 7 * 24 * 60
MOST_ATTEMPTS = 100
MOST_QUESTIONS = 500
"""Of one instrument, all pools together."""
_ONLY_AUTHORS = "Only authors of the course can change its questions and tests."
_COPIED = (
    "purpose", "titles", "introductions", "minutes", "attempts_allowed", "attempt_rule", "pass_percent",
    "shuffle_questions", "shuffle_choices", "feedback",
)  # fmt: skip


def save_instrument(
    *,
    by: audit.Actor,
    bank: QuestionBank,
    key: str,
    purpose: str,
    titles: Mapping[str, str],
    introductions: Mapping[str, str] | None = None,
    minutes: int | None = None,
    attempts_allowed: int | None = None,
    attempt_rule: str = AttemptRule.BEST,
    pass_percent: int | None = None,
    shuffle_questions: bool = False,
    shuffle_choices: bool = True,
    feedback: str = FeedbackTime.AFTER_END,
    parts: Parts = (),
    instrument: Instrument | None = None,
) -> Instrument:
    """Write an instrument: the given one, else the draft with that key, else a new draft.

    A frozen one with the same key stays beside it. Raises NotAllowed, InvalidInput with the field, and Conflict where
    the given instrument is frozen or its new key is taken by another draft.
    """
    require(may_edit_bank(by, bank), _ONLY_AUTHORS)
    columns: dict[str, Any] = {
        "purpose": purpose,
        "titles": {language: text for language, text in titles.items() if text},
        "introductions": {language: text for language, text in (introductions or {}).items() if text},
        "minutes": minutes,
        "attempts_allowed": attempts_allowed,
        "attempt_rule": attempt_rule,
        "pass_percent": pass_percent,
        "shuffle_questions": shuffle_questions,
        "shuffle_choices": shuffle_choices,
        "feedback": feedback,
    }
    _check(key, columns)
    with transaction.atomic():
        lock_bank(bank)
        pools = _pools(bank, parts)
        _check_pools(pools, columns)
        draft = _draft_to_write(bank, key, instrument)
        _write(draft, columns, pools)
        audit.record(by=by, action="save_instrument", kind="instrument", uid=draft.uid, key=key)
    return draft


def freeze_instrument(*, by: audit.Actor, instrument: Instrument, now: datetime | None = None) -> Instrument:
    """Let an instrument never change again, so that learners can take it; one that is frozen stays as it is.

    Raises NotAllowed, and Conflict where there is nothing to ask.
    """
    require(may_edit_bank(by, instrument.bank), _ONLY_AUTHORS)
    with transaction.atomic():
        lock_bank(instrument.bank)
        locked = Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        if locked.frozen_at is not None:
            return locked
        if not locked.parts.exists():
            raise Conflict(f"'{locked}' has no questions. Choose some first.")
        locked.frozen_at = now or timezone.now()
        locked.save(update_fields=["frozen_at"])
        audit.record(by=by, action="freeze_instrument", kind="instrument", uid=locked.uid, key=locked.key)
    return locked


def copy_instrument(*, by: audit.Actor, instrument: Instrument, key: str | None = None) -> Instrument:
    """Make a draft like an instrument, with the newest revisions of its questions; retired questions fall out.

    `key` names the copy; without it the copy has the same key. A draft that has the key already is written over.
    Raises NotAllowed, and InvalidInput for a key that is none.
    """
    bank, name = instrument.bank, key or instrument.key
    require(may_edit_bank(by, bank), _ONLY_AUTHORS)
    columns = {column: getattr(instrument, column) for column in _COPIED}
    _check(name, columns)
    with transaction.atomic():
        lock_bank(bank)
        pools = _newest_pools(instrument)
        draft = _draft_to_write(bank, name, None)
        if draft.pk == instrument.pk:
            raise Conflict("This is a draft already. Give the copy another key.")
        _write(draft, columns, pools)
        audit.record(by=by, action="copy_instrument", kind="instrument", uid=draft.uid, source=str(instrument.uid))
    return draft


def discard_instrument(*, by: audit.Actor, instrument: Instrument) -> None:
    """Delete a draft. Raises NotAllowed, and Conflict for one that is frozen or that a unit of a course still uses."""
    require(may_edit_bank(by, instrument.bank), _ONLY_AUTHORS)
    try:
        with transaction.atomic():
            lock_bank(instrument.bank)
            locked = Instrument.objects.select_for_update().get(pk=instrument.pk)
            _require_draft(locked)
            locked.delete()
            audit.record(by=by, action="discard_instrument", kind="instrument", uid=instrument.uid, key=instrument.key)
    except ProtectedError:
        raise Conflict("A unit of a course uses this test. Take it out there first.") from None


def _require_draft(instrument: Instrument) -> None:
    if instrument.frozen_at is not None:
        raise Conflict("This test is published with its course, so that it never changes. Edit a copy of it.")


def _check(key: str, columns: Mapping[str, Any]) -> None:
    """Raise InvalidInput for the first column that is wrong."""
    if not is_slug(key) or len(key) > 80:
        raise InvalidInput("A key has lower-case letters a to z, digits and hyphens, 80 at most.", field="key")
    if not columns["titles"]:
        raise InvalidInput("Give it a title.", field="titles")
    choices = {"purpose": Purpose, "attempt_rule": AttemptRule, "feedback": FeedbackTime}
    for name, known in choices.items():
        if columns[name] not in known.values:
            raise InvalidInput(f"Choose one of: {', '.join(known.values)}.", field=name)
    bounds = {"minutes": MOST_MINUTES, "attempts_allowed": MOST_ATTEMPTS, "pass_percent": 100}
    for name, most in bounds.items():
        if columns[name] is not None and not 1 <= columns[name] <= most:
            raise InvalidInput(f"The number must be from 1 to {most:,}, or empty.", field=name)
    if columns["purpose"] == Purpose.QUESTIONNAIRE and columns["pass_percent"] is not None:
        raise InvalidInput(
            "A questionnaire has no result, so that nobody passes it. Leave this empty.", field="pass_percent"
        )


def _pools(bank: QuestionBank, parts: Parts) -> list[tuple[int, list[Question]]]:
    """The questions behind the keys. Raises InvalidInput for unknown ones, doubles, and more drawn than there are."""
    wanted = [key for _, keys in parts for key in keys]
    doubled = next((key for key in wanted if wanted.count(key) > 1), None)
    if doubled is not None:
        raise InvalidInput(f"The question '{doubled[:80]}' stands twice. Keep one.", field="parts")
    if len(wanted) > MOST_QUESTIONS:
        raise InvalidInput(f"At most {MOST_QUESTIONS} questions, please.", field="parts")
    found = {
        question.key: question for question in Question.objects.filter(bank=bank, replaced_at=None, key__in=wanted)
    }
    missing = next((key for key in wanted if key not in found), None)
    if missing is not None:
        raise InvalidInput(f"There is no question '{missing[:80]}' in this bank.", field="parts")
    for count, keys in parts:
        if not 1 <= count <= len(keys):
            raise InvalidInput(f"From {len(keys)} questions, {count} cannot be drawn.", field="parts")
    return [(count, [found[key] for key in keys]) for count, keys in parts]


def _check_pools(pools: Sequence[tuple[int, Sequence[Question]]], columns: Mapping[str, Any]) -> None:
    if pools and columns["pass_percent"] is not None and not any(q.points for _, pool in pools for q in pool):
        raise InvalidInput("None of these questions gives points, so that nobody could pass.", field="pass_percent")


def _newest_pools(instrument: Instrument) -> list[tuple[int, list[Question]]]:
    """The pools with the present revision of each question, without those that were retired."""
    present = {q.key: q for q in Question.objects.filter(bank=instrument.bank, replaced_at=None)}
    pools: list[tuple[int, list[Question]]] = []
    for part in instrument.parts.prefetch_related("entries__question"):
        kept = [present[entry.question.key] for entry in part.entries.all() if entry.question.key in present]
        if kept:
            pools.append((min(part.count, len(kept)), kept))
    return pools


def _draft_to_write(bank: QuestionBank, key: str, given: Instrument | None) -> Instrument:
    """The given instrument, the draft with the key, or a new one that is not saved yet. Raises Conflict."""
    draft = find_draft(bank, key)
    if given is None:
        return draft or Instrument(bank=bank, key=key)
    locked = Instrument.objects.select_for_update(no_key=True).get(pk=given.pk, bank=bank)
    _require_draft(locked)
    if draft is not None and draft.pk != locked.pk:
        raise Conflict(f"Another test of this bank has the key '{key}'. Choose another one.")
    locked.key = key
    return locked


def _write(draft: Instrument, columns: Mapping[str, Any], pools: Sequence[tuple[int, Sequence[Question]]]) -> None:
    for name, given in columns.items():
        setattr(draft, name, given)
    draft.save()
    draft.parts.all().delete()
    for position, (count, pool) in enumerate(pools, start=1):
        part = InstrumentPart.objects.create(instrument=draft, position=position, count=count)
        PartQuestion.objects.bulk_create(
            PartQuestion(part=part, question=question, position=place) for place, question in enumerate(pool, start=1)
        )

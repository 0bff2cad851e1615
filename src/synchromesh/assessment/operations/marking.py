"""Mark answers by their rubric. A new mark never erases the former; the result is computed anew with every one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Attempt, Mark, Response
from synchromesh.assessment.operations.ending import RESULT_COLUMNS, set_result
from synchromesh.assessment.operations.open_attempts import lock_attempts
from synchromesh.assessment.permissions import owns_attempt
from synchromesh.assessment.queries.marking import WHOLE_ANSWER, get_marking, latest_marks, rubric_of
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.scoring.answers import is_empty, read_answer
from synchromesh.engine.vocabulary.questions import Criterion
from synchromesh.plumbing import audit
from synchromesh.plumbing.plain_words import read_paragraphs

LONGEST_COMMENT = 5_000
"""Characters of one comment."""


def mark_response(
    *,
    by: audit.Actor,
    attempt_uid: str | UUID,
    position: int,
    marks: Mapping[str, Decimal],
    comment: str = "",
    comments: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Attempt:
    """Give points for criteria of an answer, each one of the steps of its rubric; the first time for all of them.

    `comment` is about the whole answer, `comments` about criteria by their keys. When no answer of the attempt waits
    any more the attempt is finished; marking later computes its result anew. Raises NotFound (also for who may not
    mark), NotAllowed for one's own attempt, InvalidInput with the criterion, and Conflict for an empty answer.
    """
    moment = now or timezone.now()
    found = get_marking(attempt_uid, position, visible_to=by)
    require(not owns_attempt(by, found.response.attempt), "Nobody marks their own answers.")
    if is_empty(read_answer(found.question, found.answer)):
        raise Conflict("Nothing was answered here, so that there is nothing to mark.")
    rubric, said = rubric_of(found.question), _comments(comment, comments or {})
    _check(rubric, marks, said)
    with transaction.atomic():
        attempt = lock_attempts().get(pk=found.response.attempt_id)
        response = attempt.responses.get(position=position)
        former = {key: mark.points for key, mark in latest_marks(response.marks.order_by("pk")).items()}
        given = {criterion.key: marks.get(criterion.key, former.get(criterion.key)) for criterion in rubric}
        points = _total(rubric, given)
        rows = [(key, points_given, said.get(key, "")) for key, points_given in marks.items()]
        Mark.objects.bulk_create(
            Mark(response=response, criterion=key, points=gave, comment=text, marked_by=by.public_id, marked_at=moment)
            for key, gave, text in [*rows, (WHOLE_ANSWER, points, said[WHOLE_ANSWER])]
        )
        _write_points(attempt, response, points, now=moment)
        audit.record(by=by, action="mark_response", kind="attempt", uid=attempt.uid, position=position)
    return attempt


def _comments(whole: str, by_criterion: Mapping[str, str]) -> dict[str, str]:
    """What was said, tidied, by criterion; of the whole answer under WHOLE_ANSWER. Raises InvalidInput."""
    said = {key: read_paragraphs(text, most=LONGEST_COMMENT, field=key) for key, text in by_criterion.items()}
    whole_text = read_paragraphs(whole, most=LONGEST_COMMENT, field="comment")
    return {key: text for key, text in said.items() if text} | {WHOLE_ANSWER: whole_text}


def _check(rubric: Sequence[Criterion], marks: Mapping[str, Decimal], said: Mapping[str, str]) -> None:
    steps = {criterion.key: {step.points for step in criterion.steps} for criterion in rubric}
    for key, points in marks.items():
        if key not in steps:
            raise InvalidInput("The rubric of this question has no such criterion.", field=key)
        if not Decimal(points).is_finite() or points not in steps[key]:  # a signalling NaN has no hash
            possible = ", ".join(f"{step.normalize():f}" for step in sorted(steps[key]))
            raise InvalidInput(f"Give one of these points: {possible}.", field=key)
    for key in said:
        if key != WHOLE_ANSWER and key not in marks:
            raise InvalidInput("Give points for what you comment on.", field=key)


def _total(rubric: Sequence[Criterion], given: Mapping[str, Decimal | None]) -> Decimal:
    """The points of all criteria. Raises InvalidInput for one that has never been marked."""
    missing = next((criterion.key for criterion in rubric if given[criterion.key] is None), None)
    if missing is not None:
        raise InvalidInput("Give points for each criterion.", field=missing)
    return sum((points for points in given.values() if points is not None), Decimal(0))


def _write_points(attempt: Attempt, response: Response, points: Decimal, *, now: datetime) -> None:
    response.points, response.waits_for_mark = points, False
    response.save(update_fields=["points", "waits_for_mark"])
    set_result(attempt, list(attempt.responses.select_related("question").order_by("position")), now=now)
    attempt.save(update_fields=[*RESULT_COLUMNS])

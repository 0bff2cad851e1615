"""What came of an attempt: points, whether it is passed, how it went skill by skill, what still waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from synchromesh.assessment.models import Attempt, Purpose, Response
from synchromesh.assessment.queries.attempts import choose_counting, list_attempts
from synchromesh.assessment.queries.feedback_times import is_feedback_due
from synchromesh.framework.models import Skill

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillOutcome:
    """How the questions about one skill at one level went; `level` is None where they state none."""

    skill: Skill
    level: int | None
    points: Decimal
    most_points: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOutcome:
    """How one question went. `points` and `is_correct` are None while it waits, and when only the total is shown."""

    position: int
    is_answered: bool
    points: Decimal | None
    most_points: Decimal
    is_correct: bool | None
    waits_for_mark: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """The result of an attempt. `has_result` is False for a questionnaire; `is_finished` when nothing waits any more.

    Until then there are no points, percent (0 to 100, rounded down to hundredths) and outcomes by skill. `waiting` are
    the places of answers that wait for a person. `shows_feedback` says whether `question_views` gives feedback, and
    `counts` whether this attempt is the one that counts.
    """

    attempt: Attempt
    has_result: bool
    is_finished: bool
    points: Decimal | None
    most_points: Decimal | None
    percent: Decimal | None
    pass_percent: int | None
    passed: bool | None
    waiting: tuple[int, ...]
    skills: tuple[SkillOutcome, ...]
    questions: tuple[QuestionOutcome, ...]
    shows_feedback: bool
    attempts_left: int | None
    counts: bool


def list_responses(attempt: Attempt) -> list[Response]:
    """The responses of an attempt by place, with what result and views read of them. One query."""
    return list(attempt.responses.select_related("question__skill").order_by("position"))


def attempt_result(attempt: Attempt, responses: Sequence[Response] | None = None) -> AttemptResult:
    """The result of an attempt, from `attempts.get_attempt`, that is handed in; an open one has none yet.

    `responses` are those of `list_responses`, where the caller has read them.
    """
    instrument = attempt.instrument
    responses = list_responses(attempt) if responses is None else responses
    siblings = list_attempts(instrument=instrument, person=attempt.person, occasion=attempt.occasion)
    counting = choose_counting(instrument.attempt_rule, siblings)
    has_result = instrument.purpose != Purpose.QUESTIONNAIRE
    is_finished = attempt.marked_at is not None
    allowed = instrument.attempts_allowed
    is_shown = is_feedback_due(attempt)
    return AttemptResult(
        attempt=attempt,
        has_result=has_result,
        is_finished=is_finished,
        points=attempt.points,
        most_points=attempt.most_points,
        percent=percent_of(attempt.points, attempt.most_points),
        pass_percent=instrument.pass_percent,
        passed=attempt.passed,
        waiting=tuple(one.position for one in responses if one.waits_for_mark),
        skills=skill_outcomes(responses) if has_result and is_finished else (),
        questions=tuple(_outcome(one, shows_points=is_shown) for one in responses),
        shows_feedback=is_shown,
        attempts_left=None if allowed is None else max(0, allowed - len(siblings)),
        counts=counting is not None and counting.pk == attempt.pk,
    )


def percent_of(points: Decimal | None, most: Decimal | None) -> Decimal | None:
    """Points as percent, rounded down, so that nobody reads a pass mark that was not reached; None without points."""
    if points is None or not most:
        return None
    return (points * 100 / most).quantize(_HUNDREDTH, rounding=ROUND_DOWN)


def skill_outcomes(responses: Iterable[Response]) -> tuple[SkillOutcome, ...]:
    """Points of marked responses by skill and level, by slug of the skill; questions without points are left out."""
    sums: dict[tuple[str, int], list[Response]] = {}
    for response in responses:
        question = response.question
        if question.skill is not None and question.points:
            sums.setdefault((question.skill.slug, question.level or 0), []).append(response)
    return tuple(_skill_outcome(sums[key]) for key in sorted(sums))


def _skill_outcome(responses: list[Response]) -> SkillOutcome:
    first = responses[0].question
    if first.skill is None:
        raise ValueError("These responses are about no skill.")
    points = sum((one.points or Decimal(0) for one in responses), Decimal(0))
    most = sum((one.question.points for one in responses), Decimal(0))
    percent = percent_of(points, most) or Decimal(0)
    return SkillOutcome(skill=first.skill, level=first.level, points=points, most_points=most, percent=percent)


def _outcome(response: Response, *, shows_points: bool) -> QuestionOutcome:
    return QuestionOutcome(
        position=response.position,
        is_answered=response.answer is not None,
        points=response.points if shows_points else None,
        most_points=response.question.points,
        is_correct=response.is_correct if shows_points else None,
        waits_for_mark=response.waits_for_mark,
    )

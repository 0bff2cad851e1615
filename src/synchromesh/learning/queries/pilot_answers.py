"""How the answers to a questionnaire spread, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from synchromesh.assessment.models import Instrument, Question, Response
from synchromesh.assessment.queries.question_values import question_value
from synchromesh.engine.vocabulary.questions import Choices, Scale
from synchromesh.engine.vocabulary.questions import Question as QuestionValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceCount:
    """One answer that could be picked, how often it was, and its share of those who answered."""

    key: str
    texts: Mapping[str, str]
    count: int
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSpread:
    """One question that `n` people answered. `choices` and `words` are empty where these are fewer than five.

    `words` are answers in words, in the order of the alphabet, so that nobody is told from the order.
    """

    key: str
    kind: str
    prompts: Mapping[str, str]
    n: int
    is_shown: bool
    choices: tuple[ChoiceCount, ...]
    words: tuple[str, ...]


def question_spreads(instrument: Instrument, occasions: Sequence[UUID], *, least: int) -> Iterable[QuestionSpread]:
    """The questions of a questionnaire in order, with the answers of those who took it on these occasions.

    Of each person the latest attempt that was handed in counts. Two questions to the database.
    """
    questions = Question.objects.filter(entries__part__instrument=instrument)
    ordered = questions.order_by("entries__part__position", "entries__position", "pk")
    given: dict[int, dict[UUID, Any]] = {}
    responses = Response.objects.filter(
        attempt__instrument=instrument, attempt__occasion__in=occasions, attempt__submitted_at__isnull=False
    )
    columns = ("question_id", "attempt__occasion", "answer")
    for question_id, occasion, answer in responses.order_by("attempt__number").values_list(*columns):
        given.setdefault(question_id, {})[occasion] = answer
    for question in dict.fromkeys(ordered):
        answers = [answer for answer in given.get(question.pk, {}).values() if answer not in (None, "", [])]
        yield _spread(question_value(question), answers, least=least)


def _spread(question: QuestionValue, answers: Sequence[Any], *, least: int) -> QuestionSpread:
    is_shown = len(answers) >= least
    body = question.body
    items = body.choices if isinstance(body, Choices) else body.steps if isinstance(body, Scale) else ()
    picked = Counter(str(key) for answer in answers for key in (answer if isinstance(answer, list) else [answer]))
    choices = tuple(
        ChoiceCount(
            key=item.key, texts=item.texts, count=picked[item.key], percent=100 * picked[item.key] / len(answers)
        )
        for item in (items if is_shown else ())
    )
    words = () if items or not is_shown else tuple(sorted(answer for answer in answers if isinstance(answer, str)))
    return QuestionSpread(
        key=question.key,
        kind=str(question.kind),
        prompts=question.prompts,
        n=len(answers),
        is_shown=is_shown,
        choices=choices,
        words=words,
    )

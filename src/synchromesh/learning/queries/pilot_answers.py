"""How the answers to a questionnaire spread, question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from synchromesh.assessment.models import Instrument, Question, Response
from synchromesh.assessment.queries.question_values import question_value
from synchromesh.engine.vocabulary.questions import Choices, Scale
from synchromesh.engine.vocabulary.questions import Question as QuestionValue
from synchromesh.plumbing.json_lists import JsonList


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

    Of each person, who has one occasion, the latest attempt that was handed in counts. One question to the database.
    """
    responses = Response.objects.filter(
        question=OuterRef("pk"),
        attempt__instrument=instrument,
        attempt__occasion__in=occasions,
        attempt__submitted_at__isnull=False,
    )
    given = JsonList(responses.values_list("attempt__number", "attempt__person_id", "answer"))
    questions = Question.objects.filter(entries__part__instrument=instrument).annotate(given=given)
    for question in dict.fromkeys(questions.order_by("entries__part__position", "entries__position", "pk")):
        in_order = sorted(vars(question)["given"], key=lambda row: row[0])
        latest = {person: answer for _, person, answer in in_order}
        answers = [answer for answer in latest.values() if answer not in (None, "", [])]
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

"""How the questions of a test worked: for authors, reviewers and tutors of its course. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from synchromesh.assessment.models import Attempt, Instrument, Purpose, Question, Response
from synchromesh.assessment.permissions import may_mark, may_read_bank
from synchromesh.engine.errors import NotFound
from synchromesh.engine.psychometrics.item_statistics import ItemResponse, Sitting, TestStatistics, statistics_of_test
from synchromesh.engine.vocabulary.questions import QuestionKind
from synchromesh.plumbing.audit import Actor

_ONE_KEY = {QuestionKind.SINGLE.value, QuestionKind.TRUE_FALSE.value, QuestionKind.SCALE.value}
_SEVERAL_KEYS = {QuestionKind.MULTIPLE.value, QuestionKind.HOTSPOT.value}
_COLUMNS = ("attempt_id", "question__key", "question__kind", "question__points", "points", "answer", "seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentStatistics:
    """The statistics of an instrument, with the revision of each question that it asks, by key."""

    statistics: TestStatistics
    questions: Mapping[str, Question]


def instrument_statistics(instrument: Instrument, *, visible_to: Actor) -> InstrumentStatistics:
    """The statistics over the first finished attempt of each person: later ones know the questions already.

    Raises NotFound for who may neither mark nor read the bank. Three queries, whatever the number of attempts.
    """
    if not (may_mark(visible_to, instrument.bank) or may_read_bank(visible_to, instrument.bank)):
        raise NotFound("There is no such test.")
    asked = Question.objects.filter(entries__part__instrument=instrument).distinct()
    scored = instrument.purpose != Purpose.QUESTIONNAIRE
    sittings: dict[int, dict[str, ItemResponse]] = {pk: {} for pk in _first_attempts(instrument)}
    rows = Response.objects.filter(attempt__in=sittings.keys()).order_by("attempt_id", "position")
    for attempt, key, kind, most, points, answer, seconds in rows.values_list(*_COLUMNS):
        sittings[attempt][key] = ItemResponse(
            points=(points or Decimal(0)) if scored else Decimal(0),
            most=most if scored else Decimal(0),
            is_answered=answer is not None,
            seconds=seconds or None,
            picked=_picked(kind, answer),
        )
    found: Iterable[Sitting] = sittings.values()
    return InstrumentStatistics(
        statistics=statistics_of_test(list(found)), questions={question.key: question for question in asked}
    )


def _first_attempts(instrument: Instrument) -> list[int]:
    """The first finished attempt of each person, on whatever occasion."""
    finished = Attempt.objects.filter(instrument=instrument, marked_at__isnull=False)
    first: dict[int, int] = {}
    for person, attempt in finished.order_by("started_at", "pk").values_list("person_id", "pk"):
        first.setdefault(person, attempt)
    return sorted(first.values())


def _picked(kind: str, answer: Any) -> tuple[str, ...]:
    """The keys that were chosen, of kinds with choices."""
    if answer is None:
        return ()
    if kind in _ONE_KEY:
        return (answer,)
    return tuple(answer) if kind in _SEVERAL_KEYS else ()

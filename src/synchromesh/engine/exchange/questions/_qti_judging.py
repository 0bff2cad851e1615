"""What an item's rules mean for us: the points, whether parts of an answer count, and who is told what.

The rules are tried with answers of which we know what they are worth; where they give what we would give, they are
understood. So it does not matter how somebody wrote them down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from synchromesh.engine.exchange.questions._qti_processing import NotUnderstood, Outcomes, Processing, Responses
from synchromesh.engine.exchange.questions._qti_tree import Node

_NEAR = Decimal("0.001")  # of all points: parts of points may be rounded in the file
_ROUNDED = Decimal("0.01")
_MOST = Decimal(1000)


class CannotRepresent(Exception):
    """An item that our questions cannot say; `message` is a sentence for the person who imports it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An answer to try: `share` of the points that we would give, `whole` where all of it is right."""

    responses: Responses
    share: Decimal
    whole: bool = False
    picked: frozenset[str] = frozenset()
    """Identifiers of the choices in it."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What was found out."""

    points: Decimal
    partial: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackText:
    """A text that is shown or hidden by an outcome. `choice` is the identifier of the choice in which it stands."""

    outcome: str
    identifier: str
    is_shown: bool
    node: Node
    choice: str = ""

    def appears(self, outcomes: Outcomes) -> bool:
        """Whether somebody with these outcomes sees it."""
        value = outcomes.get(self.outcome)
        return (value is not None and self.identifier in value.held) == self.is_shown


@dataclass(slots=True, kw_only=True)
class FeedbackPlaces:
    """Where the feedback of an item goes in ours."""

    explanations: list[Node] = field(default_factory=list)
    right: list[Node] = field(default_factory=list)
    wrong: list[Node] = field(default_factory=list)
    choices: dict[str, list[Node]] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)


def judge(processing: Processing, trials: Sequence[Trial], *, can_be_partial: bool) -> Verdict:
    """Find points and parts from what the rules give for the trials.

    Raises CannotRepresent where the rules are not understood or give something that we cannot.
    """
    scores = [_score(processing, trial) for trial in trials]
    points = max((score for trial, score in zip(trials, scores, strict=True) if trial.whole), default=Decimal(0))
    if points <= 0:
        raise CannotRepresent("The item's own response processing gives no points for the declared right answer.")
    if points > _MOST:
        raise CannotRepresent(f"The item gives more than {_MOST} points.")
    verdict = Verdict(points=points.quantize(_ROUNDED))
    if any(score < 0 for score in scores):
        verdict.remarks.append("Points below 0 are counted as 0 here.")
    pairs = [(trial, max(score, Decimal(0))) for trial, score in zip(trials, scores, strict=True)]
    slack = points * _NEAR
    if all(abs(score - (points if trial.whole else 0)) <= slack for trial, score in pairs):
        return verdict
    if any(score >= points - slack for trial, score in pairs if not trial.whole):
        raise CannotRepresent(
            "The item's own response processing gives all points for more answers than the one declared as right."
        )
    if not can_be_partial:
        raise CannotRepresent("The item's own response processing gives part of the points for some answers.")
    verdict.partial = True
    if not all(abs(score - points * trial.share) <= slack for trial, score in pairs):
        verdict.remarks.append("The parts of the answer weigh differently in the item; here each counts alike.")
    return verdict


def place_feedback(
    processing: Processing | None, trials: Sequence[Trial], texts: Iterable[FeedbackText]
) -> FeedbackPlaces:
    """Sort feedback by when it is shown: always, to right answers, to wrong ones, or to a certain choice."""
    places = FeedbackPlaces()
    found = list(texts)
    answered = [trial for trial in trials if any(value is not None for value in trial.responses.values())]
    if not found or processing is None or not answered:
        places.unclear += [text.identifier for text in found]
        return places
    results = [_outcomes(processing, trial.responses) for trial in answered]
    whole = [trial.whole for trial in answered]
    for text in found:
        _place(text, [text.appears(result) for result in results], whole, answered, places)
    return places


def _place(
    text: FeedbackText, shown: list[bool], whole: list[bool], trials: Sequence[Trial], places: FeedbackPlaces
) -> None:
    choices = sorted(frozenset[str]().union(*(trial.picked for trial in trials)))
    told = next((c for c in choices if shown == [c in trial.picked for trial in trials]), "")
    if text.choice and told != text.choice:
        places.unclear.append(text.identifier)
    elif text.choice or (told and text.identifier in (told, f"choice-{told}")):
        places.choices.setdefault(told, []).append(text.node)
    elif all(shown):
        places.explanations.append(text.node)
    elif shown == whole:
        places.right.append(text.node)
    elif shown == [not is_whole for is_whole in whole]:
        places.wrong.append(text.node)
    elif told:
        places.choices.setdefault(told, []).append(text.node)
    else:
        places.unclear.append(text.identifier)


def _score(processing: Processing, trial: Trial) -> Decimal:
    try:
        return processing.score(trial.responses)
    except NotUnderstood as error:
        raise not_understood(error) from error


def _outcomes(processing: Processing, responses: Responses) -> Outcomes:
    try:
        return processing.outcomes(responses)
    except NotUnderstood as error:
        raise not_understood(error) from error


def not_understood(error: NotUnderstood) -> CannotRepresent:
    """The same in words for the person who imports."""
    return CannotRepresent(f"The item's own response processing is not understood: it uses {error.what}.")


def trials_of_set(
    value: Callable[[Sequence[str]], Responses], *, correct: Sequence[str], wrong: Sequence[str]
) -> list[Trial]:
    """Answers to try where several of a set are picked: all small sets, or the telling ones of a large set."""
    every = [*correct, *wrong]
    if len(every) <= 6:
        sets = [[key for place, key in enumerate(every) if bits >> place & 1] for bits in range(2 ** len(every))]
    else:
        sets = [[], list(correct), every, list(wrong), *([key] for key in every)]
        sets += [[other for other in correct if other != key] for key in correct]
        sets += [[*correct, key] for key in wrong]
    return [
        Trial(
            responses=value(keys),
            share=set_share(keys, correct),
            whole=set(keys) == set(correct),
            picked=frozenset(keys),
        )
        for keys in sets
    ]


def set_share(picked: Sequence[str], correct: Sequence[str]) -> Decimal:
    """Our part of the points for a set: each wrong pick takes one right one away, never below none."""
    right = len(set(picked) & set(correct))
    wrong = len(set(picked) - set(correct))
    return max(Decimal(right - wrong), Decimal(0)) / Decimal(max(len(correct), 1))

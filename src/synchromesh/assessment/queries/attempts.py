"""Attempts: who may see one, which is open, which counts, and whether another may be started.

The server's clock decides when time is up, with a few seconds for the way that a last answer takes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from synchromesh.accounts.models import User
from synchromesh.assessment.models import Attempt, AttemptRule, Instrument
from synchromesh.assessment.permissions import may_mark, owns_attempt
from synchromesh.assessment.queries.uids import read_uid
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor

GRACE = timedelta(seconds=5)
"""How long after its end an attempt still takes what was sent in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where somebody stands with an instrument: all attempts by number, the open one, the one that counts.

    `waiting` says that one is handed in and not marked yet; `attempts_left` is None where there is no limit, and does
    not count the open one. `may_start` says that `start_attempt` would make a new one.
    """

    attempts: tuple[Attempt, ...]
    open: Attempt | None
    counting: Attempt | None
    waiting: bool
    attempts_left: int | None
    may_start: bool


def get_attempt(uid: str | UUID, *, visible_to: Actor) -> Attempt:
    """One attempt with its instrument, bank and person: one's own, or of a bank that one marks.

    Raises NotFound, also for everybody else's.
    """
    wanted = read_uid(uid, missing="There is no such attempt.")
    related = ("instrument__bank__course__provider", "instrument__bank__organisation", "person")
    found = Attempt.objects.select_related(*related).filter(uid=wanted).order_by("pk").first()
    if found is None or not may_see_attempt(visible_to, found):
        raise NotFound("There is no such attempt.")
    return found


def get_own_attempt(uid: str | UUID, *, person: User) -> Attempt:
    """One attempt of the person who takes it. Raises NotFound, also for everybody else's."""
    wanted = read_uid(uid, missing="There is no such attempt.")
    found = Attempt.objects.filter(uid=wanted, person=person).order_by("pk").first()
    if found is None or not person.is_active:
        raise NotFound("There is no such attempt.")
    return found


def may_see_attempt(by: Actor, attempt: Attempt) -> bool:
    """The person who takes it, and who marks in its bank."""
    return owns_attempt(by, attempt) or may_mark(by, attempt.instrument.bank)


def is_overdue(attempt: Attempt, *, now: datetime) -> bool:
    """Whether an open attempt should have ended: its time is up and a last answer has had its time to arrive."""
    return attempt.submitted_at is None and attempt.due_at is not None and now > attempt.due_at + GRACE


def list_attempts(*, instrument: Instrument, person: User, occasion: UUID) -> list[Attempt]:
    """All attempts of a person for one occasion, by number."""
    found = Attempt.objects.filter(instrument=instrument, person=person, occasion=occasion)
    return list(found.order_by("number"))


def counting_attempts(
    *, occasions: Collection[UUID], instruments: Collection[Instrument] = ()
) -> dict[tuple[UUID, int], Attempt]:
    """The attempts that count, by occasion and primary key of the instrument; no instruments: all. One query."""
    found = Attempt.objects.filter(occasion__in=occasions, marked_at__isnull=False).select_related("instrument")
    if instruments:
        found = found.filter(instrument__in=instruments)
    grouped: dict[tuple[UUID, int], list[Attempt]] = {}
    for attempt in found.order_by("number"):
        grouped.setdefault((attempt.occasion, attempt.instrument_id), []).append(attempt)
    chosen = {key: choose_counting(group[0].instrument.attempt_rule, group) for key, group in grouped.items()}
    return {key: attempt for key, attempt in chosen.items() if attempt is not None}


def choose_counting(rule: str, attempts: Iterable[Attempt]) -> Attempt | None:
    """The attempt that counts among those of one occasion: only finished ones do; among equals the earliest."""
    finished = sorted((one for one in attempts if one.marked_at is not None), key=lambda one: one.number)
    if not finished:
        return None
    if rule == AttemptRule.BEST:
        return max(finished, key=lambda one: (bool(one.passed), _share(one), -one.number))
    return finished[-1] if rule == AttemptRule.LATEST else finished[0]


def instrument_standings(*, instruments: Collection[Instrument], person: User, occasion: UUID) -> dict[int, Standing]:
    """Where a person stands with each instrument, by its primary key; one query for all."""
    grouped: dict[int, list[Attempt]] = {instrument.pk: [] for instrument in instruments}
    found = Attempt.objects.filter(person=person, occasion=occasion, instrument__in=grouped)
    for attempt in found.order_by("number"):
        grouped[attempt.instrument_id].append(attempt)
    return {instrument.pk: _standing(instrument, grouped[instrument.pk]) for instrument in instruments}


def _standing(instrument: Instrument, attempts: Sequence[Attempt]) -> Standing:
    is_open = next((one for one in attempts if one.submitted_at is None), None)
    allowed = instrument.attempts_allowed
    left = None if allowed is None else max(0, allowed - len(attempts))
    return Standing(
        attempts=tuple(attempts),
        open=is_open,
        counting=choose_counting(instrument.attempt_rule, attempts),
        waiting=any(one.submitted_at is not None and one.marked_at is None for one in attempts),
        attempts_left=left,
        may_start=is_open is None and instrument.frozen_at is not None and left != 0,
    )


def _share(attempt: Attempt) -> float:
    """Points as a share of what was possible: attempts that drew other questions are compared by it."""
    if attempt.points is None or not attempt.most_points:
        return 0.0
    return float(attempt.points / attempt.most_points)

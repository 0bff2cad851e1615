"""Which questions an attempt asks, and in which order: drawn from the pools by a seed."""

from __future__ import annotations

from random import Random

from synchromesh.assessment.models import Instrument, Question


def draw_questions(instrument: Instrument, *, seed: int) -> list[Question]:
    """The questions of one attempt in their order; the same seed draws the same ones.

    A pool that is asked as a whole keeps its order, and so do the questions drawn from one, unless the instrument
    shuffles all of them.
    """
    chance = Random(seed)  # noqa: S311 (a draw that can be repeated, not a secret)
    drawn: list[Question] = []
    for part in instrument.parts.order_by("position").prefetch_related("entries__question"):
        pool = [entry.question for entry in part.entries.all()]
        places = sorted(chance.sample(range(len(pool)), min(part.count, len(pool))))
        drawn += [pool[place] for place in places]
    if instrument.shuffle_questions:
        chance.shuffle(drawn)
    return drawn

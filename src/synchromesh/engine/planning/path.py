"""The exact planner of training paths.

A path names the levels that no available course leads to and closes all others. Among the paths that do, it is the one
with (1) the fewest courses of unknown price or workload, then (2) the least price + hours x value of an hour over the
known parts, then (3) the fewest courses, then (4) the smallest sorted list of slugs. That order leaves exactly one best
path, so the answer does not depend on the order of the offers.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from synchromesh.engine.planning import bounded_search
from synchromesh.engine.planning.covering import (
    UNITS_PER_EUR,
    Boundaries,
    Column,
    Covering,
    reduce_covering,
    split,
    state_covering,
)
from synchromesh.engine.planning.problem import Path, PathRequest
from synchromesh.engine.planning.sequence import arrange


def find_path(request: PathRequest, *, time_limit_seconds: float = 10.0) -> Path:
    """Return the best path for `request` with its proof, or the best found when the time is over.

    Without time the path still closes everything that can be closed; `proved` is then False and `bound` is what was
    proved. Only in that case may two machines answer differently.
    """
    deadline = time.monotonic() + time_limit_seconds
    boundaries, stated = state_covering(request)
    covering = reduce_covering(stated)
    chosen, bound, proved = list(covering.fixed), sum(column.cost for column in covering.fixed), True
    for part in split(covering):
        columns, part_bound, part_proved = _cover(part, deadline)
        chosen += columns
        bound += part_bound
        proved = proved and part_proved
    return _path(request, boundaries, chosen, bound=bound, proved=proved)


def _cover(part: Covering, deadline: float) -> tuple[Sequence[Column], int, bool]:
    """Return the chosen columns of one part, the lower bound of their cost and whether they are the best."""
    found = bounded_search.search(part)
    if found.proved or time.monotonic() >= deadline:
        return found.chosen, found.cost_bound, found.proved
    # Imported when needed: most requests are solved above, and the solver's libraries take longer to load than that.
    from synchromesh.engine.planning import integer_program

    rest = Covering(rows=part.rows, columns=found.candidates, fixed=())
    solved = integer_program.solve(rest, start=found.chosen, cost_bound=found.cost_bound, deadline=deadline)
    return solved.chosen, solved.cost_bound, solved.proved


def _path(request: PathRequest, boundaries: Boundaries, chosen: list[Column], *, bound: int, proved: bool) -> Path:
    slugs = {column.slug for column in chosen}
    offers = [offer for offer in request.offers if offer.slug in slugs]
    return Path(
        steps=arrange(request.needs, boundaries.reach, offers),
        unreachable=boundaries.unreachable,
        minutes=sum(offer.minutes or 0 for offer in offers),
        price_cents=sum(offer.price_cents or 0 for offer in offers),
        at_least=any(column.unknown for column in chosen),
        objective=sum(column.cost for column in chosen) / UNITS_PER_EUR,
        bound=bound / UNITS_PER_EUR,
        proved=proved,
    )

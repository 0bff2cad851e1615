"""Turn a path request into a covering problem, and shrink it without losing the best path.

Rows are the reachable level boundaries of the gap, columns the courses that cross at least one. A set of rows is an
integer whose bits are the rows, so a subset test is one machine operation. The order of criteria is that of the path:
fewest unknown courses, lowest cost, fewest courses, smallest sorted list of slugs. All reductions keep the one best
solution; they are the classical ones of set covering (dominated column, essential column, implied row), see
J. E. Beasley, "An algorithm for set covering problem", European Journal of Operational Research 31 (1987), 85-93.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from synchromesh.engine.planning.problem import Offer, PathRequest, Unreachable, assumed_entry

UNITS_PER_EUR = 6000  # costs are whole sixtieths of a cent: 60 x price in cents + minutes x value of an hour in cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A course as the solvers see it. `covers` has one bit per row; `cost` is in 1/6000 EUR over the known parts."""

    slug: str
    covers: int
    unknown: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Covering:
    """The problem left to solve: cover `rows` by `columns`, with the `fixed` courses already chosen."""

    rows: int
    columns: tuple[Column, ...]
    fixed: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """The boundaries of a gap: where each skill's first bit is, how far it is reachable, and what is not."""

    reach: dict[str, int]
    rows: int
    unreachable: tuple[Unreachable, ...]


def rank(column: Column) -> tuple[int, int, str]:
    """Return what decides between two courses that cover the same; less is better."""
    return column.unknown, column.cost, column.slug


def cost_of(offer: Offer, hour_value_cents: int) -> int:
    """Return price + hours x value over the known parts, in 1/6000 EUR."""
    return 60 * (offer.price_cents or 0) + (offer.minutes or 0) * hour_value_cents


def state_covering(request: PathRequest) -> tuple[Boundaries, Covering]:
    """Find the boundaries that can be reached and the courses that cross them; required courses come as fixed."""
    crossed = _crossed_by_offer(request)
    boundaries = _boundaries(request, crossed)
    fixed: list[Column] = []
    best: dict[int, tuple[int, int, str]] = {}  # of the courses that cover the same, only the best-ranked counts
    for offer, bits in crossed:
        covers = bits & boundaries.rows
        unknown = int(offer.price_cents is None or offer.minutes is None)
        standing = (unknown, cost_of(offer, request.hour_value_cents), offer.slug)
        if offer.slug in request.required:
            fixed.append(_column(covers, standing))
        elif covers and (covers not in best or standing < best[covers]):
            best[covers] = standing
    rows = boundaries.rows
    for column in fixed:
        rows &= ~column.covers
    columns = tuple(_column(covers, standing) for covers, standing in best.items())
    return boundaries, Covering(rows=rows, columns=columns, fixed=tuple(fixed))


def _column(covers: int, standing: tuple[int, int, str]) -> Column:
    unknown, cost, slug = standing
    return Column(slug=slug, covers=covers, unknown=unknown, cost=cost)


def _first_bits(request: PathRequest) -> dict[str, tuple[int, int, int]]:
    """Give each skill with a gap its run of bits: skill to (first bit, have, need)."""
    first, runs = 0, {}
    for need in sorted(request.needs, key=attrgetter("skill")):
        if need.need > need.have:
            runs[need.skill] = (first, need.have, need.need)
            first += need.need - need.have
    return runs


def _crossed_by_offer(request: PathRequest) -> list[tuple[Offer, int]]:
    """List the offers that may be used with the boundaries that each crosses, reachable or not."""
    runs = _first_bits(request)
    crossed = []
    for offer in request.offers:
        bits = 0
        for teaching in offer.teaches:
            run = runs.get(teaching.skill)
            if run is None:
                continue
            first, have, need = run
            low, high = max(assumed_entry(teaching), have), min(teaching.level, need)
            if low < high:
                bits |= ((1 << (high - low)) - 1) << (first + low - have)
        if (bits or offer.slug in request.required) and offer.slug not in request.excluded:
            crossed.append((offer, bits))
    return crossed


def _boundaries(request: PathRequest, crossed: list[tuple[Offer, int]]) -> Boundaries:
    """Walk up each skill until a boundary that nobody crosses; that one and all above it are unreachable."""
    anyone = 0
    for _, bits in crossed:
        anyone |= bits
    reach, rows, unreachable = {}, 0, []
    for skill, (first, have, need) in _first_bits(request).items():
        level = have
        while level < need and anyone >> (first + level - have) & 1:
            level += 1
        reach[skill] = level
        rows |= ((1 << (level - have)) - 1) << first
        unreachable += [Unreachable(skill=skill, level=above) for above in range(level + 1, need + 1)]
    return Boundaries(reach=reach, rows=rows, unreachable=tuple(unreachable))


def reduce_covering(covering: Covering) -> Covering:
    """Drop dominated courses and implied boundaries and fix essential courses until nothing changes."""
    rows, columns, fixed = covering.rows, list(covering.columns), list(covering.fixed)
    while rows:
        columns = _undominated(columns, rows)
        crossing = _columns_by_row(columns, rows)
        essential = sorted({positions for positions in crossing.values() if positions & (positions - 1) == 0})
        chosen = [columns[positions.bit_length() - 1] for positions in essential]
        fixed += chosen
        remaining = _without_implied_rows(crossing)
        for column in chosen:
            remaining &= ~column.covers
        if remaining == rows:
            break
        rows = remaining
    return Covering(rows=rows, columns=tuple(columns) if rows else (), fixed=tuple(fixed))


def _undominated(columns: list[Column], rows: int) -> list[Column]:
    """Keep a course unless a better-ranked one covers at least the same of `rows`.

    Safe for the whole order of criteria: swapping the worse course for the better one keeps every boundary covered and
    improves the first criterion in which the two differ. A wider course of equal cost but later slug does not count as
    better, since the swap could give a later list of slugs.
    """
    kept: list[Column] = []
    wholes: list[int] = []
    for column in sorted(columns, key=rank):
        covers = column.covers & rows
        if covers and not any(covers & whole == covers for whole in wholes):
            wholes.append(covers)
            kept.append(column)
    return kept


def _columns_by_row(columns: list[Column], rows: int) -> dict[int, int]:
    """Map each row (as one bit) to the positions of the columns that cover it (as bits)."""
    crossing = dict.fromkeys(single_bits(rows), 0)
    for position, column in enumerate(columns):
        for row in single_bits(column.covers & rows):
            crossing[row] |= 1 << position
    return crossing


def _without_implied_rows(crossing: dict[int, int]) -> int:
    """Return the rows without those that are covered whenever another row is."""
    kept: list[int] = []
    remaining = 0
    for row, positions in sorted(crossing.items(), key=lambda item: (item[1].bit_count(), item[0])):
        if not any(narrower & positions == narrower for narrower in kept):
            kept.append(positions)
            remaining |= row
    return remaining


def split(covering: Covering) -> list[Covering]:
    """Split into parts that share no boundary; the best path is the best of each part put together."""
    groups: list[tuple[int, list[Column]]] = []
    for column in covering.columns:
        covers, members = column.covers & covering.rows, [column]
        apart = []
        for group in groups:
            if group[0] & covers:
                covers |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (covers, members)]
    return [Covering(rows=rows, columns=tuple(members), fixed=()) for rows, members in groups]


def single_bits(bits: int) -> list[int]:
    """List the bits that are set, each as an integer with one bit, lowest first."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest)
        bits ^= lowest
    return found

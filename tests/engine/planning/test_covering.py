"""The reduction to a covering problem and the solvers agree with each other and with plain enumeration."""

from __future__ import annotations

import random
import time

from synchromesh.engine.planning import bounded_search, integer_program
from synchromesh.engine.planning.covering import Column, Covering, reduce_covering, single_bits, split


def _random_covering(generator: random.Random, columns: int, rows: int) -> Covering:
    """Make a covering problem with ties (round costs) or large odd costs, whichever the generator says."""
    step = generator.choice((0, 600, 600_000_020))
    made = tuple(
        Column(
            slug=f"{generator.randrange(1000):03}-{number}",
            covers=sum(1 << row for row in generator.sample(range(rows), generator.randint(1, 4))),
            unknown=int(generator.random() < 0.2),
            cost=generator.randint(0, 3) * step + (generator.randint(0, 9999) * 20 if step > 600 else 0),
        )
        for number in range(columns)
    )
    everything = 0
    for column in made:
        everything |= column.covers
    return Covering(rows=everything, columns=made, fixed=())


def _slugs(columns: tuple[Column, ...]) -> list[str]:
    return sorted(column.slug for column in columns)


def test_highs_finds_the_same_cover_as_the_search_without_a_limit() -> None:
    generator = random.Random(11)
    for _ in range(60):
        part = _random_covering(generator, columns=generator.randint(20, 50), rows=generator.randint(8, 20))
        exact = bounded_search.search(part, node_limit=10**6)
        start = bounded_search.search(part, node_limit=0)
        rest = Covering(rows=part.rows, columns=start.candidates, fixed=())
        solved = integer_program.solve(
            rest, start=start.chosen, cost_bound=start.cost_bound, deadline=time.monotonic() + 600
        )
        assert exact.proved
        assert solved.proved
        assert _slugs(solved.chosen) == _slugs(exact.chosen)
        assert start.cost_bound <= exact.cost_bound == solved.cost_bound == sum(one.cost for one in exact.chosen)


def test_a_cost_bound_is_not_taken_from_covers_with_fewer_unknown_courses_than_there_can_be() -> None:
    every_two_rows = ((0b011, 0), (0b101, 100), (0b110, 100), (0b101, 0))
    columns = tuple(
        Column(slug=f"c{number}", covers=covers, unknown=1, cost=cost)
        for number, (covers, cost) in enumerate(every_two_rows)
    )
    found = bounded_search.search(Covering(rows=0b111, columns=columns, fixed=()), node_limit=0)
    assert _slugs(found.chosen) == ["c0", "c3"]
    assert found.cost_bound == 0


def test_highs_without_time_returns_the_start_unproved() -> None:
    part = _random_covering(random.Random(2), columns=40, rows=15)
    start = bounded_search.search(part, node_limit=0)
    solved = integer_program.solve(part, start=start.chosen, cost_bound=1, deadline=time.monotonic() - 1)
    assert _slugs(solved.chosen) == _slugs(start.chosen)
    assert solved.cost_bound == 1
    assert not solved.proved


def test_reductions_and_parts_keep_the_best_cover() -> None:
    generator = random.Random(12)
    for _ in range(150):
        whole = _random_covering(generator, columns=generator.randint(4, 30), rows=generator.randint(4, 24))
        reduced = reduce_covering(whole)
        chosen = reduced.fixed
        for part in split(reduced):
            chosen += bounded_search.search(part, node_limit=10**6).chosen
        assert _slugs(chosen) == _slugs(bounded_search.search(whole, node_limit=10**6).chosen)


def test_parts_share_no_rows_and_leave_none_out() -> None:
    generator = random.Random(13)
    several = 0
    for _ in range(50):
        whole = _random_covering(generator, columns=12, rows=40)
        parts = split(whole)
        several += len(parts) > 1
        assert sum(part.rows for part in parts) == whole.rows
        assert sum(len(part.columns) for part in parts) == len(whole.columns)
        assert all(column.covers & ~part.rows == 0 for part in parts for column in part.columns)
    assert several > 10


def test_single_bits_lists_each_bit_once() -> None:
    assert single_bits(0b10110) == [0b10, 0b100, 0b10000]
    assert single_bits(0) == []

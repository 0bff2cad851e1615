"""Time the planner against HiGHS alone; run as `python -m benchmarks.planning`.

Prints ratios of processor time within one run, so that the speed of the machine drops out:
    plan/highs_only   the planner over HiGHS on the whole problem: courses that cover the same are merged, but no other
                      course is dropped and nothing is searched first. HiGHS alone answers only criteria 1 and 2, and
                      its answer must agree with the planner
    plan/filter       the planner over stating the problem, the part that reads every offer
    check/plan        the independent check over the planner
Each catalogue is made from a seed. As in the product, only the offers that teach a skill of the gap are passed in.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import highspy
import numpy as np
from benchmarks.planning.catalogues import make_gap, make_offers

from synchromesh.engine.planning.checking import check_path
from synchromesh.engine.planning.covering import UNITS_PER_EUR, single_bits, state_covering
from synchromesh.engine.planning.path import find_path
from synchromesh.engine.planning.problem import Offer, PathRequest

CATALOGUES = ((240, 60, 15), (10_000, 200, 10), (10_000, 200, 30))  # offers, skills, skills in a gap

Result = TypeVar("Result")


def timed(spent: dict[str, float], name: str, work: Callable[..., Result], *inputs: object) -> Result:
    """Run `work(*inputs)` and add its processor seconds to `spent[name]`."""
    start = time.process_time()
    result = work(*inputs)
    spent[name] += time.process_time() - start
    return result


def least_cost_by_highs(request: PathRequest) -> float:
    """Solve criteria 1 and 2 as one binary program over every course that crosses a boundary; return EUR."""
    covering = state_covering(request)[1]
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
        highs.setOptionValue(option, value)
    columns = covering.columns
    an_unknown_course = float(sum(column.cost for column in columns) // UNITS_PER_EUR + 1)
    for column in columns:
        highs.addCol(column.cost / UNITS_PER_EUR + an_unknown_course * column.unknown, 0.0, 1.0, 0, [], [])
    integer = np.full(len(columns), int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    highs.changeColsIntegrality(len(columns), list(range(len(columns))), integer)
    for row in single_bits(covering.rows):
        crossing = [position for position, column in enumerate(columns) if column.covers & row]
        highs.addRow(1.0, highspy.kHighsInf, len(crossing), crossing, [1.0] * len(crossing))
    highs.run()
    chosen = [column for column, value in zip(columns, highs.getSolution().col_value, strict=True) if value > 0.5]
    return sum(column.cost for column in chosen) / UNITS_PER_EUR


def compare(count: int, skills: int, size: int, people: int) -> str:
    """Plan for `people` invented gaps and return one line of ratios."""
    by_skill: dict[str, list[Offer]] = defaultdict(list)
    for offer in make_offers(count, skills=skills, seed=count):
        for teaching in offer.teaches:
            by_skill[teaching.skill].append(offer)
    generator = random.Random(size)
    spent: dict[str, float] = defaultdict(float)
    proved = 0
    for _ in range(people):
        needs = make_gap(generator, skills=skills, size=size)
        offers = {offer.slug: offer for need in needs for offer in by_skill[need.skill]}
        request = PathRequest(needs=needs, offers=tuple(offers.values()))
        timed(spent, "filter", state_covering, request)
        path = timed(spent, "plan", find_path, request)
        alone = timed(spent, "highs", least_cost_by_highs, request)
        faults = timed(spent, "check", check_path, request, path)
        assert not faults, faults
        assert abs(alone - path.objective) < 0.005, (alone, path.objective)
        proved += path.proved
    return (
        f"offers={count} gap={size} people={people} plan/highs_only={spent['plan'] / spent['highs']:.3f} "
        f"plan/filter={spent['plan'] / spent['filter']:.2f} check/plan={spent['check'] / spent['plan']:.2f} "
        f"proved={proved / people:.1%} plan_ms={1000 * spent['plan'] / people:.2f}"
    )


def main() -> None:
    """Read the number of people and print a line for each catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50, help="gaps planned for each catalogue")
    people = parser.parse_args().people
    for count, skills, size in CATALOGUES:
        print(compare(count, skills, size, people), flush=True)


if __name__ == "__main__":
    main()

"""What a training path is asked from and answered with.

Units: levels are whole numbers (0 to 3 on the product's scale, any scale works), money is integer cents, workload is
integer minutes, `objective` and `bound` are EUR. Unknown is None and never counts as 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from synchromesh.engine.errors import InvalidInput

DEFAULT_HOUR_VALUE_CENTS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One skill of the gap: the level that the person has and the level that is needed."""

    skill: str
    have: int
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """A course raises `skill` from `entry` to `level`; `entry` is None when the course does not state it."""

    skill: str
    entry: int | None
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A course that may be chosen. `slug` is its name and the last tie-breaker; None means unknown.

    Raises InvalidInput for a negative price or workload.
    """

    slug: str
    price_cents: int | None
    minutes: int | None
    teaches: tuple[Teaching, ...]

    def __post_init__(self) -> None:
        if self.price_cents is not None and self.price_cents < 0:
            raise InvalidInput(f"The price of '{self.slug}' is below 0. Leave it empty if unknown.", field="price")
        if self.minutes is not None and self.minutes < 0:
            raise InvalidInput(f"The workload of '{self.slug}' is below 0. Leave it empty if unknown.", field="minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRequest:
    """A gap, the offers to choose from, and what the person wants.

    `required` courses are taken whether they help or not; `excluded` ones are never taken, even when required. Names
    that no offer has are ignored. Raises InvalidInput when a skill or a slug comes twice or an hour's value is below 0.
    """

    needs: tuple[Need, ...]
    offers: tuple[Offer, ...]
    hour_value_cents: int = DEFAULT_HOUR_VALUE_CENTS
    required: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.hour_value_cents < 0:
            raise InvalidInput("The value of an hour cannot be below 0.", field="hour_value_cents")
        _refuse_repeats((need.skill for need in self.needs), len(self.needs), "skill", "needs")
        _refuse_repeats((offer.slug for offer in self.offers), len(self.offers), "course", "offers")


def _refuse_repeats(names: Iterable[str], count: int, kind: str, field: str) -> None:
    if len(set(names)) != count:
        raise InvalidInput(f"A {kind} is listed twice. List each {kind} once.", field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """A step raises `skill` from the level reached before it to the level reached after it."""

    skill: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One course of the path and what it closes; it closes nothing only where the person required it."""

    slug: str
    closes: tuple[Close, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A level of a skill that no available course leads to."""

    skill: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The chosen courses in the order to take them.

    `minutes` and `price_cents` add up what is known; `at_least` is True when something is unknown. `objective` is
    price + hours x value of the chosen courses in EUR, over the known parts. `bound` is the proven lower bound of that
    sum among paths with the fewest unknown courses; `proved` says that the path is the best by every criterion.
    """

    steps: tuple[Step, ...]
    unreachable: tuple[Unreachable, ...]
    minutes: int
    price_cents: int
    at_least: bool
    objective: float
    bound: float
    proved: bool


def assumed_entry(teaching: Teaching) -> int:
    """Return the entry level of a teaching: the stated one, else one below the level that is taught."""
    return teaching.level - 1 if teaching.entry is None else teaching.entry

"""What somebody asks of the list of courses, as it stands in an address: the list, feeds, saved searches and the API
read the same parameters in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from synchromesh.catalogue.queries.freshness import AGEING_MONTHS, FRESH_MONTHS, Freshness
from synchromesh.engine.vocabulary.periods import months_later
from synchromesh.search.contract import Bands, Order, Range

GROUPS = (
    "field", "skill", "level", "role", "language", "mode", "country", "region", "start", "deadline", "price", "length",
    "certificate", "provider", "kind", "freshness", "accessibility", "link",
)  # fmt: skip
"""The groups of values, by their names in an address."""

INDEX_NAMES = {"kind": "record"}
"""Groups that have another name in the index, where "kind" tells courses from other records."""

ORDERS: dict[str, Order] = {
    "title": Order(number="title"),
    "soonest": Order(number="start"),
    "newest": Order(number="added", descending=True),
    "price": Order(number="price"),
    "length": Order(number="minutes"),
}
"""The orders that can be asked for beside the best match first; what is unknown comes last."""

OPEN, OVER = "open", "over"
AVAILABILITY = "availability"
"""The filter of the index that no address names: whether a course can still be taken."""
PRICE_MOST = "price_most"
"""The highest price in euro, in an address and as a filter of the index whose one value is `WITHIN`."""
WITHIN = "within"

LONGEST_WORDS = 200
MOST_VALUES = 20
LONGEST_VALUE = 160
HIGHEST_PRICE = 1_000_000
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFilter:
    """What a reader asked for. Values inside a group are alternatives, groups add up.

    `words` must occur. `price_most` is the highest price in euro; a course that states no price in euro is not under
    it. `over` shows also what cannot be taken any more: it is over, closed, or no longer named by its source. An empty
    `order` is the best match first, or by title where there are no words.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_most: int | None = None
    over: bool = False
    order: str = ""

    @property
    def has_words(self) -> bool:
        """Whether words are asked for."""
        return bool(self.words)

    @property
    def is_empty(self) -> bool:
        """Whether it lets every course through that can be taken, in whatever order."""
        return not (self.words or any(self.chosen.values()) or self.price_most is not None or self.over)


def read_filter(values: Mapping[str, Sequence[str]]) -> CourseFilter:
    """Read the parameters of an address: `q`, the groups, `price_most`, `order` and `over`.

    An address is never wrong: unknown parameters and orders are passed over, and a value that no course has finds
    none. At most 20 values of a group and 200 characters of the words count.
    """
    chosen = {group: _clean_values(values.get(group, ())) for group in GROUPS}
    order = _last(values, "order")
    return CourseFilter(
        words=" ".join(_last(values, "q").replace("\0", " ").split())[:LONGEST_WORDS].strip(),
        chosen={group: found for group, found in chosen.items() if found},
        price_most=_read_price(_last(values, PRICE_MOST)),
        over=bool(_last(values, "over")),
        order=order if order in ORDERS else "",
    )


def filter_parameters(wanted: CourseFilter) -> list[tuple[str, str]]:
    """The parameters that `read_filter` reads this filter from, always in the same order."""
    found = [("q", wanted.words)] if wanted.words else []
    found += [(group, value) for group in GROUPS for value in wanted.chosen.get(group, ())]
    if wanted.price_most is not None:
        found.append((PRICE_MOST, str(wanted.price_most)))
    if wanted.over:
        found.append(("over", "1"))
    return [*found, ("order", wanted.order)] if wanted.order else found


def filter_query(wanted: CourseFilter) -> str:
    """The filter as the part of an address behind the question mark; empty where nothing is asked."""
    return urlencode(filter_parameters(wanted))


def index_bands(wanted: CourseFilter, *, today: date) -> dict[str, Bands]:
    """The groups whose values are ranges of a number, as they are on a day; also what no group stands for."""
    ceiling = Range(most=100 * wanted.price_most) if wanted.price_most is not None else Range()
    return {
        PRICE_MOST: Bands(number="price", ranges={WITHIN: ceiling}),
        "freshness": _freshness(today),
        "start": _spans_from(
            today,
            "start",
            {"30-days": today + timedelta(days=30), "3-months": months_later(today, 3), "this-year": _year_end(today)},
        ),
        "deadline": _spans_from(
            today, "deadline", {"14-days": today + timedelta(days=14), "month": months_later(today, 1)}
        ),
        "length": Bands(
            number="minutes",
            ranges={
                "4-hours": Range(most=4 * 60),
                "2-days": Range(most=16 * 60),
                "week": Range(most=40 * 60),
                "longer": Range(least=40 * 60 + 1),
            },
            unknown="unknown",
        ),
        AVAILABILITY: Bands(
            number="until", ranges={OPEN: Range(least=day_number(today)), OVER: Range(most=day_number(today) - 1)}
        ),
    }


def chosen_in_index(wanted: CourseFilter) -> dict[str, tuple[str, ...]]:
    """The chosen values by the names that filters have in the index."""
    chosen = {INDEX_NAMES.get(group, group): values for group, values in wanted.chosen.items() if values}
    if wanted.price_most is not None:
        chosen[PRICE_MOST] = (WITHIN,)
    if not wanted.over:
        chosen[AVAILABILITY] = (OPEN,)
    return chosen


def day_number(day: date) -> int:
    """A day as the index holds it: days since 1970-01-01."""
    return (day - _EPOCH).days


def _freshness(today: date) -> Bands:
    """The rule of `freshness.freshness_of` as ranges."""
    fresh, ageing = (day_number(months_later(today, -months)) for months in (FRESH_MONTHS, AGEING_MONTHS))
    return Bands(
        number="confirmed",
        ranges={
            Freshness.FRESH.value: Range(least=fresh),
            Freshness.AGEING.value: Range(least=ageing, most=fresh - 1),
            Freshness.STALE.value: Range(most=ageing - 1),
        },
        unknown=Freshness.STALE.value,
    )


def _spans_from(today: date, number: str, ends: Mapping[str, date]) -> Bands:
    """From today to each of some days; what has no such day counts as unknown."""
    ranges = {value: Range(least=day_number(today), most=day_number(end)) for value, end in ends.items()}
    return Bands(number=number, ranges=ranges, unknown="unknown")


def _year_end(today: date) -> date:
    return date(today.year, 12, 31)


def _last(values: Mapping[str, Sequence[str]], name: str) -> str:
    found = values.get(name, ())
    return found[-1] if found else ""


def _clean_values(values: Sequence[str]) -> tuple[str, ...]:
    cleaned = (value.replace("\0", "").strip()[:LONGEST_VALUE] for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))[:MOST_VALUES]


def _read_price(text: str) -> int | None:
    """A whole number of euro; anything else asks for nothing."""
    text = text.strip()
    return min(int(text), HIGHEST_PRICE) if text.isascii() and text.isdigit() and len(text) <= 12 else None

"""The course filters of one page in words. Values inside a group are alternatives, groups add up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy

from synchromesh.catalogue.queries.course_filter import PRICE_MOST, CourseFilter, filter_query
from synchromesh.catalogue.queries.courses import CoursePage
from synchromesh.catalogue.queries.filter_names import find_name_texts, name_from_text
from synchromesh.web.courses.filter_values import FILTER_GROUPS, IN_ORDER, fixed_names
from synchromesh.web.templatetags.filter_pieces import FilterGroup, Option
from synchromesh.web.templatetags.synchromesh import money, plain

SHOWN = 6
"""Values of a group that are in sight at once."""
MOST = 40
"""Values of a group on the page at all: a site has thousands of skills and providers."""
FIRST_GROUPS = 6
"""Groups that are in sight at once; those behind them open when something in them is chosen."""
LISTS = {"skill": "skills:list", "provider": "organisations:list", "role": "roles:list"}
"""Where to look for a value that does not stand on the page."""


class FilterWords:
    """The words of groups and chips. Beside the answer they depend on the names (`texts`) of the values `mentioned`."""

    def __init__(self, found: CoursePage[Any], wanted: CourseFilter) -> None:
        self._found, self._wanted = found, wanted
        self._values = {group: self._shown_values(group) for group in FILTER_GROUPS}
        self.mentioned = {group: {value for value, _ in values} for group, values in self._values.items()}
        self.texts = find_name_texts(self.mentioned)
        self._names = _fixed_names(get_language() or "en") | {
            (group, value): plain(name_from_text(group, text)) for (group, value), text in self.texts.items()
        }

    def groups(self) -> list[FilterGroup]:
        """Every group that can narrow the list, with values, counts and choice.

        Long groups keep values behind "more"; of very long ones `left_out` values stand on another page (`list`).
        """
        return [
            self._group(group, values)
            for group, values in self._values.items()
            if len(values) > 1 or self._wanted.chosen.get(group)
        ]

    def chips(self) -> list[dict[str, str]]:
        """One chip per choice, with the address that leaves it out."""
        chosen = self._wanted.chosen
        found = [
            {
                "label": f"{FILTER_GROUPS[group]}: {self._name(group, value)}",
                "url": _address(
                    replace(self._wanted, chosen={**chosen, group: tuple(one for one in values if one != value)})
                ),
            }
            for group, values in chosen.items()
            for value in values
        ]
        if self._wanted.price_most is not None:
            label = gettext("Price up to %(price)s") % {"price": money(100 * self._wanted.price_most)}
            found.append({"label": label, "url": _address(replace(self._wanted, price_most=None))})
        return found

    def relaxed(self) -> list[dict[str, Any]]:
        """For an empty result: how many courses there would be if one choice were taken away, and where they are."""
        wider: dict[str, tuple[Any, CourseFilter]] = {
            group: (FILTER_GROUPS[group], replace(self._wanted, chosen={**self._wanted.chosen, group: ()}))
            for group in self._wanted.chosen
        }
        wider[PRICE_MOST] = (gettext_lazy("Price up to"), replace(self._wanted, price_most=None))
        return [
            {"label": label, "total": self._found.without[group], "url": _address(wanted)}
            for group, (label, wanted) in wider.items()
            if self._found.without.get(group)
        ]

    def _shown_values(self, group: str) -> list[tuple[str, int]]:
        """What is chosen first, then the most frequent; of groups with an order of their own, in that order."""
        counts = self._found.counts[group]
        chosen = self._wanted.chosen.get(group, ())
        if group in IN_ORDER:
            others: Iterable[str] = (value for value in IN_ORDER[group] if counts.get(value))
            return [(value, counts.get(value, 0)) for value in dict.fromkeys((*others, *chosen))]
        return [(value, counts.get(value, 0)) for value in dict.fromkeys((*chosen, *list(counts)[:MOST]))]

    def _group(self, group: str, values: list[tuple[str, int]]) -> FilterGroup:
        chosen = self._wanted.chosen.get(group, ())
        options = tuple(Option(value, self._name(group, value), count, value in chosen) for value, count in values)
        shown = max(SHOWN, len(chosen))
        return FilterGroup(
            name=group,
            title=str(FILTER_GROUPS[group]),
            chosen=bool(chosen),
            options=options[:shown],
            more=options[shown:],
            left_out=len(self._found.counts[group].keys() - {value for value, _ in values}),
            list=LISTS.get(group, ""),
        )

    def _name(self, group: str, value: str) -> str:
        return self._names.get((group, value), value)


@lru_cache(maxsize=32)
def _fixed_names(language: str) -> dict[tuple[str, str], str]:
    """Names of the values that are no records, by group and value, in the active language."""
    del language  # the active one; it stands here to be part of the key
    return {(group, value): name for group, names in fixed_names().items() for value, name in names.items()}


def _address(wanted: CourseFilter) -> str:
    return f"?{filter_query(wanted)}"

"""The words of the course filters: groups, values, chips. Multi-select inside a group is OR, between groups AND."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from synchromesh.catalogue.queries.courses import CourseFilter, CoursePage
from synchromesh.catalogue.queries.filter_names import find_filter_names
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.web.templatetags.names import RECORD_TYPES
from synchromesh.web.templatetags.page_frame import CERTIFICATE_NAMES, MODE_NAMES
from synchromesh.web.templatetags.synchromesh import LEVEL_NAMES, plain

FILTER_GROUPS: dict[str, Any] = {
    "price": gettext_lazy("Price"),
    "language": gettext_lazy("Language"),
    "mode": pgettext_lazy("where learning happens", "How"),
    "field": gettext_lazy("Field"),
    "level": gettext_lazy("Level reached"),
    "certificate": gettext_lazy("What you get"),
    "country": gettext_lazy("Country"),
    "provider": gettext_lazy("Provider"),
    "skill": gettext_lazy("Skill"),
    "kind": gettext_lazy("Kind of record"),
    "freshness": gettext_lazy("Last confirmed"),
    "link": gettext_lazy("Address of the course"),
}
SHOWN = 6
_FRESHNESS = {
    "fresh": pgettext_lazy("when a course was last confirmed", "Within 12 months"),
    "ageing": pgettext_lazy("when a course was last confirmed", "12 to 18 months ago"),
    "stale": pgettext_lazy("when a course was last confirmed", "Longer ago, or not known"),
}
_LINKS = {
    "fine": pgettext_lazy("address of a course", "No fault known"),
    "broken": pgettext_lazy("address of a course", "Does not work"),
    "none": pgettext_lazy("address of a course", "Not stated"),
}
_PRICES = {"free": gettext_lazy("Free"), "paid": gettext_lazy("Paid"), "unknown": gettext_lazy("Not stated")}


class FilterWords:
    """The course filters of one page in words."""

    def __init__(self, found: CoursePage, wanted: CourseFilter) -> None:
        self._found, self._wanted = found, wanted
        mentioned = {
            group: {value for value, _ in found.counts[group]} | set(wanted.chosen.get(group, ()))
            for group in FILTER_GROUPS
        }
        records = find_filter_names(mentioned)
        self._names = _fixed_names() | {
            group: {value: plain(texts) for value, texts in names.items()} for group, names in records.items()
        }

    def groups(self) -> list[dict[str, Any]]:
        """Every group with its values, counts and what is chosen; long groups keep the rest behind "more"."""
        described = []
        for group, label in FILTER_GROUPS.items():
            chosen = self._wanted.chosen.get(group, ())
            counts = dict.fromkeys(chosen, 0) | dict(self._found.counts[group])
            values = [
                {"value": value, "label": self._name(group, value), "count": count, "checked": value in chosen}
                for value, count in counts.items()
            ]
            values.sort(key=lambda row: (not row["checked"], -int(str(row["count"])), str(row["label"])))
            if len(values) > 1 or chosen:
                described.append({"name": group, "title": label, "options": values[:SHOWN], "more": values[SHOWN:]})
        return described

    def chips(self, query: QueryDict) -> list[dict[str, str]]:
        """One chip per chosen value, with the address that leaves it out."""
        found = []
        for group, values in self._wanted.chosen.items():
            for value in values:
                rest = query.copy()
                rest.pop("page", None)
                rest.setlist(group, [other for other in rest.getlist(group) if other != value])
                label = f"{FILTER_GROUPS[group]}: {self._name(group, value)}"
                found.append({"label": label, "url": f"?{rest.urlencode()}"})
        return found

    def _name(self, group: str, value: str) -> str:
        return self._names.get(group, {}).get(value, value)


def _fixed_names() -> dict[str, dict[str, str]]:
    """Words for the values that are no records."""
    unknown = {"unknown": gettext("Not stated")}
    return {
        "price": {key: str(label) for key, label in _PRICES.items()},
        "language": {code: gettext(name) for code, name in ENGLISH_NAMES.items()} | unknown,
        "mode": {value: gettext(name) for value, name in MODE_NAMES.items()} | unknown,
        "level": {str(level): gettext(name) for level, name in LEVEL_NAMES.items()},
        "certificate": {value: gettext(name) for value, name in CERTIFICATE_NAMES.items()} | unknown,
        "kind": {value: str(label) for value, label in RECORD_TYPES.items()},
        "freshness": {value: str(label) for value, label in _FRESHNESS.items()},
        "link": {value: str(label) for value, label in _LINKS.items()},
    }

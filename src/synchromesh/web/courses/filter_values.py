"""The words of the values of course filters that are no records, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.web.templatetags.names import RECORD_TYPES
from synchromesh.web.templatetags.page_frame import ACCESSIBILITY_NAMES, CERTIFICATE_NAMES, MODE_NAMES
from synchromesh.web.templatetags.synchromesh import LEVEL_NAMES

FILTER_GROUPS: dict[str, Any] = {
    "price": gettext_lazy("Price"),
    "language": gettext_lazy("Language"),
    "mode": pgettext_lazy("where learning happens", "How"),
    "start": gettext_lazy("Next start"),
    "length": gettext_lazy("Length"),
    "field": gettext_lazy("Field"),
    "role": gettext_lazy("Job role that needs it"),
    "level": gettext_lazy("Level reached"),
    "certificate": gettext_lazy("What you get"),
    "skill": gettext_lazy("Skill"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "deadline": gettext_lazy("Last day to register"),
    "provider": gettext_lazy("Provider"),
    "accessibility": gettext_lazy("Accessibility"),
    "kind": gettext_lazy("Kind of record"),
    "freshness": gettext_lazy("Last confirmed"),
    "link": gettext_lazy("Address of the course"),
}
"""The groups in the order in which they are shown, with their titles."""

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
_STARTS = {
    "30-days": pgettext_lazy("when a course starts", "Within 30 days"),
    "3-months": pgettext_lazy("when a course starts", "Within 3 months"),
    "this-year": pgettext_lazy("when a course starts", "This year"),
    "unknown": pgettext_lazy("when a course starts", "At any time, or no day stated"),
}
_DEADLINES = {
    "14-days": pgettext_lazy("last day to register", "Within 14 days"),
    "month": pgettext_lazy("last day to register", "Within a month"),
    "unknown": pgettext_lazy("last day to register", "None stated"),
}
_LENGTHS = {
    "4-hours": pgettext_lazy("length of a course", "Up to 4 hours"),
    "2-days": pgettext_lazy("length of a course", "Up to 2 days (16 hours)"),
    "week": pgettext_lazy("length of a course", "Up to a week (40 hours)"),
    "longer": pgettext_lazy("length of a course", "Longer than a week"),
    "unknown": pgettext_lazy("length of a course", "Not stated"),
}
IN_ORDER: dict[str, Any] = {"start": _STARTS, "deadline": _DEADLINES, "length": _LENGTHS, "freshness": _FRESHNESS}
"""Groups whose values have an order of their own; the others come most frequent first."""


def fixed_names() -> dict[str, dict[str, str]]:
    """Words for the values that are no records, by group."""
    unknown = {"unknown": gettext("Not stated")}
    lazy = IN_ORDER | {"price": _PRICES, "kind": RECORD_TYPES, "link": _LINKS}
    return {group: {value: str(label) for value, label in names.items()} for group, names in lazy.items()} | {
        "language": {code: gettext(name) for code, name in ENGLISH_NAMES.items()} | unknown,
        "mode": {value: gettext(name) for value, name in MODE_NAMES.items()} | unknown,
        "level": {str(level): gettext(name) for level, name in LEVEL_NAMES.items()},
        "certificate": {value: gettext(name) for value, name in CERTIFICATE_NAMES.items()} | unknown,
        "accessibility": {value: gettext(name) for value, name in ACCESSIBILITY_NAMES.items()},
    }

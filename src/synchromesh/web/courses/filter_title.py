"""A filter of the course list in one line: the name of a feed, a widget and a search that somebody follows."""

from __future__ import annotations

from django.utils.translation import gettext, pgettext

from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.catalogue.queries.filter_names import find_filter_names
from synchromesh.web.courses.filter_values import FILTER_GROUPS, fixed_names
from synchromesh.web.plain_lines import one_line
from synchromesh.web.templatetags.synchromesh import money, plain

LONGEST = 200


def filter_title(wanted: CourseFilter) -> str:
    """The words and the chosen values in the reader's language, at most 200 characters; never empty.

    At most two questions to the database, none where no record is chosen.
    """
    parts = [*_values(wanted)]
    if wanted.words:
        parts.insert(0, pgettext("words of a search", "“%(words)s”") % {"words": wanted.words})
    if wanted.price_most is not None:
        parts.append(gettext("Price up to %(price)s") % {"price": money(100 * wanted.price_most)})
    title = one_line(", ".join(parts)) or gettext("All courses")
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1]}…"


def _values(wanted: CourseFilter) -> list[str]:
    records = find_filter_names(wanted.chosen)
    named = fixed_names() | {
        group: {value: plain(texts) for value, texts in names.items()} for group, names in records.items()
    }
    return [
        _value(group, value, named.get(group, {}).get(value, value))
        for group in FILTER_GROUPS
        for value in wanted.chosen.get(group, ())
    ]


def _value(group: str, value: str, name: str) -> str:
    """A name that says nothing by itself comes with its group: "Price: Not stated"."""
    return f"{FILTER_GROUPS[group]}: {name}" if value in {"unknown", "none"} else name

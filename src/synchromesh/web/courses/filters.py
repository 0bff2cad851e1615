"""The words of the course filters: groups, values, chips. Multi-select inside a group is OR, between groups AND."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from synchromesh.accounts.models import Organisation
from synchromesh.catalogue.models import Certificate, Mode
from synchromesh.catalogue.queries.courses import CourseFilter, CoursePage
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country
from synchromesh.plumbing.translated_text import in_language
from synchromesh.web.templatetags.synchromesh import LEVEL_NAMES

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
}
SHOWN = 6
_PRICES = {"free": gettext_lazy("Free"), "paid": gettext_lazy("Paid"), "unknown": gettext_lazy("Not stated")}


def describe_groups(found: CoursePage, wanted: CourseFilter) -> list[dict[str, Any]]:
    """Every group with its values, counts and what is chosen; long groups keep the rest behind "more"."""
    names = _names(found, wanted)
    groups = []
    for group, label in FILTER_GROUPS.items():
        chosen = wanted.chosen.get(group, ())
        counted = dict(found.counts[group]) | {value: dict(found.counts[group]).get(value, 0) for value in chosen}
        values = [
            {"value": value, "label": names[group].get(value, value), "count": count, "checked": value in chosen}
            for value, count in counted.items()
        ]
        values.sort(key=lambda row: (not row["checked"], -int(str(row["count"])), str(row["label"])))
        if len(values) > 1 or chosen:
            groups.append({"name": group, "title": label, "options": values[:SHOWN], "more": values[SHOWN:]})
    return groups


def chips(query: QueryDict, wanted: CourseFilter) -> list[dict[str, str]]:
    """One chip per chosen value, with the address that leaves it out."""
    names = _names(None, wanted)
    found = []
    for group, values in wanted.chosen.items():
        for value in values:
            rest = query.copy()
            rest.pop("page", None)
            rest.setlist(group, [other for other in rest.getlist(group) if other != value])
            label = f"{FILTER_GROUPS[group]}: {names[group].get(value, value)}"
            found.append({"label": label, "url": f"?{rest.urlencode()}"})
    return found


def _names(found: CoursePage | None, wanted: CourseFilter) -> dict[str, dict[str, str]]:
    """Words for the values; read from the courses at hand where possible, else from the records."""
    names: dict[str, dict[str, str]] = {group: {} for group in FILTER_GROUPS}
    names["price"] = {key: str(label) for key, label in _PRICES.items()}
    names["language"] = {code: gettext(name) for code, name in ENGLISH_NAMES.items()} | {
        "unknown": gettext("Not stated")
    }
    names["mode"] = {value: gettext(label) for value, label in Mode.choices} | {"unknown": gettext("Not stated")}
    names["level"] = {str(level): gettext(name) for level, name in LEVEL_NAMES.items()}
    names["certificate"] = {v: gettext(label) for v, label in Certificate.choices} | {"unknown": gettext("Not stated")}
    needed = {group: set(wanted.chosen.get(group, ())) for group in FILTER_GROUPS}
    if found is not None:
        for group in FILTER_GROUPS:
            needed[group] |= {value for value, _ in found.counts[group]}
    names["field"] = {t.slug: in_language(t.titles, "en").text for t in Topic.objects.all()} if needed["field"] else {}
    if needed["country"]:
        names["country"] = {c.code: str(c) for c in Country.objects.filter(code__in=needed["country"])}
    if needed["provider"]:
        rows = Organisation.objects.filter(slug__in=needed["provider"]).values_list("slug", "name")
        names["provider"] = dict(rows)
    if needed["skill"]:
        names["skill"] = {s.slug: str(s) for s in Skill.objects.filter(slug__in=needed["skill"]).only("slug", "titles")}
    return names

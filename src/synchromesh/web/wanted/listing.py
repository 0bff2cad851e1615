"""The list of wanted training in words: filters, chips and order, for everybody and for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy

from synchromesh.accounts.models import Organisation, User
from synchromesh.catalogue.permissions import EDITING_ROLES
from synchromesh.catalogue.queries.brief_filter import WantedFilter, WantedPage, choose_wanted, read_wanted_filter
from synchromesh.catalogue.queries.briefs import WantedTraining, thresholds
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.web.templatetags.synchromesh import LEVEL_NAMES, plain
from synchromesh.web.templatetags.wanted import ORIGINS

PAGE_SIZE = 25
GROUPS: dict[str, Any] = {
    "field": gettext_lazy("Field"),
    "level": gettext_lazy("Level"),
    "language": gettext_lazy("Language"),
    "region": gettext_lazy("Region"),
    "origin": gettext_lazy("How we know"),
    "skill": gettext_lazy("Skill"),
}
_SHOWN = 6
_MOST = 40
"""Values of a filter on the page at all: a framework has hundreds of skills."""


def list_context(request: HttpRequest, rows: Sequence[WantedTraining]) -> dict[str, Any]:
    """What the list shows of the rows, as the address asks; everything but a filter's counts comes from them."""
    wanted = read_wanted_filter(dict(request.GET.lists()))
    found = choose_wanted(rows, wanted, language=get_language() or "en")
    names = _names(rows)
    return {
        "rows": found.rows,
        "page": Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "groups": _groups(found, wanted, names),
        "chips": _chips(request.GET, wanted, names),
        "order": wanted.order,
        "fewest": thresholds().count,
        "providers": own_providers(request),
    }


def own_providers(request: HttpRequest) -> list[Organisation]:
    """The organisations whose courses the reader edits, by name. One question for who is signed in."""
    if not isinstance(request.user, User):
        return []
    found = request.user.memberships.filter(role__in=EDITING_ROLES).select_related("organisation")
    return [membership.organisation for membership in found.order_by("organisation__name", "pk")]


def _groups(found: WantedPage, wanted: WantedFilter, names: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    described = []
    for group, title in GROUPS.items():
        chosen = wanted.chosen.get(group, ())
        counts = dict.fromkeys(chosen, 0) | dict(found.counts[group])
        options = [
            {"value": value, "label": names[group].get(value, value), "count": count, "checked": value in chosen}
            for value, count in counts.items()
        ]
        options.sort(key=lambda row: (not row["checked"], -int(str(row["count"])), str(row["label"])))
        if len(options) > 1 or chosen:
            described.append(
                {"name": group, "title": title, "options": options[:_SHOWN], "more": options[_SHOWN:_MOST]}
            )
    return described


def _chips(query: QueryDict, wanted: WantedFilter, names: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    found = []
    for group, values in wanted.chosen.items():
        for value in values:
            rest = query.copy()
            rest.pop("page", None)
            rest.setlist(group, [other for other in rest.getlist(group) if other != value])
            label = f"{GROUPS[group]}: {names[group].get(value, value)}"
            found.append({"label": label, "url": f"?{rest.urlencode()}"})
    return found


def _names(rows: Sequence[WantedTraining]) -> dict[str, dict[str, str]]:
    """Words for the values of each filter."""
    skills = {row.skill.slug: row.skill for row in rows if row.skill}
    topics = {topic.slug: plain(topic.titles) for skill in skills.values() for topic in skill.topics.all()}
    return {
        "field": topics,
        "skill": {slug: plain(skill.titles) for slug, skill in skills.items()},
        "level": {str(level): gettext(name) for level, name in LEVEL_NAMES.items()},
        "language": {code: gettext(name) for code, name in ENGLISH_NAMES.items()},
        "region": {row.region.code: str(row.region) for row in rows if row.region},
        "origin": {origin: str(name) for origin, name in ORIGINS.items()},
    }

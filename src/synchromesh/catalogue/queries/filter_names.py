"""Names of the records that course filters mention: fields, roles, skills, countries, providers and regions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet, Value

from synchromesh.accounts.models import Organisation
from synchromesh.framework.models import JobRole, Skill, Topic
from synchromesh.places.models import Country, Region

Texts = Mapping[str, str]


class _Named(NamedTuple):
    """Where the name of a value stands: the model, the column of its short form, and that of its name."""

    model: type[Model]
    slug: str
    name: str


_TRANSLATED = {
    "field": _Named(Topic, "slug", "titles"),
    "role": _Named(JobRole, "slug", "titles"),
    "skill": _Named(Skill, "slug", "titles"),
    "country": _Named(Country, "code", "names"),
}
_PLAIN = {"provider": _Named(Organisation, "slug", "name"), "region": _Named(Region, "code", "name")}


def find_filter_names(values: Mapping[str, Collection[str]]) -> dict[str, dict[str, Texts]]:
    """Names by language per group (field, role, skill, country, provider, region) for the values asked; two queries."""
    names: dict[str, dict[str, Texts]] = {group: {} for group in (*_TRANSLATED, *_PLAIN)}
    for group, value, texts in _rows(_TRANSLATED, values):
        names[group][value] = texts
    for group, value, name in _rows(_PLAIN, values):
        names[group][value] = {"en": name}
    return names


def _rows(named: Mapping[str, _Named], values: Mapping[str, Collection[str]]) -> list[tuple[str, str, Any]]:
    """Group, value and name of each value that there is, for all groups in one query."""
    parts: list[QuerySet[Any, Any]] = []
    for group, (model, slug, name) in named.items():
        # PostgreSQL refuses even to look for a NUL character, which an address may hold.
        wanted = [value for value in values.get(group, ()) if "\0" not in value]
        if wanted:
            found = model._default_manager.filter(**{f"{slug}__in": wanted}).order_by()
            parts.append(found.values_list(Value(group), slug, name))
    return list(parts[0].union(*parts[1:], all=True)) if parts else []

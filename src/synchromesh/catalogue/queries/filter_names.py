"""Names of the records that course filters mention: fields, countries, providers and skills by their short form."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from synchromesh.accounts.models import Organisation
from synchromesh.framework.models import Skill, Topic
from synchromesh.places.models import Country

Texts = Mapping[str, str]


def find_filter_names(values: Mapping[str, Collection[str]]) -> dict[str, dict[str, Texts]]:
    """Translated names per group (field, country, provider, skill) for the values asked; one query per group."""
    # PostgreSQL refuses even to look for a NUL character, which an address may hold.
    values = {group: [value for value in found if "\0" not in value] for group, found in values.items()}
    names: dict[str, dict[str, Texts]] = {"field": {}, "country": {}, "provider": {}, "skill": {}}
    if values.get("field"):
        names["field"] = dict(Topic.objects.filter(slug__in=values["field"]).values_list("slug", "titles"))
    if values.get("country"):
        names["country"] = dict(Country.objects.filter(code__in=values["country"]).values_list("code", "names"))
    if values.get("provider"):
        found = Organisation.objects.filter(slug__in=values["provider"]).values_list("slug", "name")
        names["provider"] = {slug: {"en": name} for slug, name in found}
    if values.get("skill"):
        names["skill"] = dict(Skill.objects.filter(slug__in=values["skill"]).values_list("slug", "titles"))
    return names

"""Names of the records that course filters mention: fields, roles, skills, countries, providers and regions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from synchromesh.accounts.models import Organisation
from synchromesh.framework.models import JobRole, Skill, Topic
from synchromesh.places.models import Country, Region
from synchromesh.plumbing.kept_values import KeptValues

Texts = Mapping[str, str]
Pair = tuple[str, str]


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
_NAMED = _TRANSLATED | _PLAIN
_texts: KeptValues[Pair, str] = KeptValues(most=20_000)


def find_filter_names(values: Mapping[str, Collection[str]]) -> dict[str, dict[str, Texts]]:
    """Names by language per group (field, role, skill, country, provider, region) for the values asked.

    One query, none for what was asked for since the last commit. A value without a record has no name.
    """
    names: dict[str, dict[str, Texts]] = {group: {} for group in _NAMED}
    for (group, value), text in find_name_texts({group: values.get(group, ()) for group in _NAMED}).items():
        names[group][value] = name_from_text(group, text)
    return names


def find_name_texts(values: Mapping[str, Collection[str]]) -> dict[Pair, str]:
    """The same as the database has it: by group and value, a plain name or JSON with one for each language.

    For who only asks whether the names are still the same.
    """
    # PostgreSQL refuses even to look for a NUL character, which an address may hold.
    pairs = [(group, value) for group in _NAMED for value in values.get(group, ()) if "\0" not in value]
    return _texts.find(pairs, _read)


def name_from_text(group: str, text: str) -> Texts:
    """The name by language; of what has one name for all languages it stands under English."""
    return {"en": text} if group in _PLAIN else dict(sorted(json.loads(text).items()))


def _read(pairs: list[Pair]) -> dict[Pair, str]:
    """One question for all groups; built here because building it from six query sets takes longer than asking."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    for group, value in pairs:
        values[group].append(value)
    parts = [_part(group, len(asked)) for group, asked in values.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [value for asked in values.values() for value in asked])
        return {(group, value): text for group, value, text in cursor.fetchall()}


def _part(group: str, number: int) -> str:
    model, slug, name = _NAMED[group]
    quote = connection.ops.quote_name
    wanted = ", ".join(["%s"] * number)
    return (
        f"SELECT '{group}', {quote(slug)}, CAST({quote(name)} AS text) "  # noqa: S608 (names of our own columns)
        f"FROM {quote(model._meta.db_table)} WHERE {quote(slug)} IN ({wanted})"
    )

"""Plain values (objects, lists, texts, numbers) into records: the shape of our JSON, and what other formats become.

The keys are those of `_record_writing`. A value of the wrong kind makes the entry a problem; the others load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from synchromesh.engine.exchange.frameworks._collecting import Collected
from synchromesh.engine.exchange.frameworks._document import (
    DEPTHS,
    Depth,
    EscoReference,
    FamilyRecord,
    Provenance,
    Record,
    RequirementRecord,
    RoleRecord,
    SkillRecord,
    UnitRecord,
)
from synchromesh.engine.exchange.frameworks._record_rules import (
    KINDS,
    LEAST_EQF,
    LEAST_WEIGHT,
    MATCHES,
    MOST_EQF,
    MOST_WEIGHT,
    UNSTATED_CONFIDENCE,
    bad_code,
    bad_esco_uri,
)
from synchromesh.engine.exchange.frameworks._value_reader import ValueReader, shown
from synchromesh.engine.vocabulary.levels import HIGHEST, LOWEST
from synchromesh.engine.vocabulary.slugs import distinct_slug, is_slug, slugify

_LEVELS = {str(level) for level in range(LOWEST + 1, HIGHEST + 1)}


def read_records(kind: str, entries: Iterable[tuple[str, object]], collected: Collected) -> None:
    """Add the records of one kind ("skills", "roles" ...) from (position, value) pairs, with their problems."""
    for position, value in entries:
        if not isinstance(value, dict):
            collected.report(position, "This entry is not an object, so it was not read.")
            continue
        values = ValueReader(value, position=position)
        record = READERS[kind](values)
        values.remark_unknown()
        collected.problems.extend((*values.faults, *values.remarks))
        if not values.faults:
            collected.add(record)


def _skill(values: ValueReader) -> SkillRecord:
    titles = values.texts("titles")
    external_id, slug = _identity(values, titles)
    anchors = values.keyed("anchors", ValueReader.texts, is_key=_LEVELS.__contains__, wanted="a level from 1 to 3")
    return SkillRecord(
        position=values.position,
        external_id=external_id,
        slug=slug,
        kind=values.one_of("kind", KINDS),
        topics=values.items("topics"),
        titles=titles,
        descriptions=values.texts("descriptions"),
        anchors={int(level): texts for level, texts in anchors.items() if texts},
        esco=_esco(values),
        provenance=_provenance(values),
    )


def _family(values: ValueReader) -> FamilyRecord:
    titles = values.texts("titles")
    external_id, slug = _identity(values, titles)
    return FamilyRecord(
        position=values.position, external_id=external_id, slug=slug, titles=titles, provenance=_provenance(values)
    )


def _role(values: ValueReader) -> RoleRecord:
    titles = values.texts("titles")
    external_id, slug = _identity(values, titles)
    eqf = values.child("eqf")
    lowest, highest = (eqf.whole_number(key, least=LEAST_EQF, most=MOST_EQF) for key in ("min", "max"))
    if lowest is not None and highest is not None and lowest > highest:
        eqf.report("max", f"The highest EQF level ({highest}) is below the lowest ({lowest}).")
    eqf_source = eqf.text("source")
    eqf.remark_unknown()
    values.take_problems(eqf)
    return RoleRecord(
        position=values.position,
        external_id=external_id,
        slug=slug,
        topics=values.items("topics"),
        titles=titles,
        summaries=values.texts("summaries"),
        tasks=values.by_language("tasks", ValueReader.items),
        area=values.text("area"),
        eqf_min=lowest,
        eqf_max=highest,
        eqf_source=eqf_source,
        esco=_esco(values),
        provenance=_provenance(values),
        family=_slug(values, "family"),
    )


def _requirement(values: ValueReader) -> RequirementRecord:
    level = values.whole_number("level", least=LOWEST + 1, most=HIGHEST)
    weight = values.whole_number("weight", least=LEAST_WEIGHT, most=MOST_WEIGHT)
    for key, number in (("level", level), ("weight", weight)):
        if number is None and not values.is_blamed(key):
            values.report(key, "The value is missing but needed.")
    return RequirementRecord(
        position=values.position,
        role=values.required("role"),
        skill=values.required("skill"),
        level=level or 0,
        essential=values.one_of("need", ("essential", "optional")) == "essential",
        weight=weight or 0,
        provenance=_provenance(values),
    )


def _unit(values: ValueReader) -> UnitRecord:
    code, word, titles = values.required("code"), values.one_of("level", DEPTHS), values.texts("titles")
    if code and (fault := bad_code(code)):
        values.report("code", fault)
    _need_title(values, titles)
    depth: Depth = next((depth for depth in DEPTHS if depth == word), "unit")
    return UnitRecord(
        position=values.position,
        role=values.required("role"),
        code=code,
        depth=depth,
        titles=titles,
        skill=values.text("skill"),
        provenance=_provenance(values),
    )


_Read: TypeAlias = Callable[[ValueReader], Record]
READERS: Mapping[str, _Read] = {
    "families": _family,
    "skills": _skill,
    "roles": _role,
    "requirements": _requirement,
    "units": _unit,
}


def _identity(values: ValueReader, titles: Mapping[str, str]) -> tuple[str, str]:
    """Return id and slug; each stands in for the other, the English title for both."""
    _need_title(values, titles)
    slug, title_slug = _slug(values, "slug"), slugify(titles.get("en", ""))
    external_id = values.text("id") or slug or title_slug
    if not external_id:
        values.report("id", "The entry has no id, and there is no slug or English title to take one from.")
    return external_id, slug or title_slug or distinct_slug(external_id)


def _need_title(values: ValueReader, titles: Mapping[str, str]) -> None:
    if not titles and not values.is_blamed("titles"):
        values.report("titles", "The entry has no title. It needs one in at least one language.")


def _slug(values: ValueReader, key: str) -> str:
    slug = values.text(key)
    if slug and not is_slug(slug):
        values.report(key, f"'{shown(slug)}' is not a slug. Use lower-case letters a to z, digits and single hyphens.")
    return slug


def _esco(values: ValueReader) -> tuple[EscoReference, ...]:
    found = []
    for link in values.children("esco"):
        uri, match = link.required("uri"), link.one_of("match", MATCHES)
        if uri and (fault := bad_esco_uri(uri)):
            link.report("uri", fault)
        link.remark_unknown()
        values.take_problems(link)
        found.append(EscoReference(uri=uri, match=match))
    return tuple(found)


def _provenance(values: ValueReader) -> Provenance:
    within = values.child("provenance")
    confidence = within.share("confidence")
    provenance = Provenance(
        source=within.text("source"),
        source_url=within.web_address("source_url"),
        source_on=within.date("source_on"),
        confidence=UNSTATED_CONFIDENCE if confidence is None else confidence,
        quote=within.text("quote"),
    )
    within.remark_unknown()
    values.take_problems(within)
    return provenance

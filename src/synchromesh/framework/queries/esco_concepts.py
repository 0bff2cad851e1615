"""One ESCO concept with everything around it: labels, place in the hierarchy, relations, our links to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Q

from synchromesh.framework.models import (
    EscoConcept,
    EscoLabelKind,
    EscoLink,
    EscoRelation,
    EscoRelationKind,
    EscoVersion,
)
from synchromesh.framework.queries.esco import NO_LANGUAGE, ConceptName, read_names, same_address, written_forms

_MOST_PATHS = 12
_MOST_SHOWN = 500
_MANY = 100
_Links = dict[tuple[str, str], list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLabels:
    """The labels of a concept in one language; `preferred` may be empty."""

    language: str
    preferred: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptDetail:
    """A concept and its surroundings.

    `paths` lead from the top of the hierarchy down to the concepts directly above this one. `needs_*` are what it
    needs; `needed_*` are what needs it. `links` are our own skills and roles, each with its SKOS match.
    """

    version: EscoVersion
    name: ConceptName
    reuse_level: str
    status: str
    descriptions: dict[str, str]
    labels: tuple[LanguageLabels, ...]
    paths: tuple[tuple[ConceptName, ...], ...]
    narrower: tuple[ConceptName, ...]
    needs_essential: tuple[ConceptName, ...]
    needs_optional: tuple[ConceptName, ...]
    needed_essential: tuple[ConceptName, ...]
    needed_optional: tuple[ConceptName, ...]
    related: tuple[ConceptName, ...]
    collections: tuple[str, ...]
    links: tuple[EscoLink, ...]


def find_concept(uri: str, *, language: str = "en", label: str = "") -> ConceptDetail | None:
    """The concept with this address in the active version, or in version `label`; None where it is not loaded.

    Names of other concepts come in `language`, English and the first loaded language; its own labels in all languages.
    """
    in_version = Q(version__label=label) if label else Q(version__is_active=True)
    found = EscoConcept.objects.filter(in_version, uri=same_address(uri)).select_related("version")
    told = list(found.annotate(told_in=F("texts__language"), told=F("texts__description")).order_by("texts__language"))
    if not told:
        return None
    concept, descriptions = told[0], {row.told_in: row.told for row in told if row.told_in}
    links, above = _edges(concept)
    others = {other for found in links.values() for other in found} | {row for edge in above for row in edge}
    rows = EscoConcept.objects.filter(pk__in=others - {concept.pk})
    languages = (language, "en", *concept.version.languages[:1]) if len(others) > _MANY else ()
    names = read_names(rows, languages=languages)
    return _detail(concept, descriptions, links, above, names)


def _detail(
    concept: EscoConcept,
    descriptions: dict[str, str],
    links: _Links,
    above: list[tuple[int, int]],
    names: dict[int, ConceptName],
) -> ConceptDetail:
    def named(direction: str, *kinds: EscoRelationKind) -> tuple[ConceptName, ...]:
        found = [names[other] for kind in kinds for other in links.get((direction, kind.value), ()) if other in names]
        return tuple(sorted(found, key=lambda name: (*sorted(name.labels.values(), key=str.casefold)[:1], name.uri)))

    labels = _labels(concept)
    return ConceptDetail(
        version=concept.version,
        name=_name(concept, labels),
        reuse_level=concept.reuse_level,
        status=concept.status,
        descriptions=descriptions,
        labels=labels,
        paths=_paths(concept.pk, above, names),
        narrower=named("to", EscoRelationKind.BROADER),
        needs_essential=named("from", EscoRelationKind.ESSENTIAL),
        needs_optional=named("from", EscoRelationKind.OPTIONAL),
        needed_essential=named("to", EscoRelationKind.ESSENTIAL),
        needed_optional=named("to", EscoRelationKind.OPTIONAL),
        related=named("from", EscoRelationKind.RELATED) + named("to", EscoRelationKind.RELATED),
        collections=tuple(concept.memberships.order_by("collection").values_list("collection", flat=True)),
        links=_our_links(concept.uri),
    )


def _our_links(uri: str) -> tuple[EscoLink, ...]:
    typed = EscoLink.objects.filter(uri__in=written_forms(uri))
    return tuple(typed.select_related("skill", "role").order_by("match", "pk"))


def _labels(concept: EscoConcept) -> tuple[LanguageLabels, ...]:
    preferred: dict[str, str] = {}
    others: dict[str, list[str]] = defaultdict(list)
    for language, kind, text in concept.labels.order_by("language", "folded").values_list("language", "kind", "text"):
        if kind == EscoLabelKind.PREFERRED:
            preferred[language] = text
        elif kind == EscoLabelKind.ALTERNATIVE:  # hidden labels are misspellings and the like, only for searches
            others[language].append(text)
    languages = sorted(preferred.keys() | others.keys(), key=lambda code: (code not in preferred, code))
    return tuple(
        LanguageLabels(language=code, preferred=preferred.get(code, ""), alternatives=tuple(others[code]))
        for code in languages
    )


def _name(concept: EscoConcept, labels: tuple[LanguageLabels, ...]) -> ConceptName:
    texts = {row.language: row.preferred for row in labels if row.preferred}
    return ConceptName(
        uri=concept.uri, kind=concept.kind, code=concept.code, labels=texts or {NO_LANGUAGE: concept.uri}
    )


def _edges(concept: EscoConcept) -> tuple[_Links, list[tuple[int, int]]]:
    """Rows of related concepts by (direction, kind), and every (concept, broader concept) on the ways up.

    One question; UNION ends at a circle of wrong data. Recursion is part of SQL:1999 and the same in SQLite
    (https://www.sqlite.org/lang_with.html) and PostgreSQL.
    """
    table = connection.ops.quote_name(EscoRelation._meta.db_table)
    sql = f"""
        WITH RECURSIVE above(id) AS (
            SELECT CAST(%s AS BIGINT)
            UNION
            SELECT edge.target_id FROM {table} AS edge JOIN above ON edge.source_id = above.id WHERE edge.kind = %s
        )
        SELECT edge.source_id, edge.target_id, edge.kind FROM {table} AS edge JOIN above ON edge.source_id = above.id
        WHERE edge.kind = %s
        UNION SELECT source_id, target_id, kind FROM {table} WHERE source_id = %s
        UNION SELECT source_id, target_id, kind FROM {table} WHERE target_id = %s
        ORDER BY 1, 2
    """  # noqa: S608 (only the name of the table is put in)
    broader = EscoRelationKind.BROADER.value
    with connection.cursor() as cursor:
        cursor.execute(sql, [concept.pk, broader, broader, concept.pk, concept.pk])
        edges = cursor.fetchall()
    links: _Links = defaultdict(list)
    for source, target, kind in edges:
        if source == concept.pk:
            links["from", kind].append(target)
        if target == concept.pk:
            links["to", kind].append(source)
    above = [(source, target) for source, target, kind in edges if kind == broader and target != concept.pk]
    return {key: others[:_MOST_SHOWN] for key, others in links.items()}, above


def _paths(
    start: int, edges: list[tuple[int, int]], names: dict[int, ConceptName]
) -> tuple[tuple[ConceptName, ...], ...]:
    """The ways from the top down to the concepts above `start`; a concept of ESCO may stand in several places."""
    above: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        above[source].append(target)
    finished: list[tuple[int, ...]] = []
    waiting: list[tuple[int, ...]] = [(parent,) for parent in above[start]]
    while waiting and len(finished) < _MOST_PATHS:
        path = waiting.pop()
        higher = [parent for parent in above[path[0]] if parent not in path]
        if higher:
            waiting += [(parent, *path) for parent in higher]
        else:
            finished.append(path)
    shown = [tuple(names[pk] for pk in path) for path in finished]
    return tuple(sorted(shown, key=lambda path: [name.uri for name in path]))

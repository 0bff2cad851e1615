"""What a person must see of ESCO concepts to judge them: names, meaning, place, and who is linked to them already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from synchromesh.framework.models import (
    EscoConcept,
    EscoLink,
    EscoRelation,
    EscoRelationKind,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.queries.esco import ConceptName, read_names, written_forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """One concept: `path` leads from the top of the hierarchy to the concept directly above it (one way of several).

    `links` are links of our other skills and roles to the same concept.
    """

    name: ConceptName
    status: str
    descriptions: dict[str, str]
    path: tuple[ConceptName, ...]
    links: tuple[EscoLink, ...]


def read_surroundings(concepts: Collection[int], *, version: EscoVersion) -> dict[int, Surroundings]:
    """The concepts of these rows, in their order, with the hierarchy of `version`. Five questions, none for none."""
    if not concepts:
        return {}
    above = list_broader(concepts)
    rows = {*concepts, *(row for edge in above for row in edge)}
    names = read_names(EscoConcept.objects.filter(pk__in=rows, version=version))
    statuses = dict(EscoConcept.objects.filter(pk__in=concepts).values_list("pk", "status"))
    told: dict[int, dict[str, str]] = defaultdict(dict)
    texts = EscoText.objects.filter(concept__in=concepts).values_list("concept_id", "language", "description")
    for concept, language, text in texts:
        told[concept][language] = text
    links = _links_to(names[concept].uri for concept in concepts)
    return {
        concept: Surroundings(
            name=names[concept],
            status=statuses[concept],
            descriptions=dict(sorted(told[concept].items())),
            path=tuple(names[row] for row in _way_up(concept, above) if row in names),
            links=tuple(links[names[concept].uri]),
        )
        for concept in concepts
    }


def list_broader(concepts: Iterable[int]) -> list[tuple[int, int]]:
    """Every (concept, broader concept) on the ways up from these rows, in order of rows. One question.

    UNION ends at a circle of wrong data. Recursion is part of SQL:1999 and the same in SQLite and PostgreSQL.
    """
    starts = sorted(set(concepts))
    if not starts:
        return []
    table = connection.ops.quote_name(EscoRelation._meta.db_table)
    places = ", ".join(["%s"] * len(starts))
    sql = f"""
        WITH RECURSIVE above(source_id, target_id) AS (
            SELECT source_id, target_id FROM {table} WHERE kind = %s AND source_id IN ({places})
            UNION
            SELECT edge.source_id, edge.target_id FROM {table} AS edge
            JOIN above ON edge.source_id = above.target_id WHERE edge.kind = %s
        )
        SELECT source_id, target_id FROM above ORDER BY 1, 2
    """  # noqa: S608 (only the name of the table and the signs for parameters are put in)
    broader = EscoRelationKind.BROADER.value
    with connection.cursor() as cursor:
        cursor.execute(sql, [broader, *starts, broader])
        return [(source, target) for source, target in cursor.fetchall()]


def _way_up(start: int, edges: list[tuple[int, int]]) -> list[int]:
    """Rows from the top to the one directly above `start`, each time by the first concept above."""
    above: dict[int, int] = {}
    for source, target in edges:
        above.setdefault(source, target)
    way: list[int] = []
    row = above.get(start)
    while row is not None and row not in way and row != start:
        way.insert(0, row)
        row = above.get(row)
    return way


def _links_to(uris: Iterable[str]) -> dict[str, list[EscoLink]]:
    """Our links by the address as ESCO writes it; links may have been typed otherwise."""
    typed = {form: uri for uri in uris for form in written_forms(uri)}
    found: dict[str, list[EscoLink]] = defaultdict(list)
    for link in EscoLink.objects.filter(uri__in=typed).select_related("skill", "role").order_by("match", "pk"):
        found[typed[link.uri]].append(link)
    return found

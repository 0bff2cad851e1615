"""ESCO, the classification of the European Commission, where the operator has loaded it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from synchromesh.api.cursors import Keys, read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    LinkProvenance,
    Lists,
    Name,
    Portion,
    PortionParameters,
    Reference,
    Texts,
    link_provenance_of,
    reference_to,
)
from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import EscoConcept, EscoLink, EscoRelationKind, EscoVersion
from synchromesh.framework.queries.esco import (
    NO_LANGUAGE,
    ConceptName,
    find_active_version,
    get_version,
    list_versions,
    read_names,
    same_address,
)
from synchromesh.framework.queries.esco_concepts import ConceptDetail, find_concept

router = Router(tags=["esco"])
Kind = Literal["skill", "knowledge", "occupation", "skill-group", "isco-group"]
Uri = Annotated[str, Field(max_length=300)]
_KEYS: Keys = {"uri": str}
_LABEL = Field(description="label of a loaded version; else the one that pages show", max_length=20)


class EscoVersionRecord(BaseModel):
    """A version of ESCO that is loaded."""

    label: str
    active: Annotated[bool, Field(description="whether pages show it")]
    languages: list[str]
    concepts: Annotated[dict[str, int], Field(description="how many concepts there are of each kind")]
    imported_at: datetime


class EscoVersionList(BaseModel):
    """All loaded versions, the oldest first; empty where ESCO is not loaded."""

    items: list[EscoVersionRecord]


class ConceptRow(BaseModel):
    """A concept as another one names it."""

    uri: str
    kind: Kind
    code: str | None
    labels: Texts


class ConceptPortion(Portion[ConceptRow]):
    """Concepts by address."""

    version: str


class OurLink(BaseModel):
    """A skill or a job role of the framework that is linked to the concept."""

    kind: Literal["skill", "role"]
    record: Reference
    match: Literal["exact", "close", "broad", "narrow", "related"]
    provenance: LinkProvenance


class Concept(ConceptRow):
    """A concept and its surroundings."""

    version: str
    status: str | None
    reuse_level: str | None
    alternative_labels: Lists
    descriptions: Texts
    collections: list[str]
    paths: Annotated[list[list[ConceptRow]], Field(description="ways from the top down to what stands above it")]
    narrower: list[ConceptRow]
    needs_essential: list[ConceptRow]
    needs_optional: list[ConceptRow]
    needed_essential: Annotated[list[ConceptRow], Field(description="what needs it")]
    needed_optional: Annotated[list[ConceptRow], Field(description="what can use it")]
    related: list[ConceptRow]
    links: list[OurLink]


class ConceptParameters(PortionParameters):
    """Which concepts."""

    kind: Annotated[Kind | None, Field(description="what the concept is")] = None
    collection: Annotated[Name, Field(description="a collection of ESCO, such as green or digital")] = ""
    broader: Annotated[Uri, Field(description="address of the group that they stand directly below")] = ""
    version: Annotated[Name, _LABEL] = ""


class OneConceptParameters(BaseModel):
    """Which concept."""

    uri: Annotated[Uri, Field(description="the address of the concept")]
    version: Annotated[Name, _LABEL] = ""


@offer(
    router,
    "/esco/versions",
    answer=EscoVersionList,
    name="listEscoVersions",
    summary="Loaded versions of ESCO",
    description="The versions of ESCO that the operator has loaded; the list is empty where there are none. ESCO is "
    "the classification of European skills, competences, qualifications and occupations of the European Commission.",
    examples=[Example("All loaded versions")],
)
def list_esco_versions(request: HttpRequest) -> EscoVersionList:
    """Versions; see the description above."""
    return EscoVersionList(
        items=[
            EscoVersionRecord(
                label=version.label,
                active=version.is_active,
                languages=version.languages,
                concepts=version.counts,
                imported_at=version.imported_at,
            )
            for version in list_versions()
        ]
    )


@offer(
    router,
    "/esco/concepts",
    answer=ConceptPortion,
    name="listEscoConcepts",
    summary="ESCO concepts",
    description="Concepts of a version by address, with their preferred labels. 404 where ESCO is not loaded.",
    examples=[],
)
def list_esco_concepts(
    request: HttpRequest, response: HttpResponse, asked: Annotated[ConceptParameters, Query()]
) -> ConceptPortion:
    """Concepts. Raises NotFound."""
    version = _version(asked.version)
    found = EscoConcept.objects.filter(version=version)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.collection:
        found = found.filter(memberships__collection=asked.collection)
    if asked.broader:
        found = found.filter(
            relations__kind=EscoRelationKind.BROADER,
            relations__target__uri=same_address(asked.broader),
            relations__target__version=version,
        )
    rows, cursor = read_portion(found, scope="esco", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    names = read_names(EscoConcept.objects.filter(pk__in=[row.pk for row in rows])) if rows else {}
    return ConceptPortion(
        version=version.label,
        items=_rows(names[row.pk] for row in rows),
        next=tell_next(request, response, cursor),
    )


@offer(
    router,
    "/esco/concept",
    answer=Concept,
    name="getEscoConcept",
    summary="One ESCO concept",
    description="A concept with its labels, its place, what it needs and what needs it, and the skills and job roles "
    "of the framework that are linked to it. 404 where it is not loaded.",
    examples=[],
)
def read_esco_concept(request: HttpRequest, asked: Annotated[OneConceptParameters, Query()]) -> Concept:
    """One concept. Raises NotFound."""
    found = find_concept(asked.uri, label=_version(asked.version).label)
    if found is None:
        raise NotFound("This concept is not in the version of ESCO that is loaded.", field="uri")
    return _concept(found)


def _version(label: str) -> EscoVersion:
    version = get_version(label) if label else find_active_version()
    if version is None:
        raise NotFound("ESCO is not loaded on this site.", field="version")
    return version


def _concept(found: ConceptDetail) -> Concept:
    return Concept(
        **_row(found.name).model_dump(),
        version=found.version.label,
        status=found.status or None,
        reuse_level=found.reuse_level or None,
        alternative_labels={row.language: list(row.alternatives) for row in found.labels if row.alternatives},
        descriptions=found.descriptions,
        collections=list(found.collections),
        paths=[_rows(path) for path in found.paths],
        narrower=_rows(found.narrower),
        needs_essential=_rows(found.needs_essential),
        needs_optional=_rows(found.needs_optional),
        needed_essential=_rows(found.needed_essential),
        needed_optional=_rows(found.needed_optional),
        related=_rows(found.related),
        links=[link for link in map(_link, found.links) if link is not None],
    )


def _rows(names: Iterable[ConceptName]) -> list[ConceptRow]:
    return [_row(name) for name in names]


def _row(name: ConceptName) -> ConceptRow:
    labels = {language: text for language, text in name.labels.items() if language != NO_LANGUAGE}
    return ConceptRow(uri=name.uri, kind=name.kind, code=name.code or None, labels=labels)  # type: ignore[arg-type]


def _link(link: EscoLink) -> OurLink | None:
    """A link of a skill or a role; those of retired ones are passed over."""
    record = link.skill or link.role
    if record is None or record.retired_at is not None:
        return None
    kind: Literal["skill", "role"] = "skill" if link.skill else "role"
    return OurLink(
        kind=kind,
        record=reference_to(kind, record),
        match=link.match,  # type: ignore[arg-type]
        provenance=link_provenance_of(link),
    )

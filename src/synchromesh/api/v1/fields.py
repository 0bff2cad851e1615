"""The fields of the alliance: what roles, skills and courses are sorted by."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from synchromesh.api.cursors import Keys, read_number, read_portion, tell_next
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.shapes import (
    Identity,
    Portion,
    PortionParameters,
    Provenance,
    Reference,
    Texts,
    provenance_of,
    uri_of,
)
from synchromesh.framework.models import Topic
from synchromesh.framework.queries.concepts import get_topic

router = Router(tags=["framework"])
_KEYS: Keys = {"position": read_number, "slug": str}


class FieldRecord(Reference):
    """A field."""

    summaries: Texts
    provenance: Provenance


class FieldPortion(Portion[FieldRecord]):
    """Fields in the alliance's order."""


@offer(
    router,
    "/fields",
    answer=FieldPortion,
    name="listFields",
    summary="Fields",
    description="The fields of the alliance in its own order. The parameter `field` elsewhere takes their slugs.",
    examples=[Example("All fields", limit=100)],
)
def list_fields(
    request: HttpRequest, response: HttpResponse, asked: Annotated[PortionParameters, Query()]
) -> FieldPortion:
    """Fields; see the description above."""
    rows, cursor = read_portion(Topic.objects.all(), scope="fields", cursor=asked.cursor, limit=asked.limit, keys=_KEYS)
    return FieldPortion(items=[_record(topic) for topic in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/fields/{id}",
    answer=FieldRecord,
    name="getField",
    summary="One field",
    description="A field with its summary. Ask for its roles, skills and courses with the parameter `field` there.",
    examples=[Example("A field by its slug", path={"id": "battery"})],
)
def read_field(request: HttpRequest, id: Identity) -> FieldRecord:  # noqa: A002
    """One field. Raises NotFound."""
    return _record(get_topic(id))


def _record(topic: Topic) -> FieldRecord:
    return FieldRecord(
        uid=topic.uid,
        slug=topic.slug,
        uri=uri_of("field", topic.uid),
        titles=topic.titles,
        summaries=topic.summaries,
        provenance=provenance_of(topic),
    )

"""Groups of the alliance that everybody may know of: committees, working groups, task forces, forums."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from synchromesh.accounts.permissions import VISITOR
from synchromesh.api.cursors import read_portion, tell_next
from synchromesh.api.v1.alliance import Identity, name_of, one_of, who
from synchromesh.api.v1.offering import Example, offer
from synchromesh.api.v1.organisations import OrganisationName
from synchromesh.api.v1.shapes import Portion, PortionParameters, Provenance, Reference, Texts, provenance_of
from synchromesh.community.models import Group, Readers
from synchromesh.community.queries.groups import visible_groups

router = Router(tags=["alliance"])
Kind = Literal["topic-committee", "working-group", "task-force", "forum"]


class GroupRecord(Reference):
    """A group. Who works in it, its meetings and its papers are not told here."""

    kind: Kind
    mandates: Texts
    parent: Annotated[Reference | None, Field(description="the group that it is a part of")]
    led_by: OrganisationName | None
    starts_on: date | None
    ends_on: Annotated[date | None, Field(description="the last day on which it works")]
    provenance: Provenance


class GroupPortion(Portion[GroupRecord]):
    """Groups by slug."""


class GroupParameters(PortionParameters):
    """Which groups."""

    kind: Annotated[Kind | None, Field(description="what it is for")] = None


@offer(
    router,
    "/groups",
    answer=GroupPortion,
    name="listGroups",
    summary="Groups of the alliance",
    description="Groups that are for everybody to know, by slug, those whose work has ended too.",
    examples=[Example("Working groups", kind="working-group")],
)
def list_groups(
    request: HttpRequest, response: HttpResponse, asked: Annotated[GroupParameters, Query()]
) -> GroupPortion:
    """Groups; see the description above."""
    found = visible_groups(VISITOR).select_related("parent", "lead_organisation")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    rows, cursor = read_portion(found, scope="groups", cursor=asked.cursor, limit=asked.limit)
    return GroupPortion(items=[_record(row) for row in rows], next=tell_next(request, response, cursor))


@offer(
    router,
    "/groups/{id}",
    answer=GroupRecord,
    name="getGroup",
    summary="One group",
    description="A group that is for everybody to know, with what it is to do.",
    examples=[Example("A group by its slug", path={"id": "wg4-regional-implementation"})],
)
def read_group(request: HttpRequest, id: Identity) -> GroupRecord:  # noqa: A002
    """One group. Raises NotFound, also for one that is for members."""
    found = visible_groups(VISITOR).select_related("parent", "lead_organisation")
    return _record(one_of(found, id, what="group"))


def _record(group: Group) -> GroupRecord:
    above = group.parent if group.parent and group.parent.visibility == Readers.PUBLIC else None
    return GroupRecord(
        **name_of("group", group, group.names).model_dump(),
        kind=group.kind,  # type: ignore[arg-type]  # the column holds one of these values
        mandates=group.mandates,
        parent=name_of("group", above, above.names) if above else None,
        led_by=who(group.lead_organisation),
        starts_on=group.starts_on,
        ends_on=group.ends_on,
        provenance=provenance_of(group),
    )

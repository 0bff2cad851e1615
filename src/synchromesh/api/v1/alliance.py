"""What answers about the alliance have in common: records by uid or slug, who speaks, where, and which fields.

Everything here is read as a visitor would read it on the pages: what is for members is in no answer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from ninja import Path
from pydantic import Field

from synchromesh.accounts.models import Organisation
from synchromesh.api.v1.organisations import OrganisationName, organisation_name
from synchromesh.api.v1.shapes import Reference, Texts, uri_of
from synchromesh.engine.errors import NotFound

Row = TypeVar("Row", bound=Model)
# Nothing is named with a NUL character, and PostgreSQL refuses even to look for one.
Identity = Annotated[str, Path(max_length=160, pattern="^[^\\x00]*$", description="its uid or its slug")]
FieldSlugs = Annotated[list[str], Field(description="slugs of the alliance's fields it belongs to")]


def one_of(found: QuerySet[Row], text: str, *, what: str) -> Row:
    """The row with this uid or slug. Raises NotFound."""
    row = found.filter(_named(text)).first()
    if row is None:
        raise NotFound(f"There is no {what} '{text}'.", field=what)
    return row


def _named(text: str) -> Q:
    try:
        return Q(slug=text) | Q(uid=UUID(text))
    except ValueError:
        return Q(slug=text)


def who(organisation: Organisation | None) -> OrganisationName | None:
    """Name the organisation, if there is one."""
    return organisation_name(organisation) if organisation else None


def field_slugs(record: Any) -> list[str]:
    """The fields of a record whose topics are read already, by slug."""
    return sorted(topic.slug for topic in record.topics.all())


def name_of(kind: str, record: Any, titles: dict[str, str]) -> Reference:
    """Name a record whose titles are called otherwise."""
    shown: Texts = titles
    return Reference(uid=record.uid, slug=record.slug, uri=uri_of(kind, record.uid), titles=shown)


def read_instant(text: str) -> datetime:
    """An instant with its time zone, as a cursor holds it. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error

"""Organisations as the search sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from synchromesh.accounts.models import Organisation
from synchromesh.search.contract import Document

_AT_ONCE = 2000
"""Organisations read at a time; each such block takes one query for itself and one for its kinds."""


def list_organisation_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Organisations, all or those with `uids`, by slug; each has a public page. A name is in no language."""
    found = Organisation.objects.select_related("country", "region").prefetch_related("kinds").order_by("slug")
    if uids is not None:
        found = found.filter(uid__in=uids)
    for organisation in found.iterator(chunk_size=_AT_ONCE):
        yield _document(organisation)


def _document(organisation: Organisation) -> Document:
    country = organisation.country
    return Document(
        kind="organisation",
        uid=str(organisation.uid),
        slug=organisation.slug,
        titles={"": organisation.name},
        labels=(organisation.slug.replace("-", " "),),
        body="\n".join(_body(organisation)),
        filters={
            "country": (country.code,) if country else (),
            "organisation_kind": tuple(row.kind for row in organisation.kinds.all()),
            "origin": (organisation.origin,),
        },
    )


def _body(organisation: Organisation) -> Iterator[str]:
    for row in organisation.kinds.all():
        yield str(row.get_kind_display())
    yield organisation.stated_type
    if organisation.country:
        yield from organisation.country.names.values()
    if organisation.region:
        yield organisation.region.name

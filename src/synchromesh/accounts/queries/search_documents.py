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
        labels={"": (organisation.slug.replace("-", " "),)},
        texts=_texts(organisation),
        filters={
            "country": (country.code,) if country else (),
            "organisation_kind": tuple(row.kind for row in organisation.kinds.all()),
            "origin": (organisation.origin,),
        },
    )


def _texts(organisation: Organisation) -> dict[str, str]:
    """What it is and where it lies; names of kinds are stored in English, those of countries in several languages."""
    texts = dict(organisation.country.names) if organisation.country else {}
    kinds = [str(row.get_kind_display()) for row in organisation.kinds.all()]
    texts["en"] = "\n".join([*kinds, texts.get("en", "")])
    texts[""] = "\n".join([organisation.stated_type, organisation.region.name if organisation.region else ""])
    return {language: text.strip() for language, text in texts.items() if text.strip()}

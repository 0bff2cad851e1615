"""Passports as the search sees them: what everybody may see of those on the market, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import F, Prefetch, QuerySet

from synchromesh.engine.passport_models.model import BatteryKind
from synchromesh.engine.passport_models.writing import read_document
from synchromesh.passports.models import Passport, PassportVersion
from synchromesh.passports.queries.sight import PUBLIC_SIGHT
from synchromesh.search.contract import Document

LONGEST_VALUE = 200
_AT_ONCE = 500


def searched_passports() -> QuerySet[Passport]:
    """Passports on the market; those of a class are found by the class alone."""
    return Passport.objects.filter(published_at__isnull=False, team=None)


def list_passport_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Passports on the market, all or those with `uids`, in the order in which they came there."""
    newest = PassportVersion.objects.filter(number=F("passport__number"))
    found = searched_passports().prefetch_related(Prefetch("versions", newest, to_attr="newest"))
    if uids is not None:
        found = found.filter(uid__in=uids)
    for passport in found.order_by("published_at", "pk").iterator(chunk_size=_AT_ONCE):
        yield _document(passport, passport.newest)


def _document(passport: Passport, newest: list[PassportVersion]) -> Document:
    """Only texts are searched: of a number or a table nobody remembers the words."""
    texts = [text for version in newest for text in _texts(passport, version)]
    numbers = tuple(number for number in (passport.gtin, passport.serial) if number)
    return Document(
        kind="passport",
        uid=str(passport.uid),
        slug=str(passport.uid),
        titles={"": passport.title},
        labels={"": numbers} if numbers else {},
        texts={"": "\n".join(texts)} if texts else {},
        filters={"battery": (passport.kind,), "origin": (passport.origin,)},
    )


def _texts(passport: Passport, version: PassportVersion) -> list[str]:
    content = PUBLIC_SIGHT.redact(read_document(version.data, kind=BatteryKind(passport.kind)))
    values = [stated.value for stated in content.values.values()]
    return [value[:LONGEST_VALUE] for value in values if isinstance(value, str) and value]

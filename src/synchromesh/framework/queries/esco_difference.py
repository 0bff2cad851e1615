"""What changed between two loaded versions of ESCO, and which of our links that concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from synchromesh.framework.models import EscoConcept, EscoLink, EscoVersion
from synchromesh.framework.queries.esco import ConceptName, read_names, same_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A concept whose preferred label in one language is another one now."""

    uri: str
    kind: str
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoDifference:
    """From `older` to `newer`. `links` are links of our skills and roles to concepts that are gone."""

    older: EscoVersion
    newer: EscoVersion
    new: tuple[ConceptName, ...]
    gone: tuple[ConceptName, ...]
    renamed: tuple[Renamed, ...]
    links: tuple[EscoLink, ...]


def compare_versions(older: EscoVersion, newer: EscoVersion) -> EscoDifference:
    """Compare by address: new and gone concepts, and labels that moved in the languages that both versions have."""
    before, after = (
        {name.uri: name for name in read_names(EscoConcept.objects.filter(version=version)).values()}
        for version in (older, newer)
    )
    renamed = [
        Renamed(uri=uri, kind=name.kind, language=code, before=before[uri].labels[code], after=text)
        for uri, name in after.items()
        if uri in before
        for code, text in name.labels.items()
        if before[uri].labels.get(code, text) != text
    ]
    gone = before.keys() - after.keys()
    links = [link for link in EscoLink.objects.select_related("skill", "role") if same_address(link.uri) in gone]
    return EscoDifference(
        older=older,
        newer=newer,
        new=_sorted(after, after.keys() - before.keys()),
        gone=_sorted(before, gone),
        renamed=tuple(sorted(renamed, key=lambda row: (row.language, row.after.casefold(), row.uri))),
        links=tuple(links),
    )


def _sorted(names: dict[str, ConceptName], uris: Iterable[str]) -> tuple[ConceptName, ...]:
    found = [names[uri] for uri in uris]
    return tuple(sorted(found, key=lambda name: (name.kind, min(name.labels.values()).casefold(), name.uri)))

"""Links to ESCO that somebody confirmed under one version and that the active version tells another story about.

A link nobody has confirmed yet, or confirmed under a version that is no longer loaded, has nothing to be compared with:
of such a link only what the active version says by itself counts, that the concept is gone or obsolete.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from synchromesh.framework.models import (
    EscoConcept,
    EscoLabel,
    EscoLabelKind,
    EscoLink,
    EscoRelation,
    EscoRelationKind,
    EscoText,
    EscoVersion,
)
from synchromesh.framework.queries.esco import find_active_version, same_address

GONE, OBSOLETE, RENAMED, REDESCRIBED, MOVED = "gone", "obsolete", "renamed", "redescribed", "moved"
OBSOLETE_STATUS = "obsolete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptChange:
    """One thing that is different: `kind` is one of the words above; `language` is empty where none is meant.

    For `moved`, `before` and `after` name the concepts directly above, joined by semicolons.
    """

    kind: str
    language: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLink:
    """A link whose concept is not what it was."""

    link: EscoLink
    changes: tuple[ConceptChange, ...]


@dataclass(slots=True, kw_only=True)
class _Told:
    """What one version says about one concept."""

    status: str
    labels: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    broader: dict[str, str] = field(default_factory=dict)


def list_moved_links(links: Iterable[EscoLink] | None = None) -> list[MovedLink]:
    """Of all links, or of the given ones, those that need another look, in order of address.

    Empty while no ESCO is loaded. Seven questions to the database at most, whatever the number of links.
    """
    active = find_active_version()
    if active is None:
        return []
    rows = list(EscoLink.objects.select_related("skill", "role") if links is None else links)
    versions = {version.label: version for version in EscoVersion.objects.all()}
    confirmed = {link.esco_version for link in rows if link.esco_version} & versions.keys()
    told = _read({same_address(link.uri) for link in rows}, [active, *(versions[label] for label in confirmed)])
    moved = []
    for link in sorted(rows, key=lambda link: (link.uri, link.pk)):
        before = versions.get(link.esco_version) if link.confirmed_at else None
        found = tuple(_changes(told, same_address(link.uri), before, active))
        if found:
            moved.append(MovedLink(link=link, changes=found))
    return moved


def _changes(
    told: dict[tuple[int, str], _Told], uri: str, older: EscoVersion | None, active: EscoVersion
) -> Iterator[ConceptChange]:
    after = told.get((active.pk, uri))
    if after is None:
        yield ConceptChange(kind=GONE)
        return
    before = told.get((older.pk, uri)) if older is not None and older.pk != active.pk else None
    # Somebody who confirmed the link under the active version has seen that the concept is obsolete.
    if after.status == OBSOLETE_STATUS and (older is None or older.pk != active.pk):
        yield ConceptChange(kind=OBSOLETE)
    if before is not None:
        yield from _texts_that_differ(RENAMED, before.labels, after.labels)
        yield from _texts_that_differ(REDESCRIBED, before.descriptions, after.descriptions)
        # A version whose packs came without a hierarchy says nothing about the place.
        if before.broader and after.broader and before.broader.keys() != after.broader.keys():
            yield ConceptChange(kind=MOVED, before=_names(before.broader), after=_names(after.broader))


def _texts_that_differ(kind: str, before: dict[str, str], after: dict[str, str]) -> Iterator[ConceptChange]:
    """In the languages that both versions have."""
    for language in sorted(before.keys() & after.keys()):
        if before[language] != after[language]:
            yield ConceptChange(kind=kind, language=language, before=before[language], after=after[language])


def _names(broader: dict[str, str]) -> str:
    return "; ".join(sorted(broader.values()))


def _read(uris: set[str], versions: list[EscoVersion]) -> dict[tuple[int, str], _Told]:
    """What these versions say about these concepts, by version row and address."""
    found: dict[int, tuple[tuple[int, str], _Told]] = {}
    concepts = EscoConcept.objects.filter(version__in=versions, uri__in=uris).order_by()
    for row, version, uri, status in concepts.values_list("pk", "version_id", "uri", "status"):
        found[row] = ((version, uri), _Told(status=status))
    names = EscoLabel.objects.filter(concept__in=concepts, kind=EscoLabelKind.PREFERRED).order_by()
    for row, language, text in names.values_list("concept_id", "language", "text"):
        found[row][1].labels[language] = text
    texts = EscoText.objects.filter(concept__in=concepts).order_by()
    for row, language, text in texts.values_list("concept_id", "language", "description"):
        found[row][1].descriptions[language] = text
    _read_broader(found)
    return dict(found.values())


def _read_broader(found: dict[int, tuple[tuple[int, str], _Told]]) -> None:
    """The concepts directly above, by address, each with a name in English or else in any language."""
    edges = EscoRelation.objects.filter(source__in=found, kind=EscoRelationKind.BROADER).order_by()
    above = list(edges.values_list("source_id", "target_id", "target__uri"))
    labels: dict[int, dict[str, str]] = defaultdict(dict)
    named = EscoLabel.objects.filter(concept__in={target for _, target, _ in above}, kind=EscoLabelKind.PREFERRED)
    for row, language, text in named.order_by("language").values_list("concept_id", "language", "text"):
        labels[row][language] = text
    for source, target, uri in above:
        texts = labels[target]
        found[source][1].broader[uri] = texts.get("en") or next(iter(texts.values()), uri)

"""Read ESCO as it was loaded: lists with filters, one concept with everything around it, and names for links.

Labels come as texts by language, as everywhere in the product; a concept without any label shows its address, marked
as no language ("zxx" in BCP 47).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import (
    EscoConcept,
    EscoKind,
    EscoLabel,
    EscoLabelKind,
    EscoMembership,
    EscoRelationKind,
    EscoVersion,
)
from synchromesh.framework.models.esco import fold

PAGE_SIZE = 30
NO_LANGUAGE = "zxx"
_MOST_WORDS = 8
_FEW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptName:
    """A concept as a row or a link shows it; `labels` are preferred labels by language."""

    uri: str
    kind: str
    code: str
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptList:
    """One page of concepts. `page` carries the numbers of the pages; `within` is the broader concept asked for."""

    version: EscoVersion
    page: Page[EscoConcept]
    total: int
    concepts: tuple[ConceptName, ...]
    within: ConceptName | None


def list_versions() -> list[EscoVersion]:
    """The loaded versions, oldest label first."""
    return sorted(EscoVersion.objects.all(), key=lambda version: _number(version.label))


def find_active_version() -> EscoVersion | None:
    """The version that pages show, or None where nothing is loaded."""
    return EscoVersion.objects.filter(is_active=True).first()


def get_version(label: str) -> EscoVersion:
    """A loaded version. Raises NotFound."""
    found = next((version for version in list_versions() if version.label == label), None)
    if found is None:
        raise NotFound(f"ESCO {label} is not loaded. List what is: synchromesh esco list", field="label")
    return found


def list_collections(version: EscoVersion) -> list[str]:
    """The collections of a version, such as "green", in order of name."""
    names = EscoMembership.objects.filter(concept__version=version).order_by("collection")
    return list(names.values_list("collection", flat=True).distinct())


def list_concepts(
    *,
    version: EscoVersion,
    kind: str = "",
    kinds: Sequence[str] = (),
    query: str = "",
    collection: str = "",
    broader: str = "",
    page: int | str | None = 1,
    language: str = "en",
) -> ConceptList:
    """One page of concepts of a version, by label in `language` (or the first loaded one where it is not loaded).

    `query` is a code, an address, or words that all stand in one label; labels in `language` and in English are tried
    first, then those in every language. `kinds` are several kinds, each of which will do. `broader` is the address of
    the group they stand directly below. Filters that fit nothing give an empty page.
    """
    found = EscoConcept.objects.filter(version=version)
    if kind:
        found = found.filter(kind=kind)
    if kinds:
        found = found.filter(kind__in=kinds)
    if collection:
        found = found.filter(memberships__collection=collection)
    if broader:
        found = found.filter(
            relations__kind=EscoRelationKind.BROADER,
            relations__target__uri=same_address(broader),
            relations__target__version=version,
        )
    words = fold(_storable(query))
    if words:
        found = found.filter(_matching(version, words, language))
    total = found.count()
    paginator = Paginator(_in_order(found, words, order_language(version, language)), PAGE_SIZE)
    paginator.count = total  # counted without the labels that only the order needs
    shown = paginator.get_page(page)
    rows = [concept.pk for concept in shown.object_list]
    names = read_names(EscoConcept.objects.filter(pk__in=rows)) if rows else {}
    return ConceptList(
        version=version,
        page=shown,
        total=total,
        concepts=tuple(names[row] for row in rows),
        within=find_names([broader], version=version).get(broader) if broader else None,
    )


def order_language(version: EscoVersion, language: str) -> str:
    """The language whose labels put lists in order: the reader's, else English, else the first that was loaded."""
    return next((code for code in (language, "en") if code in version.languages), (version.languages or ["en"])[0])


def find_names(uris: Iterable[str], *, version: EscoVersion | None = None) -> dict[str, ConceptName]:
    """The names of those addresses that a version (else the active one) has; one question to the database.

    For links of skills and roles: the answer is by address as it was given, with names in all loaded languages.
    """
    wanted = {uri: same_address(uri) for uri in uris}
    if not wanted:
        return {}
    in_version = Q(version=version) if version else Q(version__is_active=True)
    names = read_names(EscoConcept.objects.filter(in_version, uri__in=wanted.values()))
    by_uri = {name.uri: name for name in names.values()}
    return {uri: by_uri[same] for uri, same in wanted.items() if same in by_uri}


def same_address(uri: str) -> str:
    """The form in which ESCO itself writes the address; links may have been typed with https or a slash at the end."""
    return _storable(uri).strip().rstrip("/").replace("https://", "http://", 1)


def written_forms(uri: str) -> list[str]:
    """The forms in which a link may have the address, that of ESCO first (see `same_address`)."""
    address = same_address(uri)
    forms = [address, address.replace("http://", "https://", 1)]
    return [*forms, *(f"{form}/" for form in forms)]


def read_names(concepts: QuerySet[EscoConcept], *, languages: Sequence[str] = ()) -> dict[int, ConceptName]:
    """Names by row, with their labels in `languages` (all without); one question to the database."""
    wanted = Q(labels__kind=EscoLabelKind.PREFERRED)
    if languages:
        wanted &= Q(labels__language__in=languages)
    # From the concepts to their labels: the other way round a database reads the labels of all versions.
    named = concepts.annotate(name=FilteredRelation("labels", condition=wanted)).order_by()
    found: dict[int, ConceptName] = {}
    for row, uri, kind, code, language, text in named.values_list(
        "pk", "uri", "kind", "code", "name__language", "name__text"
    ):
        name = found.setdefault(row, ConceptName(uri=uri, kind=kind, code=code, labels={}))
        if language:
            name.labels[language] = text
    for name in found.values():
        if not name.labels:
            name.labels[NO_LANGUAGE] = name.uri
    return found


def is_kind(kind: str) -> bool:
    """Whether this is one of the kinds of concepts."""
    return kind in EscoKind.values


def _matching(version: EscoVersion, words: str, language: str) -> Q:
    if any(character.isdigit() for character in words) or "://" in words:
        exactly = Q(code__iexact=words) | Q(uri__iexact=words)
        if EscoConcept.objects.filter(exactly, version=version).exists():
            return exactly
    labels = EscoLabel.objects.order_by()  # of all versions: the caller's filter is quicker than a join here
    for word in words.split()[:_MOST_WORDS]:
        # A single letter is in nearly every label; it is taken for the beginning of one.
        labels = labels.filter(folded__contains=word) if len(words) > 1 else labels.filter(folded__startswith=word)
    for some in (labels.filter(language__in=[language, "en"]), labels):
        few = list(some.values_list("concept", flat=True).distinct()[: _FEW + 1])
        if few:
            # Looking through all labels takes longest: it is done once where the answer is short.
            return Q(pk__in=few) if len(few) <= _FEW else Q(pk__in=some.values("concept"))
    return Q(pk__in=())


def _in_order(found: QuerySet[EscoConcept], words: str, language: str) -> QuerySet[EscoConcept]:
    """By label; in a search first the concept of exactly that name, then those whose name begins so."""
    named = found.annotate(
        name=FilteredRelation("labels", condition=Q(labels__language=language, labels__kind=EscoLabelKind.PREFERRED))
    )
    by_name = (F("name__folded").asc(nulls_last=True), "uri")
    if not words:
        return named.order_by(*by_name)
    rank = Case(When(name__folded=words, then=0), When(name__folded__startswith=words, then=1), default=2)
    return named.order_by(rank, *by_name)


def _storable(text: str) -> str:
    """PostgreSQL refuses even to look for a NUL character."""
    return text.replace("\0", "")


def _number(label: str) -> tuple[tuple[int, ...], str]:
    numbers, _, rest = label.partition("-")
    return tuple(int(part) for part in numbers.split(".")), rest

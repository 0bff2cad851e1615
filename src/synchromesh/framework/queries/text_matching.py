"""Match texts against the loaded vocabularies: the framework in force, and the active version of ESCO.

Preparing a vocabulary takes seconds to minutes once; vectors are cached in the data folder by the hash of their
content, so a changed framework is prepared anew and an unchanged one never. A process keeps what it has prepared.
Texts are matched one portion after the other; building a vocabulary lets the others go on.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from synchromesh.engine.errors import InvalidInput, NotFound
from synchromesh.engine.matching import Concept, ConceptKind, Matcher, Mode, TextMatches, Use, Vocabulary
from synchromesh.framework.models import (
    EscoKind,
    EscoLabelKind,
    EscoRelation,
    EscoVersion,
    FrameworkVersion,
    JobRole,
    Skill,
    VersionStatus,
)
from synchromesh.framework.queries.concepts import roles_in_force, skills_in_force
from synchromesh.framework.queries.esco import find_active_version

VocabularyName = Literal["framework", "esco"]
Purpose = Literal["courses", "cv", "command"]
VOCABULARIES: tuple[VocabularyName, ...] = ("framework", "esco")
KINDS: tuple[ConceptKind, ...] = ("skill", "occupation")
LONGEST_TEXT = 200_000  # characters; about 60 pages
_TEXTS_AT_ONCE = 32
_CHARACTERS_AT_ONCE = 10_000  # so that a page of the site never waits long behind somebody's heap of texts
_prepared: dict[tuple[str, str, Mode], tuple[str, Matcher]] = {}
_lock = threading.Lock()  # held while texts are matched: matchers share encoders, and none serves two at once
_building = {key: threading.Lock() for key in product(VOCABULARIES, KINDS, Mode)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingAnswer:
    """Matches of each text in order; `mode` is the one that ran, `fell_back` why it is not the one that is set."""

    vocabulary: VocabularyName
    mode: Mode
    fell_back: str
    texts: tuple[TextMatches, ...]


def match_texts(
    texts: Sequence[str],
    *,
    vocabulary: VocabularyName = "framework",
    kind: ConceptKind = "skill",
    language: str | None = None,
    top: int = 10,
    use: Use = Use.SUGGEST,
    purpose: Purpose = "command",
    mode: Mode | None = None,
) -> MatchingAnswer:
    """Find skills or occupations (roles of the framework) in texts; `mode` None takes the setting of the purpose.

    A match's `uri` is `/id/skill/{uid}` or `/id/role/{uid}` in the framework and the concept's address in ESCO.
    Raises InvalidInput for a text that is too long, NotFound where the vocabulary is not loaded.
    """
    for text in texts:
        if len(text) > LONGEST_TEXT:
            raise InvalidInput(f"A text has {len(text)} characters; at most {LONGEST_TEXT} are read.", field="text")
    matcher = find_matcher(vocabulary, kind, mode or Mode(settings.MATCHING_MODES[purpose]))
    found: list[TextMatches] = []
    for some in _portions(texts):
        with _lock:
            found += matcher.match(some, language=language, top=top, use=use, by_sentence=purpose == "cv")
    return MatchingAnswer(vocabulary=vocabulary, mode=matcher.mode, fell_back=matcher.fell_back, texts=tuple(found))


def _portions(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Texts in portions between which another caller has a turn."""
    portion: list[str] = []
    for text in texts:
        if portion and (len(portion) == _TEXTS_AT_ONCE or sum(map(len, portion)) + len(text) > _CHARACTERS_AT_ONCE):
            yield portion
            portion = []
        portion.append(text)
    if portion:
        yield portion


def find_matcher(vocabulary: VocabularyName, kind: ConceptKind, mode: Mode) -> Matcher:
    """The prepared matcher of a vocabulary, made when its content has changed. Raises NotFound when not loaded."""
    state = vocabulary_state(vocabulary)
    key = (vocabulary, kind, mode)
    with _building[key]:
        known = _prepared.get(key)
        if known is not None and known[0] == state:
            return known[1]
        matcher = Matcher(load_vocabulary(vocabulary, kind), mode=mode, cache=settings.DATA_DIR / "matching")
        _prepared[key] = (state, matcher)
        return matcher


def match_if_prepared(
    text: str,
    *,
    vocabulary: VocabularyName,
    kind: ConceptKind,
    language: str | None = None,
    top: int = 10,
    wait_seconds: float = 0.02,
) -> TextMatches | None:
    """Match one short text in the mode FAST, or None where that would take time: nothing prepared, or matcher busy.

    For answers while somebody types: a matcher of an earlier state of the vocabulary is good enough here.
    """
    known = _prepared.get((vocabulary, kind, Mode.FAST))
    if known is None or not _lock.acquire(timeout=wait_seconds):
        return None
    try:
        return known[1].match([text], language=language, top=top, use=Use.SUGGEST)[0]
    finally:
        _lock.release()


def load_vocabulary(vocabulary: VocabularyName, kind: ConceptKind) -> Vocabulary:
    """Read all concepts of a vocabulary with their labels in every loaded language. Raises NotFound."""
    if vocabulary == "framework":
        return Vocabulary(name=f"framework {kind}", concepts=_framework_concepts(kind))
    version = find_active_version()
    if version is None:
        raise NotFound("ESCO is not loaded. Load it with: synchromesh esco import PATH --lang en", field="vocabulary")
    return Vocabulary(name=f"esco {version.label} {kind}", concepts=_esco_concepts(version, kind))


def vocabulary_state(vocabulary: VocabularyName) -> str:
    """A short word that changes when a vocabulary was replaced.

    A file that is read as a draft words titles anew at once, so the draft's state counts too.
    """
    if vocabulary == "framework":
        versions = FrameworkVersion.objects.filter(status__in=(VersionStatus.PUBLISHED, VersionStatus.DRAFT))
        return ".".join(f"{row}.{revision}" for row, revision in versions.order_by("pk").values_list("pk", "revision"))
    active = find_active_version()
    return f"{active.pk}.{active.imported_at.isoformat()}.{active.languages}" if active else ""


def _framework_concepts(kind: ConceptKind) -> tuple[Concept, ...]:
    records: QuerySet[Skill] | QuerySet[JobRole] = skills_in_force() if kind == "skill" else roles_in_force()
    published = Q(requirements__version__status=VersionStatus.PUBLISHED)
    counted = records.annotate(uses=Count("requirements", filter=published)).order_by("slug")
    texts = "descriptions" if kind == "skill" else "summaries"
    address = "skill" if kind == "skill" else "role"
    return tuple(
        Concept(
            uri=f"/id/{address}/{record.uid}",
            kind=kind,
            preferred=record.titles,
            description=getattr(record, texts).get("en", ""),
            relations=record.uses,
        )
        for record in counted
    )


def _esco_concepts(version: EscoVersion, kind: ConceptKind) -> tuple[Concept, ...]:
    kinds = (EscoKind.SKILL, EscoKind.KNOWLEDGE) if kind == "skill" else (EscoKind.OCCUPATION,)
    concepts = version.concepts.filter(kind__in=kinds)
    preferred: dict[int, dict[str, str]] = {}
    others: dict[int, dict[str, list[str]]] = {}
    labels = concepts.values_list("pk", "labels__language", "labels__kind", "labels__text").order_by("pk", "labels__pk")
    for pk, language, label_kind, text in labels.iterator(chunk_size=5000):
        if label_kind == EscoLabelKind.PREFERRED:
            preferred.setdefault(pk, {})[language] = text
        elif label_kind == EscoLabelKind.ALTERNATIVE:
            others.setdefault(pk, {}).setdefault(language, []).append(text)
    described = dict(concepts.filter(texts__language="en").values_list("pk", "texts__description"))
    relations = dict(
        EscoRelation.objects.filter(target__version=version).values_list("target").annotate(Count("pk")).order_by()
    )
    return tuple(
        Concept(
            uri=uri,
            kind=kind,
            preferred=preferred[pk],
            alternatives={language: tuple(texts) for language, texts in others.get(pk, {}).items()},
            description=described.get(pk, ""),
            relations=relations.get(pk, 0),
        )
        for pk, uri in concepts.order_by("uri").values_list("pk", "uri")
        if pk in preferred
    )

"""Propose ESCO concepts for a skill or a job role: by the same name first, then by likeness of names.

`propose_esco_matches` is the one door: another way to find candidates, such as by meaning, is added behind it. Nothing
here decides anything; a person confirms or rejects (see `operations/crosswalk.py`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Length
from rapidfuzz import fuzz

from synchromesh.framework.models import (
    EscoConcept,
    EscoKind,
    EscoLabel,
    EscoLabelKind,
    EscoVersion,
    JobRole,
    Skill,
)
from synchromesh.framework.models.esco import fold
from synchromesh.framework.queries.esco import find_active_version, list_concepts, same_address
from synchromesh.framework.queries.esco_surroundings import Surroundings, read_surroundings

Subject: TypeAlias = Skill | JobRole
KINDS_FOR_SKILLS = (EscoKind.SKILL, EscoKind.KNOWLEDGE, EscoKind.SKILL_GROUP)
KINDS_FOR_ROLES = (EscoKind.OCCUPATION, EscoKind.ISCO_GROUP)
SAME_NAME, OTHER_NAME, SIMILAR = "same-name", "other-name", "similar"
PROPOSALS = 8
MOST_FOUND = 12
_LEAST = 0.6  # of 1; below it names have a common word by chance
_SURE = {SAME_NAME: 1.0, OTHER_NAME: 0.95}
_MOST_STEMS = 4  # each one is looked for in all labels of a language, which is what takes the time
_MOST_LABELS = 400
_MOST_NAMES = 5
_SHORTEST_WORD = 3
_SMALL_WORDS = {
    "and", "are", "for", "from", "into", "its", "off", "out", "per", "that", "the", "their", "them", "use", "using",
    "with",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLabel:
    """A label of a concept beside the title of ours that it is like; `score` is 0 to 1, 1 for the same words."""

    text: str
    language: str
    kind: str
    title: str
    score: float

    @property
    def reason(self) -> str:
        """Why it counts: the name itself, another name, or only alike."""
        if self.score < min(_SURE.values()):
            return SIMILAR
        return SAME_NAME if self.kind == EscoLabelKind.PREFERRED else OTHER_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoProposal:
    """A concept that may fit, with the reason: `best` is the label that is most like ours, `others` are alike too.

    `score` is a likeness of words from 0 to 1 and no probability. `around` holds description and place.
    """

    score: float
    best: MatchedLabel
    others: tuple[MatchedLabel, ...]
    around: Surroundings

    @property
    def reason(self) -> str:
        """`same-name`, `other-name` or `similar`."""
        return self.best.reason


def kinds_for(subject: Subject) -> tuple[EscoKind, ...]:
    """What a skill, or a job role, can be linked to."""
    return KINDS_FOR_SKILLS if isinstance(subject, Skill) else KINDS_FOR_ROLES


def propose_esco_matches(subject: Subject, limit: int = PROPOSALS) -> tuple[EscoProposal, ...]:
    """Concepts of the active version that may fit, best first, without those that are linked or rejected already.

    Empty while no ESCO is loaded. At most eleven questions to the database, whatever the size of ESCO.
    """
    version = find_active_version()
    if version is None:
        return ()
    seen = set(
        EscoConcept.objects.filter(version=version, uri__in=settled_addresses(subject)).values_list("pk", flat=True)
    )
    found: dict[int, list[MatchedLabel]] = {}
    for concept, label in (*_same_names(subject, version), *_similar_names(subject, version)):
        if concept not in seen:
            found.setdefault(concept, []).append(label)
    ranked = sorted(found.items(), key=lambda item: (-max(label.score for label in item[1]), item[0]))
    return _with_surroundings(dict(ranked[:limit]), version)


def search_esco_concepts(subject: Subject, query: str, *, language: str = "en") -> tuple[Surroundings, ...]:
    """Concepts that a person looks for by words, a code or an address; settled ones are among them."""
    version = find_active_version()
    if version is None or not query.strip():
        return ()
    found = list_concepts(version=version, kinds=kinds_for(subject), query=query, language=language)
    return tuple(read_surroundings([concept.pk for concept in found.page][:MOST_FOUND], version=version).values())


def rate_match(subject: Subject, uri: str, *, version: EscoVersion) -> MatchedLabel | None:
    """The label of one concept that is most like a title of ours, or None where none is alike."""
    labels = EscoLabel.objects.filter(concept__version=version, concept__uri=same_address(uri)).order_by("pk")
    rated = (
        _rated(title, language, kind, text)
        for language, kind, text in labels.values_list("language", "kind", "text")
        if (title := subject.titles.get(language))
    )
    return max((label for label in rated if label is not None), key=lambda label: label.score, default=None)


def settled_addresses(subject: Subject) -> set[str]:
    """Addresses that nobody needs to look at again: linked, or rejected. Two questions."""
    settled = (*subject.esco_links.values_list("uri"), *subject.esco_rejections.values_list("uri"))
    return {same_address(uri) for (uri,) in settled}


def find_same_names(
    subjects: Collection[Subject], version: EscoVersion
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By (language, folded title): kind and text of the concepts that have exactly this name. One question."""
    wanted = {(language, fold(text)) for subject in subjects for language, text in subject.titles.items() if text}
    if not wanted:
        return {}
    kinds = {kind for subject in subjects for kind in kinds_for(subject)}
    rows = _labels(version, kinds).filter(_named(wanted)).values_list("language", "folded", "concept__kind", "text")
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for language, folded, kind, text in rows:
        found.setdefault((language, folded), []).append((kind, text))
    return found


def _labels(version: EscoVersion, kinds: Iterable[EscoKind]) -> QuerySet[EscoLabel]:
    """Labels that a person would read; hidden ones are misspellings and the like, only for searches."""
    # The concepts as a set: a join looks each of them up once for every label, which takes twice as long.
    concepts = EscoConcept.objects.filter(version=version, kind__in=list(kinds)).order_by()
    found = EscoLabel.objects.filter(concept__in=concepts)
    return found.exclude(kind=EscoLabelKind.HIDDEN).order_by("pk")


def _named(wanted: Iterable[tuple[str, str]]) -> Q:
    """Labels with one of these folded texts in its language, as the index has them."""
    by_language: dict[str, set[str]] = {}
    for language, folded in wanted:
        by_language.setdefault(language, set()).add(folded)
    named = Q()
    for language, texts in sorted(by_language.items()):
        named |= Q(language=language, folded__in=sorted(texts))
    return named


_Found: TypeAlias = Iterable[tuple[int, MatchedLabel]]
_SHOWN = ("concept_id", "language", "kind", "text")


def _same_names(subject: Subject, version: EscoVersion) -> _Found:
    """Labels that are a title of ours, in any loaded language."""
    wanted = {(code, fold(text)) for code, text in subject.titles.items() if text and code in version.languages}
    if wanted:
        rows = _labels(version, kinds_for(subject)).filter(_named(wanted)).values_list(*_SHOWN)
        yield from _rated_rows(rows, subject.titles)


def _similar_names(subject: Subject, version: EscoVersion) -> _Found:
    """Labels in one language with the beginnings of our words in them, the fullest and shortest first."""
    language = next(
        (code for code in ("en", *version.languages) if code in version.languages and subject.titles.get(code)), ""
    )
    stems = _stems(subject.titles.get(language, ""))
    if not stems:
        return
    weight = sum(
        (Case(When(folded__contains=stem, then=Value(len(stem))), default=Value(0)) for stem in stems), Value(0)
    )
    some = Q()
    for stem in stems:
        some |= Q(folded__contains=stem)
    labels = _labels(version, kinds_for(subject)).filter(some, language=language)
    fullest = labels.annotate(weight=weight).order_by("-weight", Length("folded"), "pk")
    yield from _rated_rows(fullest.values_list(*_SHOWN)[:_MOST_LABELS], subject.titles)


def _rated_rows(rows: Iterable[tuple[int, str, str, str]], titles: Mapping[str, str]) -> _Found:
    for concept, language, kind, text in rows:
        label = _rated(titles[language], language, kind, text)
        if label is not None:
            yield concept, label


def _rated(title: str, language: str, kind: str, text: str) -> MatchedLabel | None:
    """How alike two names are; None below what a person should be bothered with.

    The same folded words are sure. Else the mean of two ratios of rapidfuzz (https://rapidfuzz.github.io/RapidFuzz/):
    `token_set_ratio`, which does not mind words that only one name has, and `token_sort_ratio`, which does.
    """
    ours, theirs = _bare(title), _bare(text)
    if ours == theirs:
        score = _SURE[SAME_NAME if kind == EscoLabelKind.PREFERRED else OTHER_NAME]
    else:
        likeness = (fuzz.token_set_ratio(ours, theirs) + fuzz.token_sort_ratio(ours, theirs)) / 200
        score = min(round(likeness, 2), 0.94)
    return None if score < _LEAST else MatchedLabel(text=text, language=language, kind=kind, title=title, score=score)


def _bare(text: str) -> str:
    """Folded, without accents and punctuation: what two names are compared by."""
    apart = unicodedata.normalize("NFD", fold(text))
    letters = (character if character.isalnum() else " " for character in apart if not unicodedata.combining(character))
    return " ".join("".join(letters).split())


def _stems(title: str) -> list[str]:
    """Beginnings of the longest words, short enough to be in other forms of the word too ("welding", "weld")."""
    kept = "".join(character if character.isalnum() else " " for character in fold(title))
    words = sorted({word for word in kept.split() if len(word) >= _SHORTEST_WORD and word not in _SMALL_WORDS})
    longest = sorted(words, key=lambda word: (-len(word), word))[:_MOST_STEMS]
    return list(dict.fromkeys(word[: max(4, len(word) * 6 // 10)] for word in longest))


def _with_surroundings(found: dict[int, list[MatchedLabel]], version: EscoVersion) -> tuple[EscoProposal, ...]:
    around = read_surroundings(list(found), version=version)
    return tuple(_proposal(labels, around[concept]) for concept, labels in found.items())


def _proposal(labels: list[MatchedLabel], around: Surroundings) -> EscoProposal:
    ordered = sorted(set(labels), key=lambda label: (-label.score, label.kind != EscoLabelKind.PREFERRED, label.text))
    best, *others = ordered
    return EscoProposal(score=best.score, best=best, others=tuple(others[:_MOST_NAMES]), around=around)

"""Complete what somebody types to roles, skills and ESCO concepts, and say how each was found.

Until ESCO is ready after an import, answers say that it is being prepared (`prepared_completion`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from synchromesh.engine.matching import ConceptKind
from synchromesh.engine.matching.completion import Completion, Hit, LabelCompletion
from synchromesh.framework.models import JobRole, Skill
from synchromesh.framework.queries.prepared_completion import find_completion
from synchromesh.framework.queries.text_matching import VocabularyName, vocabulary_state

SuggestionKind = Literal["role", "skill", "occupation", "esco-skill"]
SUGGESTION_KINDS: dict[SuggestionKind, tuple[VocabularyName, ConceptKind]] = {
    "role": ("framework", "occupation"),
    "skill": ("framework", "skill"),
    "occupation": ("esco", "occupation"),
    "esco-skill": ("esco", "skill"),
}
_ORDER = list(Hit)
_ENOUGH = 4  # meaning is not asked for where so many labels fit: it costs most and would only bury them


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A concept to choose. `uid` and `slug` name a role or skill of the framework and are empty for ESCO.

    `label` is what fits the typed text, `preferred` the concept's name for the reader (`engine.matching.completion`).
    """

    kind: SuggestionKind
    uri: str
    uid: str
    slug: str
    label: str
    language: str
    preferred: str
    preferred_language: str
    hit: Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Suggestions, best first; `preparing` tells that a vocabulary that was asked for is not ready yet."""

    rows: tuple[Suggestion, ...]
    preparing: bool


def complete_concepts(
    typed: str,
    *,
    vocabulary: VocabularyName = "framework",
    kinds: Sequence[ConceptKind] = ("skill",),
    language: str = "en",
    limit: int = 10,
) -> Suggestions:
    """Complete to concepts of one vocabulary; `occupation` in the framework are its roles. See `suggest_concepts`."""
    wanted = {(vocabulary, kind) for kind in kinds}
    names = [name for name, source in SUGGESTION_KINDS.items() if source in wanted]
    return suggest_concepts(typed, kinds=names, language=language, limit=limit)


def suggest_concepts(
    typed: str, *, kinds: Sequence[SuggestionKind], language: str = "en", limit: int = 10
) -> Suggestions:
    """At most `limit` concepts of several kinds: exact labels first, then begun, misspelled, and of like meaning.

    Within one of these the kinds take turns, in the order given. A vocabulary that is not loaded gives nothing. Once
    they are ready, one question to the database for each vocabulary and one for each kind of the framework.
    """
    states = {name: vocabulary_state(name) for name in {SUGGESTION_KINDS[kind][0] for kind in kinds}}
    ready = [(kind, _completion(kind, states)) for kind in dict.fromkeys(kinds)]
    usable = [(kind, completion) for kind, completion in ready if completion is not None]
    found = _in_turns([(kind, one.complete_labels(typed, language=language, limit=limit)) for kind, one in usable])
    room = limit - len(found)
    if room > 0 and len(found) < _ENOUGH:
        known = {row.uri for _, row in found}
        found += _in_turns(
            [(kind, one.complete_meaning(typed, language=language, limit=room, without=known)) for kind, one in usable]
        )
    return Suggestions(rows=name_records(found[:limit]), preparing=len(usable) < len(ready))


def _completion(kind: SuggestionKind, states: Mapping[VocabularyName, str]) -> LabelCompletion | None:
    vocabulary, concepts = SUGGESTION_KINDS[kind]
    return find_completion(vocabulary, concepts, state=states[vocabulary])


def _in_turns(found: Sequence[tuple[SuggestionKind, Sequence[Completion]]]) -> list[tuple[SuggestionKind, Completion]]:
    """By way of being found; within one the first of each kind, then the second of each."""
    order = [
        (_ORDER.index(row.hit), turn, place, kind, row)
        for place, (kind, rows) in enumerate(found)
        for turn, row in enumerate(rows)
    ]
    return [(kind, row) for *_, kind, row in sorted(order, key=lambda entry: entry[:3])]


def find_alike_skill(name: str) -> Suggestion | None:
    """The skill of the framework whose label is most like a name or slug that nothing has; None where none is."""
    completion = find_completion("framework", "skill")
    rows = completion.complete_labels(name.replace("-", " "), limit=1) if completion else []
    return next(iter(name_records(("skill", row) for row in rows)), None)


def name_records(found: Iterable[tuple[SuggestionKind, Completion]]) -> tuple[Suggestion, ...]:
    """Add uid and slug; a record that went away since the vocabulary was read is left out."""
    rows = list(found)
    uids = {kind: [_uid(row.uri) for own, row in rows if own == kind] for kind in ("skill", "role")}
    slugs: dict[str, str] = {}
    if uids["skill"]:
        slugs |= {str(skill.uid): skill.slug for skill in Skill.objects.filter(uid__in=uids["skill"])}
    if uids["role"]:
        roles = JobRole.objects.filter(uid__in=uids["role"], retired_at=None)
        slugs |= {str(role.uid): role.slug for role in roles}
    return tuple(
        Suggestion(
            kind=kind,
            uri=row.uri,
            uid=_uid(row.uri),
            slug=slugs.get(_uid(row.uri), ""),
            label=row.label,
            language=row.language,
            preferred=row.preferred,
            preferred_language=row.preferred_language,
            hit=row.hit,
        )
        for kind, row in rows
        if not _uid(row.uri) or _uid(row.uri) in slugs
    )


def _uid(uri: str) -> str:
    """The uid in an address of the framework; empty for one of ESCO."""
    return uri.rsplit("/", 1)[-1] if uri.startswith("/id/") else ""

"""Suggestions of courses and organisations, from the search index, beside those of concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from synchromesh.engine.matching.completion import Hit as FoundBy
from synchromesh.engine.vocabulary.folding import fold
from synchromesh.framework.queries.completion import Suggestion
from synchromesh.search.contract import FoundBy as InIndex
from synchromesh.search.contract import Hit
from synchromesh.search.queries import search
from synchromesh.web.search_kinds import leave_out_gone

RECORD_KINDS = ("course", "organisation")
_ORDER = list(FoundBy)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSuggestion:
    """A course or an organisation to choose; the same to look at as a `Suggestion`, and its label is its name."""

    kind: str
    uid: str
    slug: str
    label: str
    language: str
    hit: FoundBy
    uri: str = ""

    @property
    def preferred(self) -> str:
        """The name that is shown."""
        return self.label

    @property
    def preferred_language(self) -> str:
        """The language of the name that is shown."""
        return self.language


AnySuggestion: TypeAlias = Suggestion | RecordSuggestion


def suggest_records(typed: str, *, kinds: Sequence[str], language: str, limit: int) -> list[RecordSuggestion]:
    """At most `limit` records of each kind whose name has the words, the last of which may be only begun.

    Misspelled words count where nothing has the words themselves. A record that only mentions the words somewhere is
    for the search and not for a list of names.
    """
    answers = [search(typed, language=language, kinds=(kind,), limit=limit, counted=()) for kind in kinds]
    hits = leave_out_gone([hit for answer in answers for hit in answer.hits])
    return [row for hit in hits if (row := _named(hit, typed)) is not None]


def merge_suggestions(
    concepts: Sequence[Suggestion], records: Sequence[RecordSuggestion], *, kinds: Sequence[str], limit: int
) -> tuple[AnySuggestion, ...]:
    """By the way of being found; within one the kinds take turns, in the order given."""
    rows: list[AnySuggestion] = [*concepts, *records]
    turns: dict[Any, int] = {}
    placed = []
    for row in sorted(rows, key=lambda one: _ORDER.index(one.hit)):  # stable: each kind keeps its own order
        turn = turns[row.kind] = turns.get(row.kind, -1) + 1
        place = kinds.index(row.kind) if row.kind in kinds else len(kinds)
        placed.append((_ORDER.index(row.hit), turn, place, row))
    placed.sort(key=lambda entry: entry[:3])
    return tuple(row for *_, row in placed[:limit])


def _named(hit: Hit, typed: str) -> RecordSuggestion | None:
    found = _found_in_name(hit.title, typed) or (FoundBy.FUZZY if hit.found_by is InIndex.SIMILAR else None)
    if found is None:
        return None
    return RecordSuggestion(
        kind=hit.kind, uid=hit.uid, slug=hit.slug, label=hit.title, language=hit.language, hit=found
    )


def _found_in_name(name: str, typed: str) -> FoundBy | None:
    """How the name has the words: all of it, its beginning, or the beginnings of some of its words."""
    name, typed = " ".join(fold(name).split()), " ".join(fold(typed).split())
    if name == typed:
        return FoundBy.EXACT
    if name.startswith(typed):
        return FoundBy.PREFIX
    words = name.replace("-", " ").split()
    begun = all(any(word.startswith(part) for word in words) for part in typed.split())
    return FoundBy.WORD_PREFIX if begun else None

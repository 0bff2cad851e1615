"""What the search page shows: roles that the words name as a title, then what has the words, by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from synchromesh.engine.matching.completion import Hit as FoundBy
from synchromesh.framework.queries.job_titles import TitleFit, list_fitting_roles
from synchromesh.search.contract import FoundBy as InIndex
from synchromesh.search.contract import Hit
from synchromesh.search.meaning import meanings_of
from synchromesh.search.queries import search
from synchromesh.web.meaning_reasons import list_reasons
from synchromesh.web.search_kinds import SEARCH_KINDS, SearchKind, leave_out_gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Results of one kind: the first ones and how many there are.

    `by_words` of them have the words (`exact`) or similar ones; the others, after them, were found by meaning.
    """

    kind: SearchKind
    hits: tuple[Hit, ...]
    total: int
    by_words: int
    exact: bool

    @property
    def has_words(self) -> bool:
        """Whether any of them has the words themselves."""
        return self.exact and self.by_words > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All results; a role stands in `fits` or in `groups`, never in both. `reasons` are for what has not the words.

    `settled`: the same words give the same again while no record changes. Titles are asked for by meaning where no name
    fits, and then who is busy or not prepared answers less.
    """

    groups: list[Group] = field(default_factory=list)
    fits: list[TitleFit] = field(default_factory=list)
    reasons: Mapping[str, str] = field(default_factory=dict)
    settled: bool = True

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups) + len(self.fits)

    @property
    def exact(self) -> bool:
        return any(group.has_words for group in self.groups) or any(fit.found.hit is FoundBy.EXACT for fit in self.fits)

    @property
    def by_meaning(self) -> bool:
        """Whether everything was found by what the words mean."""
        return not any(group.by_words for group in self.groups) and all(
            fit.found.hit is FoundBy.MEANING for fit in self.fits
        )


def find_results(query: str, *, language: str, kinds: Sequence[str], limit: int) -> Results:
    """Look for the words and what they mean in each kind, and for a job title where roles are asked for."""
    meant = meanings_of(query, language=language)
    groups = []
    for kind in kinds:
        answer = search(
            query, language=language, kinds=SEARCH_KINDS[kind].in_index, limit=limit, counted=(), meant=meant
        )
        group = Group(
            kind=SEARCH_KINDS[kind],
            hits=answer.hits,
            total=answer.total,
            by_words=answer.by_words,
            exact=answer.exact,
        )
        groups.append(group)
    # Similar finds of one kind are left out as soon as another kind has the words themselves.
    if any(group.has_words for group in groups):
        groups = [group if group.has_words else _by_meaning(group) for group in groups]
    groups = _with_pages(groups)
    fits = list_fitting_roles(query, language=language) if "role" in kinds else []
    found = _each_role_once(groups, fits)
    settled = "role" not in kinds or any(fit.found.hit is not FoundBy.MEANING for fit in fits)
    return replace(found, reasons=list_reasons(hit for group in found.groups for hit in group.hits), settled=settled)


def _by_meaning(group: Group) -> Group:
    hits = tuple(hit for hit in group.hits if hit.found_by is InIndex.MEANING)
    return replace(group, hits=hits, total=group.total - group.by_words if hits else 0, by_words=0)


def _with_pages(groups: Sequence[Group]) -> list[Group]:
    """The groups without records that went away since the index was written."""
    there = {(hit.kind, hit.uid) for hit in leave_out_gone([hit for group in groups for hit in group.hits])}
    left = [_without(group, {hit.uid for hit in group.hits if (hit.kind, hit.uid) not in there}) for group in groups]
    return [group for group in left if group.hits]


def _each_role_once(groups: Sequence[Group], fits: Sequence[TitleFit]) -> Results:
    """A role of this name goes to the top; one that only means the same stays where it has the words themselves."""
    with_words = {hit.uid for group in groups if group.kind.name == "role" and group.has_words for hit in group.hits}
    chosen = [fit for fit in fits if fit.found.hit is not FoundBy.MEANING or _uid(fit) not in with_words]
    named = {_uid(fit) for fit in chosen}
    left = [_without(group, named) if group.kind.name == "role" else group for group in groups]
    return Results(groups=[group for group in left if group.total], fits=chosen)


def _without(group: Group, uids: set[str]) -> Group:
    gone = [hit for hit in group.hits if hit.uid in uids]
    by_words = sum(hit.found_by is not InIndex.MEANING for hit in gone)
    return replace(
        group,
        hits=tuple(hit for hit in group.hits if hit.uid not in uids),
        total=group.total - len(gone),
        by_words=group.by_words - by_words,
    )


def _uid(fit: TitleFit) -> str:
    return str(fit.role.uid) if fit.role else ""

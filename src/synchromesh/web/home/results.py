"""What the search page shows: roles that the words name as a title, then what has the words, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from synchromesh.engine.matching.completion import Hit as FoundBy
from synchromesh.framework.queries.job_titles import TitleFit, list_fitting_roles
from synchromesh.search.contract import Hit
from synchromesh.search.queries import search


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Results of one kind: the first ones and how many there are; `exact` unless only similar words were found."""

    kind: str
    hits: tuple[Hit, ...]
    total: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All results; a role stands in `fits` or in `groups`, never in both."""

    groups: list[Group]
    fits: list[TitleFit]

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups) + len(self.fits)

    @property
    def exact(self) -> bool:
        return any(group.exact for group in self.groups) or any(fit.found.hit is FoundBy.EXACT for fit in self.fits)


def find_results(query: str, *, language: str, kinds: Sequence[str], limit: int) -> Results:
    """Look for the words in each kind, and for a job title where roles are asked for."""
    groups = []
    for kind in kinds:
        answer = search(query, language=language, kinds=(kind,), limit=limit)
        if answer.total:
            groups.append(Group(kind=kind, hits=answer.hits, total=answer.total, exact=answer.exact))
    # Similar finds of one kind are left out as soon as another kind has the words themselves.
    groups = [group for group in groups if group.exact] or groups
    fits = list_fitting_roles(query, language=language) if "role" in kinds else []
    return _each_role_once(groups, fits)


def _each_role_once(groups: Sequence[Group], fits: Sequence[TitleFit]) -> Results:
    """A role of this name goes to the top; one that only means the same stays where it has the words themselves."""
    with_words = {hit.uid for group in groups if group.kind == "role" and group.exact for hit in group.hits}
    chosen = [fit for fit in fits if fit.found.hit is not FoundBy.MEANING or _uid(fit) not in with_words]
    named = {_uid(fit) for fit in chosen}
    left = [_without(group, named) if group.kind == "role" else group for group in groups]
    return Results(groups=[group for group in left if group.total], fits=chosen)


def _without(group: Group, uids: set[str]) -> Group:
    hits = tuple(hit for hit in group.hits if hit.uid not in uids)
    return replace(group, hits=hits, total=group.total - len(group.hits) + len(hits))


def _uid(fit: TitleFit) -> str:
    return str(fit.role.uid) if fit.role else ""

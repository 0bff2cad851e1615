"""Find the roles that fit a job title, in whatever loaded language it is written, and say how.

A title may be the name of a role, or of an ESCO occupation that a role is linked with; an occupation without a role
stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from synchromesh.engine.matching.completion import Hit
from synchromesh.engine.matching.titles import normalise_title
from synchromesh.framework.models import EscoLink, JobRole
from synchromesh.framework.queries.completion import SUGGESTION_KINDS, Suggestion, SuggestionKind, name_records
from synchromesh.framework.queries.esco import same_address, written_forms
from synchromesh.framework.queries.prepared_completion import find_completion

_SOURCES: tuple[SuggestionKind, ...] = ("role", "occupation")
_ORDER = list(Hit)
_CLOSEST = ("exact", "close", "narrow", "broad")  # "related" says that the two are not the same kind of job


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFit:
    """A role that fits a title, or an ESCO occupation that no role is linked with (`role` None, `uri` its address).

    `found` says how, and which label fits. `match` is the SKOS match of the role with that label's occupation; empty
    where the label is the role's own.
    """

    role: JobRole | None
    uri: str
    found: Suggestion
    match: str = ""


def list_fitting_roles(title: str, *, language: str = "en", limit: int = 5) -> list[TitleFit]:
    """Roles and occupations that fit a title, each once: of exactly this name, spelled nearly so, of like meaning.

    Rank, gender marks, employer and place in the title do not count (`engine.matching.titles`). Meaning is asked for
    only where no name fits. At most nine questions to the database once the vocabularies are ready.
    """
    names = normalise_title(title).names
    ready = [(kind, find_completion(*SUGGESTION_KINDS[kind])) for kind in _SOURCES] if names else []
    usable = [(kind, completion) for kind, completion in ready if completion is not None]
    named = [
        (kind, row) for kind, one in usable for name in names for row in one.named(name, language=language, limit=limit)
    ]
    if not named:
        named = [
            (kind, row)
            for kind, one in usable
            for name in names
            for row in one.complete_meaning(name, language=language, limit=limit)
        ]
    found = sorted(name_records(named), key=lambda row: _ORDER.index(row.hit))  # stable: roles before occupations
    return _once(_fits(found))[:limit]


def _fits(found: Sequence[Suggestion]) -> Iterator[TitleFit]:
    roles = {str(role.uid): role for role in _roles(row.uid for row in found if row.uid)}
    linked = _linked_roles([row.uri for row in found if not row.uid])
    for row in found:
        if row.uid:
            yield TitleFit(role=roles[row.uid], uri=row.uri, found=row)
        for link in linked.get(same_address(row.uri), ()):
            yield TitleFit(role=link.role, uri=row.uri, found=row, match=link.match)
        if not row.uid and same_address(row.uri) not in linked:
            yield TitleFit(role=None, uri=row.uri, found=row)


def _roles(uids: Iterable[str]) -> list[JobRole]:
    wanted = list(uids)
    return list(JobRole.objects.filter(uid__in=wanted)) if wanted else []


def _linked_roles(uris: Sequence[str]) -> dict[str, list[EscoLink]]:
    """Links of roles in force to these occupations, by address; closest match first."""
    if not uris:
        return {}
    typed = [form for uri in uris for form in written_forms(uri)]
    of_roles = EscoLink.objects.filter(uri__in=typed, match__in=_CLOSEST, role__retired_at=None).exclude(role=None)
    found: dict[str, list[EscoLink]] = {}
    for link in sorted(of_roles.select_related("role"), key=lambda link: (_CLOSEST.index(link.match), link.pk)):
        found.setdefault(same_address(link.uri), []).append(link)
    return found


def _once(fits: Iterable[TitleFit]) -> list[TitleFit]:
    """Each role and each occupation by its first fit."""
    first: dict[str, TitleFit] = {}
    for fit in fits:
        first.setdefault(str(fit.role.uid) if fit.role else fit.uri, fit)
    return list(first.values())

"""The work of the crosswalk desk: which skills and roles still need a look at ESCO, and which are done.

Every skill and role in force is in exactly one state, the first that fits of: moved (a link tells another story in the
active version), to check (a link that nobody has confirmed), done (links, all confirmed), to do (no link).
Rejections are a list of their own beside these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from synchromesh.engine.errors import NotFound
from synchromesh.framework.models import EscoLink, EscoRejection, EscoVersion, JobRole, Skill
from synchromesh.framework.models.esco import fold
from synchromesh.framework.queries.concepts import get_role, get_skill
from synchromesh.framework.queries.crosswalk import Subject, find_same_names, kinds_for
from synchromesh.framework.queries.esco import ConceptName, find_active_version, find_names
from synchromesh.framework.queries.esco_moves import MovedLink, list_moved_links

TO_DO, TO_CHECK, MOVED, DONE, REJECTED = "to-do", "to-check", "moved", "done", "rejected"
STATES = (TO_DO, TO_CHECK, MOVED, DONE, REJECTED)
SKILL, ROLE = "skill", "role"
SUBJECTS_PER_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkRow:
    """A skill or role of the list; `same_names` are names of ESCO concepts that are exactly one of its titles."""

    subject: Subject
    links: tuple[tuple[EscoLink, ConceptName | None], ...]
    moved: tuple[MovedLink, ...]
    rejections: tuple[tuple[EscoRejection, ConceptName | None], ...]
    same_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkList:
    """One page of one state. `counts` are the numbers of skills or roles by state, of rejections for `rejected`."""

    version: EscoVersion | None
    counts: dict[str, int]
    page: Page[Any]
    rows: tuple[CrosswalkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sorted:
    """Everything in force of one kind: rows by state, in order of English title, with their links."""

    by_state: dict[str, list[int]]
    links: dict[int, list[EscoLink]]
    moved: dict[int, list[MovedLink]]


def get_subject(kind: str, slug: str) -> Subject:
    """The skill or role in force with this slug. Raises NotFound."""
    if kind == ROLE:
        return get_role(slug)
    if kind != SKILL:
        raise NotFound("The crosswalk is about skills and job roles.")
    skill = get_skill(slug)
    if skill.retired_at is not None:
        raise NotFound(f"The skill '{slug}' is retired.")
    return skill


def list_crosswalk(*, kind: str, state: str, page: int | str | None = 1) -> CrosswalkList:
    """One page of the skills (or roles) in a state, by English title. At most sixteen questions to the database."""
    version = find_active_version()
    found = _sort(kind)
    rejected = list(_rejections(kind).order_by("-rejected_at", "pk").values_list(f"{kind}_id", flat=True))
    counts = {name: len(rows) for name, rows in found.by_state.items()} | {REJECTED: len(rejected)}
    shown_ids = list(dict.fromkeys(rejected)) if state == REJECTED else found.by_state[state]
    paginated = Paginator(shown_ids, SUBJECTS_PER_PAGE).get_page(page)
    shown = [int(row) for row in paginated.object_list]
    subjects = _subjects(kind).in_bulk(shown)
    rows = _rows(kind, [subjects[row] for row in shown], found, state, version)
    return CrosswalkList(version=version, counts=counts, page=paginated, rows=rows)


def count_crosswalk() -> dict[str, int]:
    """Skills and roles together by state, without rejections. Ten questions."""
    links = list(EscoLink.objects.all())
    moved = list_moved_links(links)
    found: Counter[str] = Counter()
    for kind in (SKILL, ROLE):
        found.update({state: len(rows) for state, rows in _by_state(kind, links, moved).by_state.items()})
    return {state: found[state] for state in STATES if state != REJECTED}


def find_next(kind: str, state: str, after: Subject) -> Subject | None:
    """The subject that follows `after` in a state by title, or the first one; None when there is no other."""
    rows = [row for row in _sort(kind).by_state.get(state, []) if row != after.pk]
    if not rows:
        return None
    order = {row: place for place, row in enumerate(_subjects(kind).values_list("pk", flat=True))}
    here = order.get(after.pk, -1)
    following: Subject = _subjects(kind).get(pk=next((row for row in rows if order[row] > here), rows[0]))
    return following


def _subjects(kind: str) -> QuerySet[Any]:
    found: QuerySet[Any] = JobRole.objects.all() if kind == ROLE else Skill.objects.all()
    return found.filter(retired_at=None).order_by("titles__en", "slug")


def _rejections(kind: str) -> QuerySet[EscoRejection]:
    return EscoRejection.objects.filter(Q(**{f"{kind}__isnull": False, f"{kind}__retired_at": None}))


def _sort(kind: str) -> _Sorted:
    links = list(EscoLink.objects.filter(Q(**{f"{kind}__isnull": False})))
    return _by_state(kind, links, list_moved_links(links))


def _by_state(kind: str, links: Iterable[EscoLink], moved: Iterable[MovedLink]) -> _Sorted:
    column = f"{kind}_id"
    links_of: dict[int, list[EscoLink]] = {}
    for link in links:
        links_of.setdefault(getattr(link, column), []).append(link)
    moved_of: dict[int, list[MovedLink]] = {}
    for entry in moved:
        moved_of.setdefault(getattr(entry.link, column), []).append(entry)
    by_state: dict[str, list[int]] = {state: [] for state in STATES if state != REJECTED}
    for row in _subjects(kind).values_list("pk", flat=True):
        by_state[_state(links_of.get(row, []), row in moved_of)].append(row)
    return _Sorted(by_state=by_state, links=links_of, moved=moved_of)


def _state(links: Sequence[EscoLink], has_moved: bool) -> str:
    if has_moved:
        return MOVED
    if not links:
        return TO_DO
    return DONE if all(link.confirmed_at for link in links) else TO_CHECK


def _rows(
    kind: str, subjects: Sequence[Subject], found: _Sorted, state: str, version: EscoVersion | None
) -> tuple[CrosswalkRow, ...]:
    rejections: dict[int, list[EscoRejection]] = {}
    if state == REJECTED:
        for rejection in _rejections(kind).filter(Q(**{f"{kind}__in": subjects})):
            rejections.setdefault(getattr(rejection, f"{kind}_id"), []).append(rejection)
    links = {subject.pk: found.links.get(subject.pk, []) for subject in subjects}
    addresses = {link.uri for rows in links.values() for link in rows}
    names = find_names(addresses | {row.uri for rows in rejections.values() for row in rows})
    alike = find_same_names(subjects, version) if version and state == TO_DO else {}
    return tuple(
        CrosswalkRow(
            subject=subject,
            links=tuple((link, names.get(link.uri)) for link in links[subject.pk]),
            moved=tuple(found.moved.get(subject.pk, ())),
            rejections=tuple((row, names.get(row.uri)) for row in rejections.get(subject.pk, ())),
            same_names=tuple(_same_names_of(subject, alike)),
        )
        for subject in subjects
    )


def _same_names_of(subject: Subject, alike: dict[tuple[str, str], list[tuple[str, str]]]) -> Iterable[str]:
    kinds = kinds_for(subject)
    texts = (
        text
        for language, title in subject.titles.items()
        for kind, text in alike.get((language, fold(title)), ())
        if kind in kinds
    )
    return dict.fromkeys(texts)

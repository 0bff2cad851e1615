"""Which courses wait for somebody to say what they teach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from synchromesh.catalogue.queries.editable_courses import list_editable_courses
from synchromesh.plumbing.audit import Actor

# In the order of the work: nobody has linked it; a confirmed link is due for another look; a file states links that
# nobody has confirmed; nothing to do.
STATES = ("unmapped", "due", "waiting", "mapped")
OPEN_STATES = STATES[:3]
PAGE_SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursesToMap:
    """One page of courses with `state_number`, `confirmed`, `due` and `waiting`, and the number in each state."""

    page: Page[Any]
    counts: dict[str, int]


def list_courses_to_map(
    *,
    visible_to: Actor,
    today: date,
    state: str = "",
    provider: str = "",
    slugs: Collection[str] | None = None,
    page: int | str | None = 1,
) -> CoursesToMap:
    """Published courses that the actor may map, by state and then by slug; within a state untouched ones first.

    `state` is one of STATES or "" for all, `provider` a slug, `slugs` leaves only these courses. Three questions to the
    database beside that for the organisations of the person, whatever the number of courses.
    """
    found = _with_states(visible_to, today)
    if provider:
        found = found.filter(provider__slug=provider)
    if slugs is not None:
        found = found.filter(slug__in=list(slugs))
    counted = Counter(found.values_list("state_number", flat=True))
    if state in STATES:
        found = found.filter(state_number=STATES.index(state))
    ordered = found.select_related("provider").order_by("state_number", "judged", "slug")
    return CoursesToMap(
        page=Paginator(ordered, PAGE_SIZE).get_page(page),
        counts={name: counted[number] for number, name in enumerate(STATES)},
    )


def count_courses_to_map(*, visible_to: Actor, today: date) -> int:
    """How many published courses that the actor may map are not settled. One question to the database."""
    return _with_states(visible_to, today).filter(state_number__lt=len(OPEN_STATES)).count()


def _with_states(visible_to: Actor, today: date) -> QuerySet[Any]:
    confirmed = Q(skill_links__confirmed_at__isnull=False)
    counted = list_editable_courses(visible_to=visible_to).annotate(
        confirmed=Count("skill_links", filter=confirmed, distinct=True),
        due=Count("skill_links", filter=confirmed & Q(skill_links__review_due_on__lte=today), distinct=True),
        waiting=Count("skill_links", filter=Q(skill_links__confirmed_at=None), distinct=True),
        judged=Count("mapping_verdicts", distinct=True),
    )
    state = Case(
        When(confirmed=0, then=Value(0)),
        When(due__gt=0, then=Value(1)),
        When(waiting__gt=0, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return counted.annotate(state_number=state).defer("descriptions", "outcomes")

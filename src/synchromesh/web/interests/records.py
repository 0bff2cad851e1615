"""The lists of records that stand on entry pages, by the name that a section gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from synchromesh.accounts.permissions import VISITOR
from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.catalogue.queries.courses import search_courses
from synchromesh.community.queries.event_lists import EventFilter, list_events
from synchromesh.community.queries.lessons import LessonFilter, list_lessons
from synchromesh.community.queries.platform_counts import count_for_employers, count_platform
from synchromesh.community.queries.practices import PracticeFilter, list_practices
from synchromesh.framework.queries.concepts import list_roles
from synchromesh.web.interests.published_figures import INDICATORS

MOST = 4
MOST_ROLES = 8
SHOP_FLOOR = (
    "battery-production",
    "battery-reuse-recycling",
    "vehicle-service-repair",
    "vehicle-component-production",
    "automation-maintenance",
    "logistics-supply-chain",
)
"""Families of jobs that are done with the hands, in workshops and plants."""
_COUNT_NAMES: Mapping[str, tuple[Any, str, str]] = {
    "roles": (_("Job roles"), "roles:list", ""),
    "skills": (_("Skills"), "skills:list", ""),
    "courses": (_("Courses"), "courses:list", "?over=1"),
    "free_courses": (_("Free courses"), "courses:list", "?price=free&over=1"),
    "providers": (_("Training providers"), "organisations:list", "?kind=provider"),
    "regions": (_("Regions with a profile"), "regions:list", ""),
    "practices": (_("Practices"), "practices:list", ""),
    "events": (_("Events to come"), "events:list", ""),
    "members": (_("Members of the alliance"), "members:list", ""),
    "sites": (_("Plants and employers in profiles of regions"), "regions:list", "?view=table"),
}


def records_for(name: str) -> list[Any]:
    """The records of a list. A name that nobody knows is a mistake in a page, and fails."""
    return _LISTS[name]()


def _roles() -> list[Any]:
    """One job after the other from each family of the shop floor, so that the choice is wide."""
    families: dict[str, list[Any]] = {slug: [] for slug in SHOP_FLOOR}
    for role in list_roles():
        if role.family and role.family.slug in families:
            families[role.family.slug].append(role)
    longest = max(map(len, families.values()))
    in_turn = [found[place] for place in range(longest) for found in families.values() if place < len(found)]
    return in_turn[:MOST_ROLES]


def _free_courses() -> list[Any]:
    wanted = CourseFilter(chosen={"price": ("free",)}, order="newest")
    language = get_language() or "en"
    return list(search_courses(wanted, today=timezone.localdate(), language=language, limit=MOST).courses)


def _events() -> list[Any]:
    return list(list_events(EventFilter(), visible_to=VISITOR, today=timezone.localdate())[:MOST])


def _lessons() -> list[Any]:
    return list(list_lessons(LessonFilter())[:MOST])


def _practices(*themes: str) -> Callable[[], list[Any]]:
    return lambda: list(list_practices(PracticeFilter(chosen={"theme": themes}))[:MOST])


def _company_courses() -> list[Any]:
    wanted = CourseFilter(chosen={"mode": ("in-company", "blended")}, order="newest")
    language = get_language() or "en"
    return list(search_courses(wanted, today=timezone.localdate(), language=language, limit=MOST).courses)


def _figures(count: Callable[[], Mapping[str, int]]) -> Callable[[], list[Any]]:
    """Counts as names, addresses and numbers, in the order in which all names stand."""

    def counted() -> list[Any]:
        counts = count()
        named = [(key, *parts) for key, parts in _COUNT_NAMES.items() if key in counts]
        return [(name, reverse(address) + query, counts[key]) for key, name, address, query in named]

    return counted


_LISTS: Mapping[str, Callable[[], list[Any]]] = {
    "roles": _roles,
    "free_courses": _free_courses,
    "events": _events,
    "lessons": _lessons,
    "apprenticeships": _practices("apprenticeship"),
    "teacher_practices": _practices("teachers"),
    "transitions": _practices("transition", "upskilling", "cooperation"),
    "company_courses": _company_courses,
    "company_practices": _practices("upskilling", "transition", "apprenticeship"),
    "own_figures": _figures(count_platform),
    "employer_figures": _figures(count_for_employers),
    "published_figures": lambda: list(INDICATORS),
}

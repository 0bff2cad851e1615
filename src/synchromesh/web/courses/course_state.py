"""What the page of a course shows."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from synchromesh.catalogue.models import Course
from synchromesh.catalogue.queries.availability import closed_runs, upcoming_runs
from synchromesh.catalogue.queries.freshness import find_confirmer, freshness_of
from synchromesh.catalogue.queries.links import find_link_check
from synchromesh.catalogue.queries.similar_courses import find_similar_courses
from synchromesh.pathways.queries.reviews import list_shown_reviews


def course_state(course: Course) -> dict[str, Any]:
    """One course: its dates by whether one can still join, links, freshness, similar courses and what people say."""
    links = list(course.skill_links.all())
    return course_facts(course) | {
        "confirmed": [link for link in links if link.confirmed_at],
        "suggested": [link for link in links if not link.confirmed_at],
        "similar": find_similar_courses(course, today=timezone.localdate()),
        "said": list_shown_reviews(course, limit=3),
    }


def course_facts(course: Course) -> dict[str, Any]:
    """The facts that a provider is asked about, and how far they can be trusted."""
    today = timezone.localdate()
    runs = list(course.runs.all())
    coming, closed = upcoming_runs(runs, today=today), closed_runs(runs, today=today)
    return {
        "course": course,
        "coming": coming,
        "closed": closed,
        "past": [run for run in runs if run not in coming and run not in closed],
        "link": find_link_check(course),
        "freshness": freshness_of(course.last_confirmed_on, today=today),
        "confirmer": find_confirmer(course),
    }

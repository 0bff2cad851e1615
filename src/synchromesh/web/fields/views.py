"""Fields: the alliance's four, each with its roles, skills and courses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from synchromesh.catalogue.queries.courses import CourseFilter, search_courses
from synchromesh.framework.queries.concepts import get_topic, list_roles, list_skills, list_topics


def field_list(request: HttpRequest) -> HttpResponse:
    """All fields."""
    return render(request, "fields/list.html", {"topics": list_topics()})


def field_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One field: roles first, then skills, then courses."""
    topic = get_topic(slug)
    courses = search_courses(CourseFilter(chosen={"field": (topic.slug,)}), today=timezone.localdate())
    context = {
        "topic": topic,
        "roles": list_roles(topic=topic),
        "skills": list_skills(topic=topic),
        "courses": courses.courses[:8],
        "course_total": courses.total,
    }
    return render(request, "fields/detail.html", context)

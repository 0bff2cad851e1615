"""Fields: the alliance's four, each with its roles, skills and courses."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from synchromesh.catalogue.queries.course_counts import count_courses
from synchromesh.catalogue.queries.course_filter import CourseFilter
from synchromesh.catalogue.queries.courses import search_courses
from synchromesh.framework.queries.concepts import get_topic, list_roles, list_skills, list_topics
from synchromesh.web.kept_pages.public import public_page


@public_page
def field_list(request: HttpRequest) -> HttpResponse:
    """All fields, each with the number of its courses."""
    context = {"topics": list_topics(), "course_counts": count_courses(today=timezone.localdate())}
    return render(request, "fields/list.html", context)


@public_page
def field_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One field: roles first, then skills, then courses."""
    topic = get_topic(slug)
    in_field = CourseFilter(chosen={"field": (topic.slug,)})
    courses = search_courses(in_field, today=timezone.localdate(), language=get_language() or "en", limit=8)
    context = {
        "topic": topic,
        "roles": list_roles(topic=topic),
        "skills": list_skills(topic=topic),
        "courses": courses.courses,
        "course_total": courses.total,
        "course_counts": count_courses(today=timezone.localdate()),
    }
    return render(request, "fields/detail.html", context)

"""Courses as the search sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db.models import Prefetch

from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.search.contract import Document

_AT_ONCE = 2000
"""Courses read at a time; each such block takes one query for itself and one for each thing that belongs to it."""


def list_course_documents(uids: Collection[str] | None = None) -> Iterator[Document]:
    """Published courses, all or those with `uids`, by slug. Only confirmed links say what a course teaches."""
    confirmed = CourseSkill.objects.exclude(confirmed_at=None).select_related("skill").order_by("skill__slug")
    found = (
        Course.objects.exclude(published_at=None)
        .select_related("provider")
        .prefetch_related("topics", Prefetch("skill_links", queryset=confirmed))
        .order_by("slug")
    )
    if uids is not None:
        found = found.filter(uid__in=uids)
    for course in found.iterator(chunk_size=_AT_ONCE):
        yield _document(course)


def _document(course: Course) -> Document:
    provider = course.provider
    return Document(
        kind="course",
        uid=str(course.uid),
        slug=course.slug,
        titles=course.titles,
        labels=(provider.name,) if provider else (),
        body="\n".join(_body(course)),
        languages=tuple(course.languages),
        filters={
            "field": tuple(topic.slug for topic in course.topics.all()),
            "mode": (course.mode,) if course.mode else (),
            "certificate": (course.certificate,) if course.certificate else (),
            "provider": (provider.slug,) if provider else (),
            "origin": (course.origin,),
        },
    )


def _body(course: Course) -> Iterator[str]:
    yield from course.summaries.values()
    yield from course.keywords
    for _, outcomes in sorted(course.outcomes.items()):
        yield from outcomes
    yield from course.descriptions.values()
    for topic in course.topics.all():
        yield from topic.titles.values()
    for link in course.skill_links.all():
        yield from link.skill.titles.values()

"""A course together with the reader's own parts in it, so that the permissions of a page cost no further question."""

from __future__ import annotations

from typing import TypeVar, cast

from django.db.models import Model, OuterRef, QuerySet

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course, CourseRole
from synchromesh.catalogue.permissions import remember_parts
from synchromesh.plumbing.audit import Actor
from synchromesh.plumbing.json_lists import JsonList

Row = TypeVar("Row", bound=Model)


def find_course_with_parts(slug: str, *, visible_to: Actor) -> Course | None:
    """A course with its provider, unless it was merged into another one; the reader's parts in it are known then."""
    found = Course.objects.select_related("provider").filter(slug=slug, merged_into=None)
    course = with_reader_parts(found, visible_to=visible_to, course="pk").first()
    if course is not None:
        keep_reader_parts(course, course, visible_to=visible_to)
    return course


def with_reader_parts(rows: QuerySet[Row], *, visible_to: Actor, course: str) -> QuerySet[Row]:
    """Rows with what `keep_reader_parts` keeps of each; `course` is their path to the course."""
    person = visible_to.pk if isinstance(visible_to, User) else 0
    own = CourseRole.objects.filter(course=OuterRef(course), person=person).values_list("part")
    return cast("QuerySet[Row]", rows.annotate(reader_parts=JsonList(own)))


def keep_reader_parts(row: Model, course: Course, *, visible_to: Actor) -> None:
    """Tell the permissions what a row `with_reader_parts` says of its course."""
    if isinstance(visible_to, User):
        remember_parts(visible_to, course, (part for (part,) in vars(row)["reader_parts"]))

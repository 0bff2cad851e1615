"""Read lists of courses: one's own, and one that somebody shared by a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from synchromesh.accounts.models import User
from synchromesh.catalogue.models import Course
from synchromesh.engine.errors import NotFound
from synchromesh.pathways.models import SavedList, SavedListEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCourse:
    """A line of a list: `course` is the one to show, of a merged course the one that stays.

    `offered` is False where the course is no longer published; `entry_uid` names the line to change or take out.
    """

    course: Course
    note: str
    offered: bool
    entry_uid: str


def list_saved_lists(person: User) -> list[SavedList]:
    """The person's own lists by title, each with the number of its courses as `courses`. One question."""
    found = SavedList.objects.filter(owner=person).annotate(courses=Count("entries"))
    return list(found.order_by("title", "pk"))


def list_lists_with(person: User, course: Course) -> list[SavedList]:
    """The person's own lists by title; `holds` says whether the course is in it already. One question."""
    entries = SavedListEntry.objects.filter(saved_list=OuterRef("pk"))
    holding = entries.filter(course=course) | entries.filter(course__merged_into=course)
    return list(SavedList.objects.filter(owner=person).annotate(holds=Exists(holding)).order_by("title", "pk"))


def get_saved_list(person: User, uid: str) -> SavedList:
    """One's own list. Raises NotFound for anybody else's: its existence is private too."""
    found = SavedList.objects.filter(owner=person, uid=uid).first()
    if found is None:
        raise NotFound("There is no such list.")
    return found


def get_shared_list(key: str) -> SavedList:
    """The list behind a link. Raises NotFound for a key that never was, and for one that was ended."""
    found = SavedList.objects.filter(link_key=key).exclude(owner__is_active=False).first() if key else None
    if found is None:
        raise NotFound("There is no list at this address. Its owner may have ended the link.")
    return found


def list_kept_courses(kept: SavedList) -> list[KeptCourse]:
    """The courses of a list in the order in which they were put in, each once, with provider, address and runs."""
    shown: dict[int, KeptCourse] = {}
    for entry in _entries(kept):
        course = entry.course.merged_into or entry.course
        if course.pk not in shown:
            shown[course.pk] = KeptCourse(
                course=course,
                note=entry.note,
                offered=course.published_at is not None,
                entry_uid=str(entry.course.uid),
            )
    return list(shown.values())


def _entries(kept: SavedList) -> QuerySet[SavedListEntry]:
    texts = ("descriptions", "outcomes")
    return (
        kept.entries.select_related(
            "course__provider", "course__link_check", "course__merged_into__provider", "course__merged_into__link_check"
        )
        .prefetch_related("course__runs", "course__merged_into__runs")
        .defer(*(f"course__{name}" for name in texts), *(f"course__merged_into__{name}" for name in texts))
        .order_by("added_at", "pk")
    )

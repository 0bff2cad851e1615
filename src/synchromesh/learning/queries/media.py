"""The files of a course's content: which there are, where they lie, who shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from synchromesh.assessment.models import Question
from synchromesh.catalogue.models import Course
from synchromesh.catalogue.permissions import may_review_course
from synchromesh.engine.errors import NotFound
from synchromesh.learning.models import Media, Unit
from synchromesh.learning.queries.course_checks import media_of_question, media_of_unit
from synchromesh.plumbing.audit import Actor

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/svg+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaEntry:
    """A file with the keys of the units that show it in the draft or the newest published version."""

    media: Media
    shown_in: tuple[str, ...]


def list_media(course: Course, *, visible_to: Actor) -> list[MediaEntry]:
    """The files of a course by name; none for who may not read its drafts."""
    if not may_review_course(visible_to, course):
        return []
    places: dict[str, set[str]] = {}
    for unit in Unit.objects.filter(version__in=_newest_versions(course)).only("key", "kind", "content"):
        for name in media_of_unit(unit.kind, unit.content):
            places.setdefault(name, set()).add(unit.key)
    found = Media.objects.filter(course=course).order_by("name")
    return [MediaEntry(media=media, shown_in=tuple(sorted(places.get(media.name, ())))) for media in found]


def get_media(course: Course, name: str) -> Media:
    """One file by its name. Raises NotFound. The caller has asked whether the course may be seen."""
    found = Media.objects.filter(course=course, name=name).first()
    if found is None:
        raise NotFound("There is no such file in this course.")
    return found


def media_names(course: Course) -> set[str]:
    """The names of all files of a course."""
    return set(Media.objects.filter(course=course).values_list("name", flat=True))


def media_path(media: Media) -> Path:
    """Where the bytes of a file lie."""
    return settings.DATA_DIR / "media" / str(media.uid)


def read_media(media: Media) -> bytes:
    """The bytes of a file. Raises NotFound where they are gone from the data folder."""
    try:
        return media_path(media).read_bytes()
    except OSError:
        raise NotFound(f"The file {media.name} is missing in the data folder. Restore it from a backup.") from None


def where_shown(course: Course, name: str) -> list[str]:
    """The keys of units and questions, of any version, that show a file."""
    units = Unit.objects.filter(version__course=course).only("key", "kind", "content").order_by("key")
    questions = Question.objects.filter(bank__course=course).order_by("key")
    found = {unit.key for unit in units if name in media_of_unit(unit.kind, unit.content)}
    return sorted(found | {question.key for question in questions if name in media_of_question(question.document)})


def media_records(course: Course, names: Iterable[str]) -> dict[str, Media]:
    """The named files of a course that there are, by name."""
    return {media.name: media for media in Media.objects.filter(course=course, name__in=list(names))}


def _newest_versions(course: Course) -> list[int]:
    versions = course.content_versions.order_by("-number").values_list("pk", "published_at")
    drafts = [pk for pk, published_at in versions if published_at is None]
    published = [pk for pk, published_at in versions if published_at is not None]
    return [*drafts, *published[:1]]

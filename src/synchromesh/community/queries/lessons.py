"""Read lessons: the list with filters, one with its versions and files, one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from synchromesh.accounts.models import User
from synchromesh.community.models import Lesson, LessonFile, LessonReuse, LessonSkill, LessonState, LessonVersion
from synchromesh.community.permissions import may_edit_lesson, may_see_lesson
from synchromesh.engine.errors import NotFound
from synchromesh.plumbing.audit import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFilter:
    """What is asked of the list; empty means everything."""

    words: str = ""
    language: str = ""
    level: int | None = None
    field: str = ""
    licence: str = ""
    skill: str = ""


def read_lesson_filter(values: Mapping[str, str]) -> LessonFilter:
    """The filter as it stands in an address."""
    level = values.get("level", "")
    return LessonFilter(
        words=" ".join(values.get("q", "").replace("\0", "").split())[:200],
        language=values.get("language", "")[:2],
        level=int(level) if level in {"0", "1", "2", "3"} else None,
        field=values.get("field", "")[:80],
        licence=values.get("licence", "")[:20],
        skill=values.get("skill", "")[:120],
    )


def published_lessons() -> QuerySet[Lesson]:
    """Published lessons with title, licence and number of their newest version: what is being written is not public."""
    newest = LessonVersion.objects.filter(lesson=OuterRef("pk")).order_by("-number")
    return Lesson.objects.filter(state=LessonState.PUBLISHED).annotate(
        newest_title=Subquery(newest.values("title")[:1]),
        newest_licence=Subquery(newest.values("licence")[:1]),
        newest_number=Subquery(newest.values("number")[:1]),
    )


def list_lessons(wanted: LessonFilter) -> QuerySet[Lesson]:
    """Published lessons that fit, each word somewhere in title, summary or a skill; newest first."""
    rows = published_lessons()
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    if wanted.level is not None:
        rows = rows.filter(level=wanted.level)
    if wanted.licence:
        rows = rows.filter(Q(newest_licence=wanted.licence))
    if wanted.field:
        rows = rows.filter(pk__in=Lesson.topics.through.objects.filter(topic__slug=wanted.field).values("lesson_id"))
    if wanted.skill:
        rows = rows.filter(pk__in=LessonSkill.objects.filter(skill__slug=wanted.skill).values("lesson_id"))
    for word in wanted.words.split()[:8]:
        named = LessonSkill.objects.filter(lesson=OuterRef("pk"), skill__titles__icontains=word)
        rows = rows.filter(Q(newest_title__icontains=word) | Q(summary__icontains=word) | Exists(named))
    return (
        rows.select_related("organisation", "author")
        .prefetch_related("topics")
        .annotate(times_used=Count("versions__reuses", distinct=True))
        .order_by("-published_at", "slug")
    )


def get_lesson(slug: str, *, visible_to: Actor) -> Lesson:
    """One lesson with its skills and fields. Raises NotFound, also for one that the reader may not know of."""
    copied = LessonVersion.objects.filter(lesson=OuterRef("based_on"), number=OuterRef("based_on_number"))
    rows = Lesson.objects.select_related("organisation", "author", "based_on")
    rows = rows.annotate(based_on_title=Subquery(copied.values("title")))
    found = rows.prefetch_related("topics", "skill_links__skill").filter(slug=slug).first()
    if found is None or not may_see_lesson(visible_to, found):
        raise NotFound("There is no such lesson. It may have been withdrawn.", field="lesson")
    return found


def list_lesson_versions(lesson: Lesson) -> list[LessonVersion]:
    """The published versions with their files, newest first."""
    files = Prefetch("files", LessonFile.objects.order_by("name"))
    return list(lesson.versions.prefetch_related(files).order_by("-number"))


def get_lesson_version(lesson: Lesson, number: int) -> LessonVersion:
    """One published version. Raises NotFound."""
    found = lesson.versions.filter(number=number).select_related("lesson").first()
    if found is None:
        raise NotFound("There is no such version of this lesson.")
    return found


def list_draft_files(lesson: Lesson) -> list[LessonFile]:
    """The files of the draft, by name."""
    return list(lesson.files.filter(removed_at=None).order_by("name"))


def get_lesson_file(lesson: Lesson, uid: UUID, *, visible_to: Actor) -> LessonFile:
    """A file of a published version, or of the draft for who may edit it. Raises NotFound."""
    rows = LessonFile.objects.filter(lesson=lesson, uid=uid).select_related("lesson__organisation")
    found = rows.first()
    if found is None or not (found.versions.exists() or may_edit_lesson(visible_to, lesson)):
        raise NotFound("There is no such file in this lesson.")
    return found


def list_lesson_reuses(lesson: Lesson) -> list[LessonReuse]:
    """Who used it, newest first; pages show what was said and not who said it."""
    return list(LessonReuse.objects.filter(version__lesson=lesson).select_related("version").order_by("-recorded_at"))


def list_derived_lessons(lesson: Lesson) -> list[Lesson]:
    """Published lessons that were made from this one, newest first."""
    return list(published_lessons().filter(based_on=lesson).order_by("-published_at", "slug"))


def list_own_lessons(person: User) -> list[Lesson]:
    """What a person has written, last changed first."""
    return list(Lesson.objects.filter(author=person).order_by("-changed_at", "-pk"))


def list_lesson_languages() -> list[str]:
    """The languages that published lessons are in."""
    rows = Lesson.objects.filter(state=LessonState.PUBLISHED).order_by("language")
    return list(rows.values_list("language", flat=True).distinct())

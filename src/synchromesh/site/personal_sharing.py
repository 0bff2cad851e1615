"""What practices, lessons and regions keep about a person: what was sent in and shared, what was used, contacts."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from synchromesh.accounts.models import User
from synchromesh.community.models import Lesson, LessonReuse, Practice, RegionContact
from synchromesh.community.queries.practice_columns import TEXTS
from synchromesh.site.personal_relations import Entry, PersonalRelation, TextReference, text


def _practices(person: User) -> list[Entry]:
    found = Practice.objects.filter(submitted_by=person).order_by("pk")
    return [
        {name: getattr(row, column) for name, column in TEXTS.items()}
        | {
            "slug": row.slug,
            "state": row.state,
            "submitted_at": text(row.submitted_at),
            "published_at": text(row.published_at),
            "review_note": row.review_note,
        }
        for row in found
    ]


def _lessons(person: User) -> list[Entry]:
    found = Lesson.objects.filter(author=person).prefetch_related("files", "versions").order_by("pk")
    return [
        {
            "slug": row.slug,
            "title": row.title,
            "summary": row.summary,
            "text": row.text,
            "licence": row.licence,
            "credit": row.credit,
            "state": row.state,
            "files": [file.name for file in row.files.all()],
            "versions": [{"number": one.number, "published_at": text(one.published_at)} for one in row.versions.all()],
        }
        for row in found
    ]


def _lesson_reuses(person: User) -> list[Entry]:
    found = LessonReuse.objects.filter(person=person).select_related("version__lesson").order_by("pk")
    return [
        {
            "lesson": row.version.lesson.slug,
            "version": row.version.number,
            "note": row.note,
            "recorded_at": text(row.recorded_at),
        }
        for row in found
    ]


def _contacts(person: User) -> list[Entry]:
    found = RegionContact.objects.filter(person=person).select_related("profile__region").order_by("pk")
    return [{"region": row.profile.region.code, "task": row.task, "added_at": text(row.added_at)} for row in found]


SHARING_RELATIONS: tuple[PersonalRelation, ...] = (
    PersonalRelation(relation="community.Practice.submitted_by", section="practices", read=_practices, deleted=False),
    PersonalRelation(relation="community.Lesson.author", section="lessons", read=_lessons, deleted=False),
    PersonalRelation(relation="community.LessonReuse.person", section="lessons_used", read=_lesson_reuses),
    PersonalRelation(relation="community.RegionContact.person", section="region_contacts", read=_contacts),
)
_SHARED = gettext_noop("Others use them under their licence. Your name is not in them, unless you wrote it into them.")
_DECIDED = gettext_noop("They show that somebody read them first. Your name is not in them.")
SHARING_REFERENCES: tuple[TextReference, ...] = (
    TextReference(
        column="community.Practice.reviewed_by", what=gettext_noop("practices that you reviewed"), why=_DECIDED
    ),
    TextReference(
        column="community.PracticeVersion.published_by",
        what=gettext_noop("versions of practices that you published"),
        why=_DECIDED,
    ),
    TextReference(
        column="community.PracticeReuse.recorded_by",
        what=gettext_noop("practices of which you said that your organisation did them too"),
        why=gettext_noop("They are the organisation's words. Your name is not in them."),
    ),
    TextReference(
        column="community.LessonVersion.published_by",
        what=gettext_noop("versions of lessons that you published"),
        why=_SHARED,
    ),
    TextReference(
        column="community.LessonFile.uploaded_by",
        what=gettext_noop("files of lessons that you brought in"),
        why=_SHARED,
    ),
    TextReference(
        column="community.BoundarySet.loaded_by",
        what=gettext_noop("boundaries for the map that you loaded"),
        why=gettext_noop("The map still shows them. Your name is not in them."),
    ),
)

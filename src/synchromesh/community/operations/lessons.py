"""Write a lesson, put files to it, publish versions of it, take it back, copy another's, and say that it was used."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from synchromesh.accounts.models import Organisation, User
from synchromesh.accounts.permissions import may_edit_for_organisation, require
from synchromesh.community.models import (
    Lesson,
    LessonFile,
    LessonReuse,
    LessonSkill,
    LessonState,
    LessonVersion,
    Licence,
)
from synchromesh.community.operations.stored_files import check_file, write_file
from synchromesh.community.permissions import may_edit_lesson, may_share_lesson
from synchromesh.community.queries.stored_files import file_path, read_file
from synchromesh.engine.errors import Conflict, InvalidInput, NotAllowed
from synchromesh.engine.vocabulary.languages import ENGLISH_NAMES
from synchromesh.engine.vocabulary.slugs import distinct_slug
from synchromesh.framework.models import Skill, Topic
from synchromesh.plumbing import audit
from synchromesh.plumbing.free_slugs import FreeSlugs

MOST_FILES = 20
UNCHANGED_ONLY = frozenset({Licence.CC_BY_ND})
"""Licences that let nobody share a changed lesson."""
SAME_LICENCE = frozenset({Licence.CC_BY_SA, Licence.CC_BY_NC_SA})
"""Licences under which a changed lesson must stay under the same one."""
_EDITORS_ONLY = "Only the author of a lesson, and editors of its organisation, can change it."
_LONGEST_TEXT = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonDetails:
    """What a teacher says of a lesson. None is unknown."""

    title: str
    summary: str
    language: str
    licence: str
    text: str = ""
    credit: str = ""
    level: int | None = None
    eqf_min: int | None = None
    eqf_max: int | None = None
    age_from: int | None = None
    minutes: int | None = None
    organisation: Organisation | None = None
    topics: Collection[Topic] = field(default_factory=tuple)
    skills: Collection[Skill] = field(default_factory=tuple)


def create_lesson(*, by: audit.Actor, details: LessonDetails) -> Lesson:
    """Begin a draft. Raises NotAllowed, InvalidInput."""
    _require_author(by, details.organisation)
    _check(details)
    with transaction.atomic():
        lesson = Lesson(slug=_slug(details.title), author=by if isinstance(by, User) else None)
        _fill(lesson, details)
        audit.record(by=by, action="create_lesson", kind="lesson", uid=lesson.uid)
    return lesson


def edit_lesson(*, by: audit.Actor, lesson: Lesson, details: LessonDetails) -> Lesson:
    """Change the draft; readers of a published lesson go on seeing the title, text and files of its last version.

    Raises NotAllowed, InvalidInput also for a licence that what it is based on does not allow.
    """
    require(may_edit_lesson(by, lesson), _EDITORS_ONLY)
    if details.organisation != lesson.organisation:
        _require_author(by, details.organisation)
    _check(details)
    if lesson.based_on is not None and lesson.licence in SAME_LICENCE and details.licence != lesson.licence:
        raise InvalidInput("What this lesson was made from must stay under the same licence.", field="licence")
    with transaction.atomic():
        locked = _lock(lesson)
        _fill(locked, details)
        audit.record(by=by, action="edit_lesson", kind="lesson", uid=locked.uid)
    return locked


def publish_lesson(*, by: audit.Actor, lesson: Lesson, note: str = "") -> LessonVersion:
    """Make what the draft says the newest version. Raises NotAllowed, InvalidInput for a lesson without content."""
    require(may_edit_lesson(by, lesson), _EDITORS_ONLY)
    with transaction.atomic():
        locked = _lock(lesson)
        files = list(locked.files.filter(removed_at=None).order_by("name"))
        if not locked.text.strip() and not files:
            raise InvalidInput("Write the lesson, or add a file.", field="text")
        last = locked.versions.aggregate(last=Max("number"))["last"] or 0
        version = LessonVersion.objects.create(
            lesson=locked,
            number=last + 1,
            title=locked.title,
            text=locked.text,
            licence=locked.licence,
            note=note.strip()[:300],
            published_by=by.public_id,
        )
        version.files.set(files)
        locked.state, locked.published_at = LessonState.PUBLISHED, timezone.now()
        locked.save()
        audit.record(by=by, action="publish_lesson", kind="lesson", uid=locked.uid, number=version.number)
    return version


def withdraw_lesson(*, by: audit.Actor, lesson: Lesson) -> None:
    """Take a lesson out of the list. What others made from it stays theirs. Raises NotAllowed, Conflict."""
    require(may_edit_lesson(by, lesson), _EDITORS_ONLY)
    with transaction.atomic():
        locked = _lock(lesson)
        if locked.state == LessonState.WITHDRAWN:
            raise Conflict("It is withdrawn already.")
        locked.state = LessonState.WITHDRAWN
        locked.save()
        audit.record(by=by, action="withdraw_lesson", kind="lesson", uid=locked.uid)


def copy_lesson(*, by: audit.Actor, version: LessonVersion) -> Lesson:
    """Begin a lesson of one's own from a published version, with its files, licence and whom to name.

    Raises NotAllowed for a visitor, Conflict where the licence lets nobody change it.
    """
    if not isinstance(by, User) or not may_share_lesson(by):
        raise NotAllowed("Sign in to make a lesson of your own.")
    if version.licence in UNCHANGED_ONLY:
        raise Conflict("Its licence lets you use the lesson as it is, and not share a changed one.")
    origin = version.lesson
    written = []
    try:
        with transaction.atomic():
            lesson = Lesson.objects.create(
                slug=_slug(version.title),
                title=version.title,
                summary=origin.summary,
                text=version.text,
                language=origin.language,
                licence=version.licence,
                credit=origin.credit or origin.title,
                level=origin.level,
                eqf_min=origin.eqf_min,
                eqf_max=origin.eqf_max,
                age_from=origin.age_from,
                minutes=origin.minutes,
                author=by,
                based_on=origin,
                based_on_number=version.number,
            )
            lesson.topics.set(origin.topics.all())
            links = origin.skill_links.all()
            LessonSkill.objects.bulk_create([LessonSkill(lesson=lesson, skill_id=link.skill_id) for link in links])
            for file in version.files.order_by("name"):
                copied = _copied_file(file, lesson, by=by)
                written.append(write_file(copied.uid, read_file(file.uid)))
                copied.save(force_insert=True)
            audit.record(by=by, action="copy_lesson", kind="lesson", uid=lesson.uid, origin=str(origin.uid))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return lesson


def add_lesson_file(*, by: audit.Actor, lesson: Lesson, name: str, content: bytes) -> LessonFile:
    """Put a file to the draft. Raises NotAllowed, InvalidInput, Conflict where one of this name is there."""
    require(may_edit_lesson(by, lesson), _EDITORS_ONLY)
    checked = check_file(name, content)
    with transaction.atomic():
        locked = _lock(lesson)
        present = locked.files.filter(removed_at=None)
        if present.count() >= MOST_FILES:
            raise InvalidInput(f"A lesson has at most {MOST_FILES} files.", field="file")
        if present.filter(name=checked.name).exists():
            raise Conflict("A file of this name is there already. Remove it first, or give yours another name.")
        file = LessonFile(
            lesson=locked,
            name=checked.name,
            media_type=checked.media_type,
            bytes=checked.bytes,
            sha256=checked.sha256,
            uploaded_by=by.public_id,
        )
        path = write_file(file.uid, content)
        try:
            file.save(force_insert=True)
            audit.record(by=by, action="add_lesson_file", kind="lesson", uid=locked.uid, file=str(file.uid))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return file


def remove_lesson_file(*, by: audit.Actor, file: LessonFile) -> None:
    """Take a file out of the draft; published versions that have it keep it. Raises NotAllowed."""
    require(may_edit_lesson(by, file.lesson), _EDITORS_ONLY)
    with transaction.atomic():
        _lock(file.lesson)
        audit.record(by=by, action="remove_lesson_file", kind="lesson", uid=file.lesson.uid, file=str(file.uid))
        if file.versions.exists():
            file.removed_at = timezone.now()
            file.save(update_fields=["removed_at"])
            return
        path = file_path(file.uid)
        file.delete()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


def record_lesson_reuse(*, by: audit.Actor, version: LessonVersion, note: str = "") -> LessonReuse:
    """Say that one used a version in class. Raises NotAllowed for a visitor, Conflict for a second time."""
    if not isinstance(by, User) or not may_share_lesson(by):
        raise NotAllowed("Sign in to say that you used it.")
    try:
        with transaction.atomic():
            reuse = LessonReuse.objects.create(version=version, person=by, note=note.strip()[:500])
            uid = version.lesson.uid
            audit.record(by=by, action="record_lesson_reuse", kind="lesson", uid=uid, number=version.number)
    except IntegrityError:
        raise Conflict("You have said so already.") from None
    return reuse


def _copied_file(file: LessonFile, lesson: Lesson, *, by: User) -> LessonFile:
    return LessonFile(
        lesson=lesson,
        name=file.name,
        media_type=file.media_type,
        bytes=file.bytes,
        sha256=file.sha256,
        uploaded_by=by.public_id,
    )


def _require_author(by: audit.Actor, organisation: Organisation | None) -> None:
    require(may_share_lesson(by), "Sign in to share a lesson.")
    allowed = organisation is None or may_edit_for_organisation(by, organisation)
    require(allowed, "Only editors of an organisation write in its name.")


def _lock(lesson: Lesson) -> Lesson:
    return Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)


def _slug(title: str) -> str:
    return FreeSlugs(Lesson).take([distinct_slug(title)[:110]])[0]


def _check(details: LessonDetails) -> None:
    for name, most in (("title", 200), ("summary", 500), ("text", _LONGEST_TEXT), ("credit", 300)):
        words = getattr(details, name).strip()
        if len(words) > most or (name in {"title", "summary"} and not words):
            raise InvalidInput(f"Write 1 to {most:,} characters.", field=name)
    if details.language not in ENGLISH_NAMES:
        raise InvalidInput("Choose the language of the lesson.", field="language")
    if details.licence not in Licence.values:
        raise InvalidInput("Choose a licence.", field="licence")
    if details.level is not None and not 0 <= details.level <= 3:
        raise InvalidInput("A level is 0 to 3.", field="level")
    if not _is_eqf_range(details.eqf_min, details.eqf_max):
        raise InvalidInput("Give EQF levels from 1 to 8, the lower one first.", field="eqf_max")


def _is_eqf_range(lowest: int | None, highest: int | None) -> bool:
    if lowest is None or highest is None:
        return lowest is highest
    return 1 <= lowest <= highest <= 8


def _fill(lesson: Lesson, details: LessonDetails) -> None:
    for name in ("title", "summary", "credit"):
        setattr(lesson, name, " ".join(getattr(details, name).split()))
    lesson.text = details.text.strip()
    for name in ("language", "licence", "level", "eqf_min", "eqf_max", "age_from", "minutes", "organisation"):
        setattr(lesson, name, getattr(details, name))
    lesson.save()
    lesson.topics.set(details.topics)
    lesson.skill_links.exclude(skill__in=details.skills).delete()
    kept = set(lesson.skill_links.values_list("skill_id", flat=True))
    new = [LessonSkill(lesson=lesson, skill=skill) for skill in details.skills if skill.pk not in kept]
    LessonSkill.objects.bulk_create(new)

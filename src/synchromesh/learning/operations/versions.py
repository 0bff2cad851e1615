"""Versions of a course's content: begin a draft, have it reviewed, publish it. A published version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from synchromesh.accounts.permissions import require
from synchromesh.assessment.models import Instrument
from synchromesh.assessment.operations.instruments import copy_instrument, discard_instrument, freeze_instrument
from synchromesh.catalogue.models import Course, CoursePart, CourseRole
from synchromesh.catalogue.operations.course_editing import publish_course
from synchromesh.catalogue.operations.learned_here import mark_learned_here
from synchromesh.catalogue.permissions import may_edit_courses_of, may_review_course
from synchromesh.engine.errors import Conflict, InvalidInput, NotFound
from synchromesh.engine.vocabulary.languages import ISO_639_1
from synchromesh.learning.models import ContentVersion, Section, Unit, VersionRemark
from synchromesh.learning.operations.drafts import ONLY_AUTHORS, edit_draft, lock_draft
from synchromesh.learning.operations.review_mails import send_review_mail
from synchromesh.learning.permissions import may_edit_content
from synchromesh.learning.queries.versions import find_draft, find_newest_version, version_problems
from synchromesh.plumbing import audit

_ONLY_REVIEWERS = "Only authors and reviewers of the course can do this."
_MOST_CHARACTERS = 5_000
_LONGEST_NOTE = 500


def create_draft(
    *, by: audit.Actor, course: Course, source_language: str = "en", languages: Sequence[str] = ()
) -> ContentVersion:
    """Begin a draft: a copy of the newest published version, else an empty one in the given languages.

    Raises NotAllowed, InvalidInput for a language that is none, and Conflict where there is a draft already.
    """
    require(may_edit_content(by, course), ONLY_AUTHORS)
    with transaction.atomic():
        draft = begin_draft(by=by, course=course)
        newest = find_newest_version(course)
        if newest is None:
            set_languages(draft, source_language, languages or course.languages or [source_language])
        else:
            _copy_settings(newest, draft)
        draft.save()
        if newest is not None:
            _copy_outline(newest, draft, by=by)
        audit.record(
            by=by, action="create_draft", kind="content-version", uid=draft.uid, course=course.slug, number=draft.number
        )
    return draft


def discard_draft(*, by: audit.Actor, version: ContentVersion) -> None:
    """Delete a draft with its remarks and tests; questions and files stay. Raises NotAllowed and Conflict."""
    require(may_edit_content(by, version.course), ONLY_AUTHORS)
    with transaction.atomic():
        draft = lock_draft(version)
        remove_draft(by=by, draft=draft)
        audit.record(
            by=by,
            action="discard_draft",
            kind="content-version",
            uid=draft.uid,
            course=draft.course.slug,
            number=draft.number,
        )


def change_version_settings(
    *,
    by: audit.Actor,
    version: ContentVersion,
    source_language: str,
    languages: Sequence[str],
    attendance_percent: int | None = None,
    issues_credential: bool = False,
    note: str = "",
) -> ContentVersion:
    """Set languages, completion rule and note of a draft. Raises NotAllowed, Conflict, InvalidInput with the field."""
    with edit_draft(by=by, version=version) as draft:
        set_languages(draft, source_language, languages)
        if attendance_percent is not None and not 1 <= attendance_percent <= 100:
            raise InvalidInput("Give a percentage from 1 to 100, or leave it empty.", field="attendance_percent")
        if len(note.strip()) > _LONGEST_NOTE:
            raise InvalidInput(f"The note may have {_LONGEST_NOTE} characters.", field="note")
        draft.attendance_percent, draft.issues_credential = attendance_percent, issues_credential
        draft.note = note.strip()
        draft.save()
        audit.record(by=by, action="change_version_settings", kind="content-version", uid=draft.uid)
    return draft


def ask_for_review(*, by: audit.Actor, version: ContentVersion) -> ContentVersion:
    """Tell reviewers by mail that the draft waits for them; asking again reminds them. Raises NotAllowed, Conflict."""
    with edit_draft(by=by, version=version) as draft:
        draft.review_asked_at = timezone.now()
        draft.save(update_fields=["review_asked_at"])
        reviews = CourseRole.objects.filter(course=draft.course, part=CoursePart.REVIEWER, person__is_active=True)
        for role in reviews.select_related("person").order_by("id"):
            send_review_mail(person=role.person, version=draft)
        audit.record(by=by, action="ask_for_review", kind="content-version", uid=draft.uid)
    return draft


def add_remark(*, by: audit.Actor, version: ContentVersion, text: str, unit_key: str = "") -> VersionRemark:
    """Say what is wrong with a draft, or with one of its units. Raises NotAllowed, InvalidInput, NotFound, Conflict."""
    require(may_review_course(by, version.course), _ONLY_REVIEWERS)
    words = text.strip()
    if not words or len(words) > _MOST_CHARACTERS:
        raise InvalidInput(f"Write something, in at most {_MOST_CHARACTERS:,} characters.", field="text")
    with transaction.atomic():
        draft = lock_draft(version)
        if unit_key and not draft.units.filter(key=unit_key).exists():
            raise NotFound("There is no such unit in this draft.")
        remark = VersionRemark.objects.create(version=draft, unit_key=unit_key, text=words, written_by=by.public_id)
        audit.record(by=by, action="add_remark", kind="content-version", uid=draft.uid, remark=str(remark.uid))
    return remark


def settle_remark(*, by: audit.Actor, remark_uid: UUID | str) -> VersionRemark:
    """Mark a remark as settled: authors, or the reviewer who takes it back. Once more changes nothing."""
    remark = VersionRemark.objects.select_related("version__course__provider").filter(uid=remark_uid).first()
    if remark is None or not may_review_course(by, remark.version.course):
        raise NotFound("There is no such remark.")
    is_own = remark.written_by == by.public_id
    require(is_own or may_edit_content(by, remark.version.course), ONLY_AUTHORS)
    with transaction.atomic():
        lock_draft(remark.version)
        if remark.settled_at is None:
            remark.settled_by, remark.settled_at = by.public_id, timezone.now()
            remark.save(update_fields=["settled_by", "settled_at"])
            audit.record(
                by=by, action="settle_remark", kind="content-version", uid=remark.version.uid, remark=str(remark.uid)
            )
    return remark


def publish_version(*, by: audit.Actor, version: ContentVersion) -> ContentVersion:
    """Publish a draft: new learners get it, its tests are frozen, and it never changes from now on.

    A course that nobody could see yet is shown from now on, where the person may edit the provider's courses. Raises
    NotAllowed, InvalidInput where something must be mended first (`queries.versions.version_problems` lists it all),
    and Conflict where it is no draft or a remark of a reviewer is open.
    """
    require(may_edit_content(by, version.course), ONLY_AUTHORS)
    with transaction.atomic():
        draft = lock_draft(version)
        _check_before_publishing(draft)
        now = timezone.now()
        for instrument in Instrument.objects.filter(units__version=draft).select_related("bank__course__provider"):
            freeze_instrument(by=by, instrument=instrument, now=now)
        draft.published_at, draft.published_by = now, by.public_id
        draft.save()
        mark_learned_here(by=by, course=draft.course, now=now)
        audit.record(
            by=by,
            action="publish_version",
            kind="content-version",
            uid=draft.uid,
            course=draft.course.slug,
            number=draft.number,
        )
        if draft.course.published_at is None and may_edit_courses_of(by, draft.course.provider):
            publish_course(by=by, course=draft.course)
    return draft


def _check_before_publishing(draft: ContentVersion) -> None:
    if open_remarks := draft.remarks.filter(settled_at=None).count():
        raise Conflict(f"Reviewers' remarks that are not settled: {open_remarks}. Settle them first.")
    problems = version_problems(draft)
    if problems:
        first = problems[0]
        place = f"{first.position}, {first.field}" if first.field else first.position
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InvalidInput(f"This must be mended first: {place}: {first.message}{more}", field=first.field or None)


def begin_draft(*, by: audit.Actor, course: Course) -> ContentVersion:
    """An unsaved draft with the next number, inside the caller's transaction. Raises Conflict where there is one."""
    Course.objects.select_for_update(of=("self",)).get(pk=course.pk)
    if (draft := find_draft(course)) is not None:
        raise Conflict(f"There is a draft already: version {draft.number}. Go on with it, or discard it first.")
    last = ContentVersion.objects.filter(course=course).aggregate(last=Max("number"))["last"]
    return ContentVersion(course=course, number=(last or 0) + 1, made_by=by.public_id)


def remove_draft(*, by: audit.Actor, draft: ContentVersion) -> None:
    """Delete a locked draft and the tests that only it has, inside the caller's transaction."""
    instruments = list(Instrument.objects.filter(units__version=draft, frozen_at=None).distinct())
    ContentVersion.objects.filter(pk=draft.pk).delete()
    for instrument in instruments:
        if not instrument.units.exists():
            discard_instrument(by=by, instrument=instrument)


def set_languages(draft: ContentVersion, source_language: str, languages: Sequence[str]) -> None:
    """Set the languages of a draft that is then saved. Raises InvalidInput."""
    unknown = [language for language in (source_language, *languages) if language not in ISO_639_1]
    if unknown:
        raise InvalidInput(f"'{unknown[0][:20]}' is no language. Use a two-letter code such as de.", field="languages")
    if source_language not in languages:
        raise InvalidInput("The source language must be one of the languages.", field="source_language")
    draft.source_language, draft.languages = source_language, list(dict.fromkeys(languages))


def _copy_settings(source: ContentVersion, draft: ContentVersion) -> None:
    for name in ("source_language", "languages", "attendance_percent", "issues_credential", "coverage"):
        setattr(draft, name, getattr(source, name))


def _copy_outline(source: ContentVersion, draft: ContentVersion, *, by: audit.Actor) -> None:
    sections = {
        section.pk: Section.objects.create(
            version=draft, key=section.key, position=section.position, titles=section.titles
        )
        for section in source.sections.all()
    }
    copies: dict[int, Instrument] = {}
    for unit in source.units.select_related("instrument__bank__course__provider"):
        if unit.instrument is not None and unit.instrument.pk not in copies:
            copies[unit.instrument.pk] = copy_instrument(by=by, instrument=unit.instrument)
        columns = ("key", "position", "kind", "titles", "minutes", "is_required", "must_pass", "content")
        Unit.objects.create(
            version=draft,
            section=sections[unit.section_id],
            instrument=copies[unit.instrument.pk] if unit.instrument else None,
            **{name: getattr(unit, name) for name in columns},
        )

"""Whole courses in: a course file becomes a course of the catalogue with a draft or a published version.

The same file again changes nothing. A file is taken as a whole or not at all; only skills and fields that are not known
here are left out, and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from synchromesh.accounts.models import Organisation
from synchromesh.accounts.permissions import require
from synchromesh.catalogue.models import Course, CourseSkill
from synchromesh.catalogue.operations.course_editing import create_course, edit_course
from synchromesh.catalogue.operations.mapping import change_course_skill, confirm_course_skill
from synchromesh.catalogue.permissions import may_edit_courses_of
from synchromesh.catalogue.queries.course_mapping import Evidence
from synchromesh.engine.errors import Conflict, InvalidInput
from synchromesh.engine.exchange.course_files import CourseDocument, CourseFacts, read
from synchromesh.framework.models import Skill, Topic
from synchromesh.learning.models import ContentVersion
from synchromesh.learning.operations.media import add_media, find_same_media
from synchromesh.learning.operations.version_writing import write_version
from synchromesh.learning.operations.versions import publish_version, remove_draft
from synchromesh.learning.permissions import may_edit_content, may_move_course_files, may_read_version
from synchromesh.learning.queries.course_documents import course_document
from synchromesh.learning.queries.versions import find_draft, find_newest_version
from synchromesh.plumbing import audit
from synchromesh.plumbing.sources import Origin

_NOT_YOURS = "Only authors of this course, and the operator of this site, can bring it in as a file."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCourse:
    """What an import came to: `effect` is new, changed or same (of the content), `left_out` what is not known here."""

    course: Course
    version: ContentVersion
    effect: str
    left_out: tuple[str, ...] = ()


def import_course(
    *,
    by: audit.Actor,
    files: Mapping[str, bytes],
    course: Course | None = None,
    provider: Organisation | None = None,
    publish: bool = False,
    replace_draft: bool = False,
    origin: Origin = Origin.REAL,
) -> ImportedCourse:
    """Bring a course file in as a draft, or with `publish` as the published version that new learners get.

    The course is the one with the file's slug; with `course` it must be that one, without one it is made, for
    `provider`. What the catalogue says of it is refreshed where the person may edit it there. A draft that says
    something else is only replaced with `replace_draft`. Raises InvalidInput for a file with any fault, NotAllowed, and
    Conflict.
    """
    document, left_out = _known_here(_read(files))
    if course is not None and course.slug != document.course.slug:
        raise InvalidInput(f"This is the file of '{document.course.slug}', another course.", field="slug")
    with transaction.atomic():
        found = course or _found(document)
        if found is None:
            found = _made(document, by=by, provider=provider, origin=origin)
        else:
            require(may_move_course_files(by, found), _NOT_YOURS)
            _refresh(found, document, by=by)
        version, effect = _bring_in(found, document, by=by, publish=publish, replace_draft=replace_draft)
        if effect != "same":
            audit.record(
                by=by, action="import_course", kind="course", uid=found.uid, version=version.number, published=publish
            )
    return ImportedCourse(course=found, version=version, effect=effect, left_out=left_out)


def copy_course(
    *,
    by: audit.Actor,
    version: ContentVersion,
    slug: str,
    titles: Mapping[str, str],
    provider: Organisation | None = None,
) -> ImportedCourse:
    """Make another course with the content of a version, as a draft of its own with its own tests, questions and files.

    Raises NotAllowed unless the person may read the version's drafts and edit courses of the provider, and Conflict for
    a slug that is taken.
    """
    require(
        may_read_version(by, version) and may_edit_content(by, version.course), "Only authors of a course can copy it."
    )
    document = course_document(version, with_media=True)
    facts = replace(document.course, slug=slug, titles=dict(titles))
    with transaction.atomic():
        if Course.objects.filter(slug=slug).exists():
            raise Conflict(f"There is a course '{slug[:80]}' already. Choose another address.")
        copied = replace(document, course=facts, note="")
        made = _made(copied, by=by, provider=provider, origin=Origin(version.course.origin))
        draft, _ = _bring_in(made, copied, by=by, publish=False, replace_draft=False)
        audit.record(by=by, action="copy_course", kind="course", uid=made.uid, copied_from=str(version.uid))
    return ImportedCourse(course=made, version=draft, effect="new")


def _read(files: Mapping[str, bytes]) -> CourseDocument:
    document = read(files)
    if document.problems:
        first = document.problems[0]
        place = f"{first.position}, {first.field}" if first.field else first.position
        more = f" There are {len(document.problems) - 1} more faults." if len(document.problems) > 1 else ""
        raise InvalidInput(f"{place}: {first.message}{more} Nothing was brought in.", field=first.field or None)
    return document


def _known_here(document: CourseDocument) -> tuple[CourseDocument, tuple[str, ...]]:
    """The document without skills and fields that this installation does not know, and their names."""
    facts = document.course
    named = {link.skill for link in facts.skills} | {record.skill for record in document.coverage if record.skill}
    named |= {question["skill"] for question in document.questions if question.get("skill")}
    skills = set(Skill.objects.filter(slug__in=named, retired_at=None).values_list("slug", flat=True))
    topics = set(Topic.objects.filter(slug__in=facts.topics).values_list("slug", flat=True))
    left_out = sorted(named - skills) + sorted(set(facts.topics) - topics)
    if not left_out:
        return document, ()
    facts = replace(
        facts,
        skills=tuple(link for link in facts.skills if link.skill in skills),
        topics=tuple(topic for topic in facts.topics if topic in topics),
    )
    coverage = tuple(
        record if record.skill in skills else replace(record, skill="", level=None) for record in document.coverage
    )
    questions = _without(document, named - skills)
    return replace(document, course=facts, coverage=coverage, questions=questions), tuple(left_out)


def _without(document: CourseDocument, skills: set[str]) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {key: value for key, value in question.items() if key not in {"skill", "level"}}
        if question.get("skill") in skills
        else question
        for question in document.questions
    )


def _found(document: CourseDocument) -> Course | None:
    found = Course.objects.select_related("provider").filter(slug=document.course.slug).first()
    if found is not None and found.merged_into_id is not None:
        raise Conflict(f"The course '{found.slug}' was merged into another one. Give the file another slug.")
    return found


def _made(document: CourseDocument, *, by: audit.Actor, provider: Organisation | None, origin: Origin) -> Course:
    slug = document.course.slug
    made = create_course(by=by, provider=provider, values=_values(document), slug=slug, origin=origin)
    _say_skills(made, document.course, by=by)
    return made


def _refresh(course: Course, document: CourseDocument, *, by: audit.Actor) -> None:
    """What the catalogue says follows the file, where the person may edit it; it does not follow an author's file."""
    if not may_edit_courses_of(by, course.provider):
        return
    edit_course(by=by, course=course, changes=_values(document))
    course.refresh_from_db()
    _say_skills(course, document.course, by=by)


def _values(document: CourseDocument) -> dict[str, Any]:
    """What the file states of the course; what it does not state stays as it is."""
    facts = document.course
    stated = {
        "titles": dict(facts.titles),
        "summaries": dict(facts.summaries),
        "descriptions": dict(facts.descriptions),
        "outcomes": {language: list(texts) for language, texts in facts.outcomes.items()},
        "languages": list(document.languages),
        "minutes": facts.minutes,
        "topics": facts.topics,
        "licence": facts.licence,
        "keywords": list(facts.keywords),
        "accessibility": list(facts.accessibility),
        "mode": facts.mode,
        "certificate": facts.certificate,
    }
    price = {"price_cents": facts.price_cents, "currency": facts.currency} if facts.price_cents is not None else {}
    return {name: value for name, value in stated.items() if value} | price


def _say_skills(course: Course, facts: CourseFacts, *, by: audit.Actor) -> None:
    links = {link.skill.slug: link for link in CourseSkill.objects.filter(course=course).select_related("skill")}
    skills = {skill.slug: skill for skill in Skill.objects.filter(slug__in=[link.skill for link in facts.skills])}
    for stated in facts.skills:
        link = links.get(stated.skill)
        said: dict[str, Any] = {"skill": skills[stated.skill], "level": stated.level, "entry_level": stated.entry}
        if link is None or link.confirmed_at is None:
            confirm_course_skill(by=by, course=course, **said, evidence=Evidence(quote=stated.quote))
        else:
            change_course_skill(by=by, course=course, **said, quote=stated.quote)


def _bring_in(
    course: Course, document: CourseDocument, *, by: audit.Actor, publish: bool, replace_draft: bool
) -> tuple[ContentVersion, str]:
    draft, newest = find_draft(course), find_newest_version(course)
    if draft is not None and _says(course, draft, document):
        return (publish_version(by=by, version=draft), "changed") if publish else (draft, "same")
    if newest is not None and (publish or draft is None) and _says(course, newest, document):
        return newest, "same"
    if draft is not None:
        if not replace_draft:
            raise Conflict(
                f"There is a draft (version {draft.number}) that says something else. Discard it first, or replace it."
            )
        remove_draft(by=by, draft=draft)
    written = write_version(by=by, course=course, document=_with_stored_media(course, document, by=by))
    if publish:
        written = publish_version(by=by, version=written)
    return written, "new" if draft is None and newest is None else "changed"


def _says(course: Course, version: ContentVersion, document: CourseDocument) -> bool:
    """Whether a version says what the document does; the note about it and facts of the catalogue aside."""
    names = {}
    for name, content in document.media.items():
        same = find_same_media(course, name, content)
        if same is None:
            return False
        names[name] = same.name
    wanted, stored = _renamed(document, names), course_document(version)
    plain = ("source_language", "languages", "attendance_percent", "issues_credential", "sections", "coverage")
    if any(getattr(wanted, name) != getattr(stored, name) for name in plain):
        return False
    instruments = {instrument.key: instrument for instrument in stored.instruments}
    questions = {question["key"]: question for question in stored.questions}
    return all(instruments.get(instrument.key) == instrument for instrument in wanted.instruments) and all(
        questions.get(question["key"]) == question for question in wanted.questions
    )


def _with_stored_media(course: Course, document: CourseDocument, *, by: audit.Actor) -> CourseDocument:
    """Store the files; the document names them as they are called here."""
    names = {
        name: add_media(by=by, course=course, name=name, content=content).name
        for name, content in document.media.items()
    }
    return _renamed(document, names)


def _renamed(document: CourseDocument, names: Mapping[str, str]) -> CourseDocument:
    names = {before: after for before, after in names.items() if before != after}
    if not names:
        return document
    sections = tuple(
        replace(section, units=tuple(replace(unit, content=_with_names(unit.content, names)) for unit in section.units))
        for section in document.sections
    )
    return replace(
        document, sections=sections, questions=tuple(_with_names(question, names) for question in document.questions)
    )


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    """A content with other names of files; a file is always named by a text of its own."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {key: _with_names(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_names(part, names) for part in value]
    return value
